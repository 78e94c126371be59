package org.smartaccounts.security;

import org.camunda.bpm.engine.RepositoryService;
import org.smartaccounts.account.DomainName;
import org.smartaccounts.process.RuleList;

/** The lists of mail domains beside the table of rules. */
record MailDomains(RuleList freeMail, RuleList disposable) {

    static final String FREE_MAIL_FILE = "freeMailDomains.txt";
    static final String DISPOSABLE_FILE = "disposableDomains.txt";

    static MailDomains of(String deployment, RepositoryService repository) {
        return new MailDomains(
                RuleList.read(FREE_MAIL_FILE, deployment, repository),
                RuleList.read(DISPOSABLE_FILE, deployment, repository));
    }

    boolean isFreeMail(DomainName domain) {
        return freeMail.covers(domain);
    }

    boolean isDisposable(DomainName domain) {
        return disposable.covers(domain);
    }
}
