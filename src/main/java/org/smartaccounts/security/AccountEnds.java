package org.smartaccounts.security;

import java.util.Set;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.TimelineEntry;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Hears, in the same transaction, that an account has ended in another way than by its review. */
@Component
class AccountEnds {

    private static final Set<AccountStatus> ENDS =
            Set.of(AccountStatus.DECLINED, AccountStatus.EXPIRED, AccountStatus.CANCELED);

    private final Reviews reviews;

    AccountEnds(Reviews reviews) {
        this.reviews = reviews;
    }

    @EventListener
    void happened(TimelineEntry entry) {
        if (entry.event() == TimelineEntry.Event.STATUS && ENDS.contains(entry.status())) {
            reviews.accountEnded(entry.requestNumber());
        }
    }
}
