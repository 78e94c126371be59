package org.smartaccounts.crash;

/** What somebody does to a request, or about it, and where it stands once that is done. */
enum Step {
    ASK("IN_REVIEW"),
    ASK_IN_TASKLIST("IN_REVIEW"),
    SUBMIT("PENDING"),
    SUBMIT_IN_TASKLIST("PENDING"),
    SUBMIT_TO_APPROVAL("IN_DOMAIN_APPROVAL"),
    WITHDRAW("WITHDRAWN"),
    APPROVE_DOMAIN("PENDING"),
    REFUSE_DOMAIN("IN_REVIEW"),
    CORRECT_ADDRESS("PENDING", Changes.APPROVER),
    RESEND("PENDING", Changes.NOTHING),
    NAME_APPROVER("PENDING", Changes.APPROVER),
    PASS_ON("PENDING", Changes.APPROVER),
    /** So much time passes that the approver is reminded. */
    REMIND("PENDING", Changes.NOTHING),
    /** A server far away gives the approver's email back. */
    COME_BACK("PENDING", Changes.NOTHING),
    CANCEL("CANCELED"),
    ACCEPT("ACTIVE"),
    DECLINE("DECLINED"),
    /** The time to decide passes. */
    EXPIRE("EXPIRED"),

    /** The approver has a problem. */
    REPORT("PENDING", Changes.NOTHING),
    ANSWER("PENDING", Changes.NOTHING),
    REPLY("PENDING", Changes.NOTHING),
    CLOSE_CASE("PENDING", Changes.NOTHING),
    /** The time to reply passes. */
    NOT_REPLY("PENDING", Changes.NOTHING),

    /** A check finds it suspicious, and licensing support stop it. */
    SUSPEND("SUSPENDED"),
    REINSTATE("ACTIVE"),
    REINSTATE_UNDECIDED("PENDING"),
    CLOSE_ACCOUNT("CLOSED");

    private enum Changes {
        STATUS,
        APPROVER,
        NOTHING
    }

    private final String status;
    private final Changes changes;

    Step(String status) {
        this(status, Changes.STATUS);
    }

    Step(String status, Changes changes) {
        this.status = status;
        this.changes = changes;
    }

    /** Of the account, afterwards. */
    String status() {
        return status;
    }

    /** Whether it stood elsewhere before. */
    boolean changesStatus() {
        return changes == Changes.STATUS;
    }

    boolean changesApprover() {
        return changes == Changes.APPROVER;
    }
}
