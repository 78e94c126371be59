/**
 * Smart Account Requests: a partner asks for a Smart Account for a customer, the customer decides. The packages below are
 * features, and their dependencies point down: {@code web} and {@code operations} use {@code request}, the process, which
 * uses {@code access}, {@code account} and {@code email}.
 */
@NullMarked
package org.smartaccounts;

import org.jspecify.annotations.NullMarked;
