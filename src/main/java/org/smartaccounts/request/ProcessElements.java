package org.smartaccounts.request;

/** The process and those of its elements that the code has to know by their ids. Released ids never change. */
public final class ProcessElements {

    /** The process, and the name of its file. */
    public static final String PROCESS = "smartAccountRequest";

    public static final String REVIEW_REQUEST = "Activity_reviewRequest";
    public static final String AWAIT_CUSTOMER = "Activity_awaitCustomer";
    public static final String ACTIVATE_SMART_ACCOUNT = "Activity_activateSmartAccount";

    /** The timer on {@link #AWAIT_CUSTOMER}; its due date is the deadline. */
    public static final String WAIT_EXPIRED = "Event_waitExpired";

    /** The timer between two reminders; its extension properties say when there are any. */
    public static final String REMINDER_DUE = "Event_reminderDue";

    private ProcessElements() {}
}
