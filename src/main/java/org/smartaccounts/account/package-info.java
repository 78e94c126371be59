/**
 * The domain: what a Smart Account is, what may be asked for, and what may become of it. {@link org.smartaccounts.account.SmartAccount}
 * is the state machine and tells the life story. Knows no engine, no web and no mail.
 */
@NullMarked
package org.smartaccounts.account;

import org.jspecify.annotations.NullMarked;
