package org.smartaccounts.request;

import java.util.List;
import org.smartaccounts.account.Problem;

/**
 * Everything there is to say about a request.
 *
 * @param problems what keeps it from being sent
 * @param remarks  what its requester should know before sending it, and licensing support before approving its domain
 * @param needsApproval whether licensing support has to approve the domain
 */
record Assessment(List<Problem> problems, List<Problem> remarks, boolean needsApproval) {

    boolean isFreeOfProblems() {
        return problems.isEmpty();
    }
}
