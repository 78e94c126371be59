package org.smartaccounts.request;

import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.smartaccounts.access.Groups;
import org.springframework.context.ApplicationContext;
import org.springframework.context.MessageSource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

/** What a diagram, a form or a decision may name, since the code knows it: everything else is a mistake that a request would meet. */
@Component
public class DiagramVocabulary {

    /** The delegate of every send task. */
    public static final String SEND_EMAIL = "sendEmailDelegate";

    /** The inputs of a send task. */
    public static final String EMAIL_TEMPLATE = RequestVariables.EMAIL_TEMPLATE;

    public static final String EMAIL_RECIPIENT = RequestVariables.EMAIL_RECIPIENT;

    /** The property of {@link ProcessElements#REMINDER_DUE} with the days of the reminders. */
    public static final String DAYS_LEFT = Reminders.DAYS_LEFT;

    /** The field whose choices are the languages that there are. */
    public static final String LANGUAGE = RequestVariables.CUSTOMER_LANGUAGE;

    /** The decision table, and the lists that the code reads beside it. */
    public static final String RULES = ProcessElements.ACCOUNT_RULES;

    private static final Set<String> RECIPIENTS =
            Set.of(Recipients.REQUESTER, Recipients.APPROVER, Recipients.ADDED_USER, Recipients.SUPPORT);

    private static final Map<Class<?>, String> FACT_TYPES = Map.of(boolean.class, "boolean", int.class, "integer");

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

    private final ApplicationContext context;
    private final ResourceLoader resources;
    private final MessageSource messages;

    DiagramVocabulary(ApplicationContext context, ResourceLoader resources, MessageSource messages) {
        this.context = context;
        this.resources = resources;
        this.messages = messages;
    }

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

    /** The elements that the code looks for, and of which BPMN type each is. */
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

    /** The variables of the process. */
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
                RequestVariables.EMAIL_TEMPLATE,
                RequestVariables.EMAIL_RECIPIENT,
                RequestVariables.ADDED_USER));
        return names;
    }

    /** Which values a variable can have, where there are only some; empty if it can have any. */
    public Set<String> valuesOf(String variable) {
        return VALUES.getOrDefault(variable, Set.of());
    }

    /** The delegates, as a diagram names them. */
    public Set<String> delegates() {
        return new TreeSet<>(Set.of(context.getBeanNamesForType(JavaDelegate.class)));
    }

    /** The class behind a name that an expression may begin with; empty if there is none of that name. */
    public Optional<Class<?>> bean(String name) {
        return Optional.ofNullable(context.containsBean(name) ? context.getType(name) : null)
                .<Class<?>>map(ClassUtils::getUserClass)
                .filter(type -> type.getPackage().equals(DiagramVocabulary.class.getPackage()));
    }

    /** The delegates whose result somebody waits for on the screen: no save point before or after them. */
    public Set<String> immediateDelegates() {
        return Set.of("checkRequestDelegate", "createProvisionalAccountDelegate", "activateAccountDelegate");
    }

    /** The messages that the code sends. */
    public Set<String> messages() {
        return Set.of(ProcessElements.CANCEL_REQUEST);
    }

    /** The codes of the errors that the delegates throw. */
    public Set<String> errors() {
        return Set.of(ProcessElements.ADDRESS_REFUSED);
    }

    /** To whom an email can go. */
    public Set<String> recipients() {
        return RECIPIENTS;
    }

    /** The groups to which a task can be offered. */
    public Set<String> groups() {
        return Set.of(Groups.LICENSING_SUPPORT, Groups.PARTNERS);
    }

    /** The lists beside the decision table, by their files. */
    public Set<String> lists() {
        return Set.of("freeMailDomains.txt", "sharedMailboxes.txt", "blockedDomains.txt");
    }

    /** What the decision table is told of a request, each with its type as the table names it. */
    public Map<String, String> facts() {
        return Arrays.stream(AccountFacts.class.getRecordComponents())
                .collect(Collectors.toMap(
                        RecordComponent::getName, fact -> FACT_TYPES.getOrDefault(fact.getType(), "string")));
    }

    /** Which words a fact can be, where there are only some; empty if it can be any. */
    public Set<String> wordsOf(String fact) {
        return AccountFacts.WORDS.getOrDefault(fact, Set.of());
    }

    /** What can follow from a row of the decision table, as the table writes it. */
    public Set<String> outcomes() {
        return Arrays.stream(Finding.Outcome.values())
                .map(outcome -> outcome.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the language files have a text. */
    public boolean hasText(String key) {
        return messages.getMessage(key, null, null, Locale.ENGLISH) != null;
    }

    /** What an email template lacks; empty if it is complete. */
    public List<String> missingPartsOf(String emailTemplate) {
        Stream<String> files = Stream.of(".html", ".txt")
                .map(suffix -> "templates/email/" + emailTemplate + suffix)
                .filter(file -> !resources.getResource("classpath:/" + file).exists());
        String subject = "email.%s.subject".formatted(emailTemplate);
        Stream<String> texts = hasText(subject) ? Stream.empty() : Stream.of("the text " + subject);
        return Stream.concat(files, texts).toList();
    }

    /** What the form of a step may show or ask for; empty if the code knows nothing of that step, and keeps nothing of it. */
    public Optional<Set<String>> fieldsOf(String step) {
        return Optional.ofNullable(FIELDS.get(step));
    }

    /** What expressions may ask: beans that are no delegates, with public methods. */
    public Set<String> beans() {
        return Stream.of(context.getBeanDefinitionNames())
                .filter(name -> bean(name)
                        .filter(type -> !JavaDelegate.class.isAssignableFrom(type))
                        .filter(type -> !questionsTo(type).isEmpty())
                        .isPresent())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What an expression may ask a bean, as it is written: those methods that want to know which request is meant. */
    public Set<String> questionsTo(Class<?> bean) {
        return Modifier.isPublic(bean.getModifiers())
                ? Arrays.stream(bean.getMethods())
                        .filter(method ->
                                Arrays.equals(method.getParameterTypes(), new Class<?>[] {DelegateExecution.class}))
                        .map(method -> method.getName() + "(execution)")
                        .collect(Collectors.toCollection(TreeSet::new))
                : Set.of();
    }
}
