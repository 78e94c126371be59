package org.smartaccounts.security;

/**
 * An account as a check has seen it.
 *
 * @param requestNumber  which
 * @param facts          what the table of rules is told
 * @param accountDomain  for the words, as the DNS writes it
 * @param approverDomain for the words: the approver's mail domain
 * @param likeDomain     for the words: the domain that the account's can be taken for; empty if there is none
 */
record CheckedAccount(
        String requestNumber, SecurityFacts facts, String accountDomain, String approverDomain, String likeDomain) {

    /** For the placeholders of the texts: the same for each of them. */
    Object[] arguments() {
        return new Object[] {
            accountDomain,
            approverDomain,
            likeDomain,
            facts.usersOutside(),
            facts.usersAtFreeMail(),
            facts.usersAtDisposable(),
            facts.recentRequests(),
            facts.notACustomer(),
            facts.approverChanges(),
            facts.wrongLinks()
        };
    }
}
