package org.smartaccounts.security;

/** The process of a review and those of its elements that the code has to know by their ids. Released ids never change. */
public final class ReviewElements {

    /** The process, and the name of its file. */
    public static final String PROCESS = "suspiciousAccount";

    public static final String REVIEW_SUSPICIOUS_ACCOUNT = "Activity_reviewSuspiciousAccount";

    public static final String DECIDE_ON_SUSPENDED_ACCOUNT = "Activity_decideOnSuspendedAccount";

    /** The message that the account has ended in another way. */
    public static final String ACCOUNT_ENDED = "accountEnded";

    private ReviewElements() {}
}
