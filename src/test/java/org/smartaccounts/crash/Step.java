package org.smartaccounts.crash;

/** What somebody does to a request, and where it stands once that is done. */
enum Step {
    ASK("IN_REVIEW"),
    ASK_IN_TASKLIST("IN_REVIEW"),
    SUBMIT("PENDING"),
    SUBMIT_IN_TASKLIST("PENDING"),
    SUBMIT_TO_APPROVAL("IN_DOMAIN_APPROVAL"),
    WITHDRAW("WITHDRAWN"),
    APPROVE_DOMAIN("PENDING"),
    REFUSE_DOMAIN("IN_REVIEW"),
    CORRECT_ADDRESS("PENDING"),
    RESEND("PENDING"),
    NAME_APPROVER("PENDING"),
    PASS_ON("PENDING"),
    CANCEL("CANCELED"),
    ACCEPT("ACTIVE"),
    DECLINE("DECLINED"),
    /** The time to decide passes. */
    EXPIRE("EXPIRED");

    private final String status;

    Step(String status) {
        this.status = status;
    }

    /** Of the account, afterwards. */
    String status() {
        return status;
    }

    boolean changesApprover() {
        return this == CORRECT_ADDRESS || this == NAME_APPROVER || this == PASS_ON;
    }
}
