package org.smartaccounts.account;

import java.util.EnumSet;
import java.util.Set;

/** Where a request, and later its account, stands. The database knows the same words, and which of them are live. */
public enum AccountStatus {

    /** The requester has not sent it yet; anything about it may still be wrong. */
    IN_REVIEW,
    /** Never sent: given up by the requester, or left alone for too long. */
    WITHDRAWN,
    /** Provisional: the account exists and the customer has to decide. */
    PENDING,
    /** Accepted by the customer. */
    ACTIVE,
    /** Refused by the customer. */
    DECLINED,
    /** The customer let the time pass. */
    EXPIRED;

    private static final Set<AccountStatus> LIVE = EnumSet.of(PENDING, ACTIVE);

    /** Whether an account in this status occupies its domain. */
    public boolean isLive() {
        return LIVE.contains(this);
    }
}
