package org.smartaccounts.account;

/** Where a request, and later its account, stands. The database knows the same words, and which of them occupy a domain. */
public enum AccountStatus {

    /** The requester has not sent it yet; anything about it may still be wrong. */
    IN_REVIEW,
    /** Sent, but licensing support looks at the domain before there is an account. */
    IN_DOMAIN_APPROVAL,
    /** Never sent: given up by the requester, or left alone for too long. */
    WITHDRAWN,
    /** Provisional: the account exists and the customer has to decide. */
    PENDING,
    /** Accepted by the customer. */
    ACTIVE,
    /** Refused by the customer. */
    DECLINED,
    /** The customer let the time pass. */
    EXPIRED,
    /** Taken back before the customer decided. */
    CANCELED,
    /** Stopped by licensing support, which looks at it; it can become again what it was. */
    SUSPENDED,
    /** Ended by licensing support, which did not trust it. */
    CLOSED;

    /** Whether it never becomes anything else. */
    public boolean hasEnded() {
        return this == WITHDRAWN || this == DECLINED || this == EXPIRED || this == CANCELED || this == CLOSED;
    }
}
