/**
 * What is written to whom, in which language, and what became of it: templates, the ledger of all emails, and the way to the mail
 * server. A caller plans an email, and later names its template and gives it facts. Knows no engine and no account.
 */
@NullMarked
package org.smartaccounts.email;

import org.jspecify.annotations.NullMarked;
