/**
 * The pages that people see without Tasklist: today the activation page, where the customer decides. They are rendered by the
 * server and work without JavaScript. What they show comes from the account's row, what they do goes through the process.
 */
@NullMarked
package org.smartaccounts.web;

import org.jspecify.annotations.NullMarked;
