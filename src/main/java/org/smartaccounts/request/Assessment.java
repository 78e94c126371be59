package org.smartaccounts.request;

import java.util.List;
import java.util.stream.Stream;
import org.smartaccounts.account.Problem;

/**
 * Everything there is to say about a request.
 *
 * @param problems  what keeps it from being sent
 * @param approvals why licensing support has to approve its domain
 * @param warnings  what else its requester should know before sending it
 */
public record Assessment(List<Problem> problems, List<Problem> approvals, List<Problem> warnings) {

    /** The same, and one problem more. */
    Assessment with(Problem problem) {
        return new Assessment(
                Stream.concat(problems.stream(), Stream.of(problem)).toList(), approvals, warnings);
    }

    public boolean isFreeOfProblems() {
        return problems.isEmpty();
    }

    /** Whether licensing support has to approve the domain, if it is sent as it is. */
    public boolean needsApproval() {
        return problems.isEmpty() && !approvals.isEmpty();
    }

    /** What its requester should know before sending it all the same. */
    public List<Problem> remarks() {
        return Stream.concat(approvals.stream(), warnings.stream()).toList();
    }
}
