package org.smartaccounts.request;

/** What people at the requester's side, and licensing support, can do to a request. */
public enum RequestAct {
    /** Send a request under review. */
    SUBMIT,
    /** Fill in a request under review once more. */
    CHANGE,
    /** Give up a request under review. */
    WITHDRAW,
    /** See to what waits for the requester, who may be away. */
    TAKE_OVER,
    /** Have the approver sent the instructions again. */
    RESEND,
    /** Correct the approver's address. */
    CHANGE_APPROVER,
    /** Take back what waits for the customer. */
    CANCEL,
    /** Ask once more for what has ended, with a new request. */
    REQUEST_AGAIN
}
