/**
 * Finds mistakes in what analysts edit before a request meets them, and says in one sentence each where it is, what is wrong and how to
 * mend it. Reads files only: what is live is the business of the package above.
 */
@NullMarked
package org.smartaccounts.operations.check;

import org.jspecify.annotations.NullMarked;
