package org.smartaccounts.request;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.smartaccounts.process.DiagramVocabulary;
import org.smartaccounts.process.ProcessVocabulary;
import org.springframework.stereotype.Component;

/** What the diagram of a request, and its forms, may name. */
@Component
public class RequestVocabulary implements ProcessVocabulary {

    /** The property of {@link ProcessElements#REMINDER_DUE} with the days of the reminders. */
    public static final String DAYS_LEFT = Reminders.DAYS_LEFT;

    /** The field whose choices are the languages that there are. */
    public static final String LANGUAGE = RequestVariables.CUSTOMER_LANGUAGE;

    private static final Map<String, Set<String>> FIELDS = Map.of(
            "Event_accountRequested",
            RequestVariables.DETAILS,
            ProcessElements.REVIEW_REQUEST,
            withDetails(Set.of(
                    RequestVariables.REVIEW_DECISION,
                    RequestVariables.PROBLEMS,
                    RequestVariables.REMARKS,
                    RequestVariables.RETURN_REASON)),
            ProcessElements.APPROVE_ACCOUNT_DOMAIN,
            withDetails(withRequester(union(RequestVariables.DOMAIN_DECISIONS))),
            ProcessElements.ACTIVATE_SMART_ACCOUNT,
            withDetails(union(RequestVariables.ACTIVATION)),
            ProcessElements.CORRECT_CUSTOMER_EMAIL,
            withDetails(union(RequestVariables.CORRECTIONS)));

    private static final Map<String, Set<String>> VALUES = Map.of(
            RequestVariables.REVIEW_DECISION,
            Set.of(RequestVariables.SUBMIT, RequestVariables.CHANGE, RequestVariables.WITHDRAW),
            RequestVariables.DOMAIN_APPROVAL,
            Set.of(RequestVariables.NEEDED),
            RequestVariables.DOMAIN_DECISION,
            RequestVariables.DOMAIN_DECISIONS.keySet(),
            RequestVariables.ACTIVATION_OUTCOME,
            RequestVariables.ACTIVATION.keySet(),
            RequestVariables.CORRECTION,
            RequestVariables.CORRECTIONS.keySet());

    private static Set<String> union(Map<String, Set<String>> sets) {
        return sets.values().stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> withRequester(Set<String> others) {
        return Stream.concat(others.stream(), Stream.of(RequestVariables.REQUESTER))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> withDetails(Set<String> others) {
        return Stream.of(RequestVariables.DETAILS, others, Set.of(RequestVariables.REQUEST_NUMBER))
                .flatMap(Set::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String process() {
        return ProcessElements.PROCESS;
    }

    @Override
    public boolean isAboutRequest() {
        return true;
    }

    @Override
    public Map<String, String> elements() {
        return Map.of(
                ProcessElements.REVIEW_REQUEST, "userTask",
                ProcessElements.APPROVE_ACCOUNT_DOMAIN, "userTask",
                ProcessElements.AWAIT_CUSTOMER, "subProcess",
                ProcessElements.ACTIVATE_SMART_ACCOUNT, "userTask",
                ProcessElements.CORRECT_CUSTOMER_EMAIL, "userTask",
                ProcessElements.SEND_ACTIVATION_INSTRUCTIONS, "sendTask",
                ProcessElements.SEND_APPROVER_CHANGED, "sendTask",
                ProcessElements.WAIT_EXPIRED, "intermediateCatchEvent",
                ProcessElements.REMINDER_DUE, "intermediateCatchEvent",
                ProcessElements.NEXT_REMINDER, "exclusiveGateway");
    }

    @Override
    public Set<String> variables() {
        Set<String> names = new HashSet<>();
        for (Set<String> fields : FIELDS.values()) {
            names.addAll(fields);
        }
        names.addAll(Set.of(
                RequestVariables.REQUESTER,
                RequestVariables.ACCOUNT_CREATED,
                RequestVariables.ACTOR,
                RequestVariables.DOMAIN_APPROVAL,
                RequestVariables.CUSTOMER_DECISION,
                DiagramVocabulary.EMAIL_TEMPLATE,
                DiagramVocabulary.EMAIL_RECIPIENT,
                RequestVariables.ADDED_USER));
        return names;
    }

    @Override
    public Map<String, Set<String>> values() {
        return VALUES;
    }

    @Override
    public Map<String, Set<String>> fields() {
        return FIELDS;
    }

    @Override
    public Set<String> immediateDelegates() {
        return Set.of("checkRequestDelegate", "createProvisionalAccountDelegate", "activateAccountDelegate");
    }

    @Override
    public Set<String> messages() {
        return Set.of(ProcessElements.CANCEL_REQUEST, ProcessElements.CLOSE_ACCOUNT, ProcessElements.ADDRESS_CAME_BACK);
    }

    /** Diagrams of installations may be older than the others; then the request goes on, or ends, without an event. */
    @Override
    public Set<String> neededMessages() {
        return Set.of(ProcessElements.CANCEL_REQUEST);
    }

    @Override
    public Set<String> errors() {
        return Set.of(ProcessElements.ADDRESS_REFUSED);
    }

    @Override
    public Set<String> recipients() {
        return Set.of(Recipients.REQUESTER, Recipients.APPROVER, Recipients.ADDED_USER, Recipients.SUPPORT);
    }
}
