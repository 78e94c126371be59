package org.smartaccounts.request;

import org.smartaccounts.request.Authority.Act;

/** What people at the requester's side, and licensing support, can do to a request. */
public enum RequestAct {
    /** Send a request under review. */
    SUBMIT(Act.REVIEW),
    /** Fill in a request under review once more. */
    CHANGE(Act.REVIEW),
    /** Give up a request under review. */
    WITHDRAW(Act.REVIEW),
    /** See to what waits for the requester, who may be away. */
    TAKE_OVER(Act.TAKE_OVER),
    /** Have the approver sent the instructions again. */
    RESEND(Act.RESEND),
    /** Correct the approver's address. */
    CHANGE_APPROVER(Act.CHANGE_APPROVER),
    /** Take back what waits for the customer. */
    CANCEL(Act.CANCEL),
    /** Ask once more for what has ended, with a new request. */
    REQUEST_AGAIN(Act.REVIEW);

    private final Act permission;

    RequestAct(Act permission) {
        this.permission = permission;
    }

    /** What somebody has to be allowed to who does it. */
    Act permission() {
        return permission;
    }
}
