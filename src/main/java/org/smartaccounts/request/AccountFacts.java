package org.smartaccounts.request;

import java.util.Map;
import java.util.Set;

/**
 * What the table of rules is asked about a request. Each of these is an input of {@code accountRules.dmn}, under the same name, and always
 * there: what cannot be known, because it is not well-formed, is empty or {@code unknown}.
 *
 * @param accountDomain   the domain that the account is to stand for, as the DNS writes it
 * @param domainKind      {@code blocked}, {@code free mail}, {@code own company}, {@code ordinary} or {@code unknown}: the first that applies
 * @param approverDomain  the mail domain of the approver
 * @param approverKind    {@code blocked}, {@code free mail}, {@code shared mailbox}, {@code personal} or {@code unknown}: the first that
 *                        applies
 * @param approverOutside whether the approver's mail domain is neither the account's, nor above or below it
 * @param justified       whether the requester says why
 * @param domainTaken     whether a live account has the domain
 * @param openRequests    how many other requests of the requester's company are open
 */
record AccountFacts(
        String accountDomain,
        String domainKind,
        String approverDomain,
        String approverKind,
        boolean approverOutside,
        boolean justified,
        boolean domainTaken,
        int openRequests) {

    static final String BLOCKED = "blocked";
    static final String FREE_MAIL = "free mail";
    static final String OWN_COMPANY = "own company";
    static final String ORDINARY = "ordinary";
    static final String SHARED_MAILBOX = "shared mailbox";
    static final String PERSONAL = "personal";
    static final String UNKNOWN = "unknown";

    /** What the kinds can be. */
    static final Map<String, Set<String>> WORDS = Map.of(
            "domainKind", Set.of(BLOCKED, FREE_MAIL, OWN_COMPANY, ORDINARY, UNKNOWN),
            "approverKind", Set.of(BLOCKED, FREE_MAIL, SHARED_MAILBOX, PERSONAL, UNKNOWN));

    Map<String, Object> inputs() {
        return Map.of(
                "accountDomain", accountDomain,
                "domainKind", domainKind,
                "approverDomain", approverDomain,
                "approverKind", approverKind,
                "approverOutside", approverOutside,
                "justified", justified,
                "domainTaken", domainTaken,
                "openRequests", openRequests);
    }
}
