package org.smartaccounts.request;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.RequestDetails;

/**
 * Every variable of the process, once: forms, gateways and delegates mean these. All of them are short texts, except the flag
 * {@link #ACCOUNT_CREATED}. The account's row is the truth; what a form shows of it is a copy.
 */
public final class RequestVariables {

    // What the requester fills in.
    public static final String ACCOUNT_NAME = "accountName";
    public static final String CUSTOMER_EMAIL = "customerEmail";
    public static final String ACCOUNT_DOMAIN = "accountDomain";
    public static final String NOTE_TO_CUSTOMER = "noteToCustomer";
    public static final String USER_EMAILS = "userEmails";
    public static final String NOTE_TO_USERS = "noteToUsers";

    /** What the requester does with a request under review: {@code submit}, {@code change} or {@code withdraw}. */
    public static final String REVIEW_DECISION = "reviewDecision";

    public static final String SUBMIT = "submit";
    public static final String CHANGE = "change";
    public static final String WITHDRAW = "withdraw";

    /** What the customer does: {@code accept} or {@code decline}. */
    public static final String CUSTOMER_DECISION = "customerDecision";

    public static final String ACCEPT = "accept";
    public static final String DECLINE = "decline";
    public static final String DECLINE_REASON = "declineReason";

    // How support knows what the customer decided: from whom, by which means, on which day (ISO 8601).
    public static final String CUSTOMER_WORD_FROM = "customerWordFrom";
    public static final String CUSTOMER_WORD_BY = "customerWordBy";
    public static final String CUSTOMER_WORD_ON = "customerWordOn";

    // What only the application sets.
    public static final String REQUEST_NUMBER = "requestNumber";
    public static final String REQUESTER = "requester";
    /** What is wrong with the request, one problem a line; empty if nothing is. */
    public static final String PROBLEMS = "problems";

    public static final String ACCOUNT_CREATED = "accountCreated";
    /** The user who recorded the customer's word. */
    public static final String RECORDED_BY = "recordedBy";

    // Set in the diagram for one send task.
    public static final String EMAIL_TEMPLATE = "emailTemplate";
    public static final String EMAIL_RECIPIENT = "emailRecipient";
    public static final String ADDED_USER = "addedUser";

    /** What forms and other callers may set. */
    static final Set<String> FROM_OUTSIDE = Set.of(
            ACCOUNT_NAME,
            CUSTOMER_EMAIL,
            ACCOUNT_DOMAIN,
            NOTE_TO_CUSTOMER,
            USER_EMAILS,
            NOTE_TO_USERS,
            REVIEW_DECISION,
            CUSTOMER_DECISION,
            DECLINE_REASON,
            CUSTOMER_WORD_FROM,
            CUSTOMER_WORD_BY,
            CUSTOMER_WORD_ON);

    /** What the application puts beside them and a caller may not touch. */
    static final Set<String> FROM_INSIDE = Set.of(REQUEST_NUMBER, REQUESTER, PROBLEMS, ACCOUNT_CREATED, RECORDED_BY);

    /** All that a request carries from one task to the next. */
    static final Set<String> ALL =
            Stream.concat(FROM_OUTSIDE.stream(), FROM_INSIDE.stream()).collect(Collectors.toUnmodifiableSet());

    private RequestVariables() {}

    /** The text of a variable; empty if it is not set. */
    static String text(VariableScope scope, String name) {
        @Nullable Object value = scope.getVariable(name);
        return value instanceof String text ? text : "";
    }

    /** What the requester has filled in, tidied. */
    static RequestDetails details(VariableScope scope) {
        return RequestDetails.typed(
                text(scope, ACCOUNT_NAME),
                text(scope, CUSTOMER_EMAIL),
                text(scope, ACCOUNT_DOMAIN),
                text(scope, NOTE_TO_CUSTOMER),
                text(scope, USER_EMAILS),
                text(scope, NOTE_TO_USERS));
    }

    /** Shows the tidied details in the next form. */
    static void setDetails(VariableScope scope, RequestDetails details) {
        scope.setVariable(ACCOUNT_NAME, details.accountName());
        scope.setVariable(CUSTOMER_EMAIL, details.customerEmail());
        scope.setVariable(ACCOUNT_DOMAIN, details.accountDomain());
        scope.setVariable(NOTE_TO_CUSTOMER, details.noteToCustomer());
        scope.setVariable(USER_EMAILS, details.userEmails());
        scope.setVariable(NOTE_TO_USERS, details.noteToUsers());
    }
}
