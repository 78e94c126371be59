package org.smartaccounts.security;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the table of security rules is told of an account. Each of these is an input of {@code securityRules.dmn}, under the same name, and
 * always there. None of them names anybody, so many accounts have the same: they are judged once.
 *
 * @param status            {@code pending} or {@code active}
 * @param approverKind      the approver's mail domain: {@code disposable}, {@code free mail} or {@code ordinary}, the first that applies
 * @param approverOutside   whether it is neither the account's domain, nor above or below it
 * @param usersOutside      how many added users have an address elsewhere, in the same sense
 * @param usersAtFreeMail   how many of them at a mail provider
 * @param usersAtDisposable how many of them at a domain for mailboxes to be thrown away
 * @param lookalike         whether the account's domain can be taken for that of an older live account: {@code same look},
 *                          {@code one letter} or {@code none}, the first that applies
 * @param recentRequests    how many requests the requester has begun in the last seven days
 * @param notACustomer      how many customers of the requester's last 180 days have declined because they are none
 * @param approverChanges   how often somebody else became the approver
 * @param wrongLinks        how many forged activation links have named this request in the last 30 days
 * @param otherActivator    whether somebody else than whom the requester had named at first has accepted
 */
record SecurityFacts(
        String status,
        String approverKind,
        boolean approverOutside,
        int usersOutside,
        int usersAtFreeMail,
        int usersAtDisposable,
        String lookalike,
        int recentRequests,
        int notACustomer,
        int approverChanges,
        int wrongLinks,
        boolean otherActivator) {

    static final String PENDING = "pending";
    static final String ACTIVE = "active";
    static final String DISPOSABLE = "disposable";
    static final String FREE_MAIL = "free mail";
    static final String ORDINARY = "ordinary";
    static final String SAME_LOOK = "same look";
    static final String ONE_LETTER = "one letter";
    static final String NONE = "none";

    /** What the words can be. */
    static final Map<String, Set<String>> WORDS = Map.of(
            "status", Set.of(PENDING, ACTIVE),
            "approverKind", Set.of(DISPOSABLE, FREE_MAIL, ORDINARY),
            "lookalike", Set.of(SAME_LOOK, ONE_LETTER, NONE));

    Map<String, Object> inputs() {
        Map<String, Object> inputs = new LinkedHashMap<>();
        inputs.put("status", status);
        inputs.put("approverKind", approverKind);
        inputs.put("approverOutside", approverOutside);
        inputs.put("usersOutside", usersOutside);
        inputs.put("usersAtFreeMail", usersAtFreeMail);
        inputs.put("usersAtDisposable", usersAtDisposable);
        inputs.put("lookalike", lookalike);
        inputs.put("recentRequests", recentRequests);
        inputs.put("notACustomer", notACustomer);
        inputs.put("approverChanges", approverChanges);
        inputs.put("wrongLinks", wrongLinks);
        inputs.put("otherActivator", otherActivator);
        return inputs;
    }
}
