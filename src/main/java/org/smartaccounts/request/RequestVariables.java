package org.smartaccounts.request;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.variable.value.StringValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.RequestDetails;
import org.smartaccounts.process.Wording;

/**
 * Every variable of the process, once: forms, gateways and delegates mean these. All of them are short texts, except the flag
 * {@link #ACCOUNT_CREATED}. The account's row is the truth; what a form shows of it is a copy.
 */
final class RequestVariables {

    // What the requester fills in.
    static final String ACCOUNT_NAME = "accountName";
    static final String CUSTOMER_EMAIL = "customerEmail";
    static final String ACCOUNT_DOMAIN = "accountDomain";
    static final String NOTE_TO_CUSTOMER = "noteToCustomer";
    static final String USER_EMAILS = "userEmails";
    static final String NOTE_TO_USERS = "noteToUsers";
    static final String CUSTOMER_LANGUAGE = "customerLanguage";
    static final String JUSTIFICATION = "justification";

    /** What the requester does with a request under review: {@code submit}, {@code change} or {@code withdraw}. */
    static final String REVIEW_DECISION = "reviewDecision";

    static final String SUBMIT = "submit";
    static final String CHANGE = "change";
    static final String WITHDRAW = "withdraw";

    /**
     * What is to be done with a request that waits for the customer: {@code accept} or {@code decline}, {@code resend} the instructions,
     * {@code changeApprover}, or {@code cancel}.
     */
    static final String ACTIVATION_OUTCOME = "activationOutcome";

    static final String ACCEPT = "accept";
    static final String DECLINE = "decline";
    static final String RESEND = "resend";
    static final String CHANGE_APPROVER = "changeApprover";
    static final String CANCEL = "cancel";

    /** What the diagram of version 1.0.0 calls {@link #ACTIVATION_OUTCOME}; requests that began on it still ask for it. */
    static final String CUSTOMER_DECISION = "customerDecision";

    /** The address of the person who is to be the approver from now on. */
    static final String NEW_APPROVER = "newApprover";

    static final String CANCEL_REASON = "cancelReason";

    /** What the requester does about a refused address: {@code correct} or {@code cancel}. */
    static final String CORRECTION = "correction";

    static final String CORRECT = "correct";

    /** What licensing support does about a domain: {@code approve} or {@code refuse}. */
    static final String DOMAIN_DECISION = "domainDecision";

    static final String APPROVE = "approve";
    static final String REFUSE = "refuse";
    /** Why a domain is refused. */
    static final String REFUSAL_REASON = "refusalReason";

    /** A {@link org.smartaccounts.account.DeclineReason}, by its name. */
    static final String DECLINE_REASON = "declineReason";

    static final String DECLINE_NOTE = "declineNote";

    // How support knows what the customer decided: from whom, by which means, on which day (ISO 8601).
    static final String CUSTOMER_WORD_FROM = "customerWordFrom";
    static final String CUSTOMER_WORD_BY = "customerWordBy";
    static final String CUSTOMER_WORD_ON = "customerWordOn";

    // What only the application sets.
    static final String REQUEST_NUMBER = "requestNumber";
    static final String REQUESTER = "requester";
    /** What is wrong with the request, one problem a line; empty if nothing is. */
    static final String PROBLEMS = "problems";
    /** What the requester should know before sending it all the same, one remark a line; empty if there is nothing. */
    static final String REMARKS = "remarks";
    /** Whether licensing support has to approve the domain: {@link #NEEDED}, or empty. */
    static final String DOMAIN_APPROVAL = "domainApproval";

    static final String NEEDED = "needed";
    /** Why the request has come back to its requester; empty if it has not. */
    static final String RETURN_REASON = "returnReason";

    static final String ACCOUNT_CREATED = "accountCreated";
    /** Who moved the request on, see {@link ActedBy}; not set if it was the approver. */
    static final String ACTOR = "actor";
    // Set in the diagram for the correction of an address.
    static final String REFUSED_ADDRESS = "refusedAddress";
    /** Why it was refused. */
    static final String MAIL_SERVER_ANSWER = "mailServerAnswer";

    // Set in the diagram for one send task.
    static final String ADDED_USER = "addedUser";

