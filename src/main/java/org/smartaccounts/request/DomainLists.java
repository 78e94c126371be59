package org.smartaccounts.request;

import java.util.Locale;
import org.camunda.bpm.engine.RepositoryService;
import org.smartaccounts.account.DomainName;
import org.smartaccounts.account.EmailAddress;
import org.smartaccounts.process.RuleList;

/** The lists beside the table of rules. */
record DomainLists(RuleList blockedDomains, RuleList freeMailDomains, RuleList sharedMailboxes) {

    static DomainLists of(String deployment, RepositoryService repository) {
        return new DomainLists(
                RuleList.read("blockedDomains.txt", deployment, repository),
                RuleList.read("freeMailDomains.txt", deployment, repository),
                RuleList.read("sharedMailboxes.txt", deployment, repository));
    }

    boolean isBlocked(DomainName domain) {
        return blockedDomains.covers(domain);
    }

    boolean isFreeMail(DomainName domain) {
        return freeMailDomains.covers(domain);
    }

    /** Several people may read such a mailbox; what follows a {@code +} is nothing of its name. */
    boolean isShared(EmailAddress address) {
        return sharedMailboxes
                .entries()
                .contains(address.localPart().split("\\+", 2)[0].toLowerCase(Locale.ROOT));
    }
}
