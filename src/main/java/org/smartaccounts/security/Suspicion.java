package org.smartaccounts.security;

import org.smartaccounts.security.Finding.Severity;

/**
 * What one row of the table of rules says about an account.
 *
 * @param account     as it was seen
 * @param outcome     what follows from it
 * @param severity    how serious it looks
 * @param message     why, as the key of a text
 * @param fingerprint of the message and the facts that its row asks about: the same suspicion has the same
 */
record Suspicion(CheckedAccount account, Outcome outcome, Severity severity, String message, String fingerprint) {

    /** What follows from a row. The table writes them in lower case. */
    enum Outcome {
        /** Nothing. */
        NOTHING,
        /** It is noted. */
        WATCH,
        /** Licensing support looks at the account. */
        REVIEW
    }
}
