package org.smartaccounts.request;

/** The process and those of its elements that the code has to know by their ids. Released ids never change. */
public final class ProcessElements {

    /** The process, and the name of its file. */
    public static final String PROCESS = "smartAccountRequest";

    /** The table of rules, and the name of its file. */
    public static final String ACCOUNT_RULES = "accountRules";

    public static final String REVIEW_REQUEST = "Activity_reviewRequest";
    public static final String APPROVE_ACCOUNT_DOMAIN = "Activity_approveAccountDomain";

    /** Everything between the provisional account and its end: what is started in it ends with it. */
    public static final String AWAIT_CUSTOMER = "Activity_awaitCustomer";

    public static final String ACTIVATE_SMART_ACCOUNT = "Activity_activateSmartAccount";

    public static final String CORRECT_CUSTOMER_EMAIL = "Activity_correctCustomerEmail";

    public static final String SEND_ACTIVATION_INSTRUCTIONS = "Activity_sendActivationInstructions";

    public static final String SEND_APPROVER_CHANGED = "Activity_sendApproverChanged";

    /** The message that cancels a request, whatever it waits for. */
    public static final String CANCEL_REQUEST = "cancelRequest";

    /** The message that ends a request whose account licensing support closes, whatever it waits for. */
    public static final String CLOSE_ACCOUNT = "closeAccount";

    /** The message that what was sent to the approver has come back from a mail server on the way. */
    public static final String ADDRESS_CAME_BACK = "addressCameBack";

    /** The error of an address that the mail server refuses. */
    public static final String ADDRESS_REFUSED = "addressRefused";

    /** The timer of {@link #AWAIT_CUSTOMER}; its due date is the deadline. */
    public static final String WAIT_EXPIRED = "Event_waitExpired";

    /** The timer between two reminders; its extension properties say when there are any. */
    public static final String REMINDER_DUE = "Event_reminderDue";

    /** Where the diagram looks for the next reminder. */
    public static final String NEXT_REMINDER = "Gateway_nextReminder";

    private ProcessElements() {}
}