    /** What the requester fills in, at the start and again in the review. */
    static final Set<String> DETAILS = Set.of(
            ACCOUNT_NAME,
            CUSTOMER_EMAIL,
            ACCOUNT_DOMAIN,
            NOTE_TO_CUSTOMER,
            USER_EMAILS,
            NOTE_TO_USERS,
            CUSTOMER_LANGUAGE,
            JUSTIFICATION);

    private static final Set<String> CUSTOMERS_WORD = Set.of(CUSTOMER_WORD_FROM, CUSTOMER_WORD_BY, CUSTOMER_WORD_ON);

    /** What completing the activation may set, by its outcome. */
    static final Map<String, Set<String>> ACTIVATION = Map.of(
            ACCEPT, plus(CUSTOMERS_WORD, ACTIVATION_OUTCOME),
            DECLINE, plus(CUSTOMERS_WORD, ACTIVATION_OUTCOME, DECLINE_REASON, DECLINE_NOTE),
            RESEND, Set.of(ACTIVATION_OUTCOME),
            CHANGE_APPROVER, Set.of(ACTIVATION_OUTCOME, NEW_APPROVER),
            CANCEL, Set.of(ACTIVATION_OUTCOME, CANCEL_REASON));

    /** What completing the approval of a domain may set, by the decision; the remarks say what it is about. */
    static final Map<String, Set<String>> DOMAIN_DECISIONS = Map.of(
            APPROVE, Set.of(REMARKS, DOMAIN_DECISION),
            REFUSE, Set.of(REMARKS, DOMAIN_DECISION, REFUSAL_REASON));

    /** What the diagram has set for the correction of an address; whoever changes it changes only what he sees. */
    static final Set<String> REFUSED = Set.of(REFUSED_ADDRESS, MAIL_SERVER_ANSWER);

    /** What completing the correction of an address may set, by what is done about it. */
    static final Map<String, Set<String>> CORRECTIONS =
            Map.of(CORRECT, plus(REFUSED, CORRECTION, NEW_APPROVER), CANCEL, plus(REFUSED, CORRECTION, CANCEL_REASON));

    private static Set<String> plus(Set<String> some, String... others) {
        return Stream.concat(some.stream(), Stream.of(others)).collect(Collectors.toUnmodifiableSet());
    }

    private RequestVariables() {}

    /** The text of a variable; empty if it is not set. */
    static String text(VariableScope scope, String name) {
        // Whatever a caller has sent under that name is not made into an object.
        @Nullable TypedValue value = scope.getVariableTyped(name, false);
        return value instanceof StringValue text && text.getValue() != null ? text.getValue() : "";
    }

    /** What the requester has filled in, tidied. */
    static RequestDetails details(VariableScope scope) {
        return RequestDetails.typed(
                text(scope, ACCOUNT_NAME),
                text(scope, CUSTOMER_EMAIL),
                text(scope, ACCOUNT_DOMAIN),
                text(scope, NOTE_TO_CUSTOMER),
                text(scope, USER_EMAILS),
                text(scope, NOTE_TO_USERS),
                text(scope, CUSTOMER_LANGUAGE),
                text(scope, JUSTIFICATION));
    }

    /** The details as variables, for forms to show. */
    static Map<String, String> of(RequestDetails details) {
        return Map.of(
                ACCOUNT_NAME, details.accountName(),
                CUSTOMER_EMAIL, details.customerEmail(),
                ACCOUNT_DOMAIN, details.accountDomain(),
                NOTE_TO_CUSTOMER, details.noteToCustomer(),
                USER_EMAILS, details.userEmails(),
                NOTE_TO_USERS, details.noteToUsers(),
                CUSTOMER_LANGUAGE, details.customerLanguage(),
                JUSTIFICATION, details.justification());
    }

    /** What forms show of an assessment, and what the diagram asks of it. */
    static Map<String, String> of(Assessment assessment, Wording wording) {
        return Map.of(
                PROBLEMS, wording.lines(assessment.problems()),
                REMARKS, wording.lines(assessment.remarks()),
                DOMAIN_APPROVAL, assessment.needsApproval() ? NEEDED : "");
    }
}
