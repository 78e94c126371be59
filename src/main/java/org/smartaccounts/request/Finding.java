package org.smartaccounts.request;

import org.smartaccounts.account.Problem;

/**
 * What one row of the table of rules says about a request.
 *
 * @param outcome what follows from it
 * @param message in words; of no meaning if all is well
 */
record Finding(Outcome outcome, Problem message) {

    /** What follows from a row, from nothing to a problem. The table writes them in lower case. */
    enum Outcome {
        /** Nothing. */
        FINE,
        /** The requester is told, and may send the request all the same. */
        WARNING,
        /** Licensing support has to approve the domain first. */
        APPROVAL,
        /** The request cannot be sent. */
        PROBLEM
    }
}
