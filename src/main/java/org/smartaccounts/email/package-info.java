/**
 * What is written to whom: templates, texts, and the way to the mail server. A caller names a template and gives it facts.
 * Knows no engine and no account.
 */
@NullMarked
package org.smartaccounts.email;

import org.jspecify.annotations.NullMarked;
