package org.smartaccounts.security;

import java.util.Set;
import org.smartaccounts.account.DomainName;

/**
 * The lists of mail domains beside the table of rules, which are deployed together with it. A domain on a list stands for everything below
 * it, too.
 */
record MailDomains(Set<String> freeMail, Set<String> disposable) {

    static final String FREE_MAIL_FILE = "freeMailDomains.txt";
    static final String DISPOSABLE_FILE = "disposableDomains.txt";

    boolean isFreeMail(DomainName domain) {
        return contains(freeMail, domain);
    }

    boolean isDisposable(DomainName domain) {
        return contains(disposable, domain);
    }

    private static boolean contains(Set<String> list, DomainName domain) {
        String name = domain.value();
        while (!list.contains(name)) {
            int dot = name.indexOf('.');
            if (dot < 0) {
                return false;
            }
            name = name.substring(dot + 1);
        }
        return true;
    }
}
