package org.smartaccounts.request;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.variable.value.StringValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.access.People;
import org.smartaccounts.access.People.PartnerCompany;
import org.smartaccounts.access.People.Person;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.EmailAddress;
import org.smartaccounts.account.Provisioning;
import org.smartaccounts.account.RequestCheck;
import org.smartaccounts.account.Requester;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.springframework.stereotype.Component;

/**
 * Checks in the engine what comes from outside, whatever way it comes: a form checks only in the browser, and any caller can send
 * what it likes. {@link RequestEngineHooks} calls it when a request begins and when a task of it is completed or updated, before
 * anything is written; a changed diagram cannot leave it out.
 *
 * <p>Of the variables it keeps those that a form may set, as texts that the database can hold, and drops the rest. Who asks is
 * whoever is logged in. What cannot be taken is refused in words.
 */
@Component
class RequestGuard {

    private static final Set<String> REVIEW_DECISIONS =
            Set.of(RequestVariables.SUBMIT, RequestVariables.CHANGE, RequestVariables.WITHDRAW);
    private static final Set<String> CUSTOMER_DECISIONS = Set.of(RequestVariables.ACCEPT, RequestVariables.DECLINE);
    private static final Set<String> MEANS = Set.of("telephone", "email", "letter", "person");
    private static final int MAX_REASON = 2000;
    private static final int MAX_NAME = 200;

    private final People people;
    private final Provisioning provisioning;
    private final SmartAccounts accounts;
    private final RequestCheck check;
    private final PartnerAddresses partnerAddresses;
    private final Wording wording;
    private final Clock clock;

    RequestGuard(
            People people,
            Provisioning provisioning,
            SmartAccounts accounts,
            RequestCheck check,
            PartnerAddresses partnerAddresses,
            Wording wording,
            Clock clock) {
        this.people = people;
        this.provisioning = provisioning;
        this.accounts = accounts;
        this.check = check;
        this.partnerAddresses = partnerAddresses;
        this.wording = wording;
        this.clock = clock;
    }

    /** A request begins: gives it its number and its row. */
    void begin(DelegateExecution process) {
        Requester requester = requester();
        keepOnly(RequestVariables.FROM_OUTSIDE, process);
        SmartAccount account = provisioning.open(requester);
        process.setProcessBusinessKey(account.requestNumber());
        process.setVariable(RequestVariables.REQUEST_NUMBER, account.requestNumber());
        process.setVariable(RequestVariables.REQUESTER, requester.id());
    }

    private Requester requester() {
        Person person = people.current().orElseThrow(() -> refusal("refusal.requester.unknown"));
        List<PartnerCompany> companies = people.companiesOf(person);
        if (companies.isEmpty()) {
            throw refusal("refusal.requester.noCompany", person.id());
        }
        if (companies.size() > 1) {
            throw refusal("refusal.requester.severalCompanies", person.id());
        }
        EmailAddress email =
                EmailAddress.parse(person.email()).orElseThrow(() -> refusal("refusal.requester.noEmail", person.id()));
        PartnerCompany company = companies.get(0);
        return new Requester(person.id(), person.name(), email.toString(), company.id(), company.name());
    }

    /** Somebody changes a task without completing it. */
    void update(DelegateTask task) {
        clean(task, accounts.get(task.getExecution().getProcessBusinessKey()));
    }

    /** Somebody completes a task. The row is locked first: who comes a moment after another, or after a timer, is told so. */
    void complete(DelegateTask task) {
        SmartAccount account = accounts.lock(task.getExecution().getProcessBusinessKey());
        clean(task, account);
        switch (task.getTaskDefinitionKey()) {
            case ProcessElements.REVIEW_REQUEST -> {
                require(AccountStatus.IN_REVIEW, account);
                checkReview(task, account);
            }
            case ProcessElements.ACTIVATE_SMART_ACCOUNT -> {
                require(AccountStatus.PENDING, account);
                checkActivation(task, account);
            }
            default -> {
                // A task that an analyst has added: nothing is known about its meaning.
            }
        }
    }

    private void require(AccountStatus status, SmartAccount account) {
        if (account.status() != status) {
            throw refusal("refusal.tooLate", account.requestNumber());
        }
    }

    private static void clean(DelegateTask task, SmartAccount account) {
        keepOnly(RequestVariables.ALL, task);
        restore(task, RequestVariables.REQUEST_NUMBER, account.requestNumber());
        restore(task, RequestVariables.REQUESTER, account.requester().id());
    }

    private void checkReview(DelegateTask task, SmartAccount account) {
        String decision = RequestVariables.text(task, RequestVariables.REVIEW_DECISION);
        if (!REVIEW_DECISIONS.contains(decision)) {
            throw refusal("refusal.reviewDecision");
        }
        if (decision.equals(RequestVariables.SUBMIT)) {
            var problems = check.problemsOf(RequestVariables.details(task), partnerAddresses.of(account));
            if (!problems.isEmpty()) {
                throw new Refusal(wording.lines(problems));
            }
        }
    }

    private void checkActivation(DelegateTask task, SmartAccount account) {
        if (!CUSTOMER_DECISIONS.contains(RequestVariables.text(task, RequestVariables.CUSTOMER_DECISION))) {
            throw refusal("refusal.customerDecision");
        }
        if (length(RequestVariables.text(task, RequestVariables.DECLINE_REASON)) > MAX_REASON) {
            throw refusal("refusal.declineReason", MAX_REASON);
        }
        Optional<Person> somebody = people.current();
        if (somebody.isPresent()) {
            checkCustomersWord(task, somebody.get(), account);
            restore(task, RequestVariables.RECORDED_BY, somebody.get().id());
        } else {
            // The activation page: the customer in person.
            restore(task, RequestVariables.RECORDED_BY, "");
        }
    }

    private void checkCustomersWord(DelegateTask task, Person person, SmartAccount account) {
        if (!people.isSupport(person)) {
            throw refusal("refusal.activation.notSupport");
        }
        String from = RequestVariables.text(task, RequestVariables.CUSTOMER_WORD_FROM);
        if (from.isEmpty() || length(from) > MAX_NAME) {
            throw refusal("refusal.customerWord.from", MAX_NAME);
        }
        if (!MEANS.contains(RequestVariables.text(task, RequestVariables.CUSTOMER_WORD_BY))) {
            throw refusal("refusal.customerWord.by");
        }
        @Nullable LocalDate day = day(RequestVariables.text(task, RequestVariables.CUSTOMER_WORD_ON));
        // A day is longer than 24 hours seen from all time zones at once.
        LocalDate latest = LocalDate.now(clock.withZone(ZoneOffset.UTC)).plusDays(1);
        LocalDate earliest =
                account.requestedAt().atZone(ZoneOffset.UTC).toLocalDate().minusDays(1);
        if (day == null || day.isAfter(latest) || day.isBefore(earliest)) {
            throw refusal("refusal.customerWord.on");
        }
    }

    private static @Nullable LocalDate day(String isoDate) {
        try {
            return LocalDate.parse(isoDate);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private Refusal refusal(String key, Object... arguments) {
        return new Refusal(wording.text(key, arguments));
    }

    private static void keepOnly(Set<String> names, VariableScope scope) {
        for (String name : List.copyOf(scope.getVariableNames())) {
            @Nullable TypedValue value = scope.getVariableTyped(name, false);
            if (!names.contains(name)) {
                scope.removeVariable(name);
            } else if (RequestVariables.FROM_OUTSIDE.contains(name)) {
                keepAsText(scope, name, value);
            }
        }
    }

    private static void keepAsText(VariableScope scope, String name, @Nullable TypedValue value) {
        if (value instanceof StringValue text && text.getValue() != null) {
            String storable = storable(text.getValue());
            if (!storable.equals(text.getValue())) {
                scope.setVariable(name, storable);
            }
        } else {
            scope.removeVariable(name);
        }
    }

    /** What the database can hold of a text. What is cut here is far too long to be submitted, see {@link RequestCheck}. */
    private static String storable(String text) {
        String tidy = text.replace("\0", "").strip();
        if (tidy.length() <= RequestCheck.KEPT_LENGTH) {
            return tidy;
        }
        int end = RequestCheck.KEPT_LENGTH - RequestCheck.CUT_MARK.length();
        if (Character.isHighSurrogate(tidy.charAt(end - 1))) {
            end--;
        }
        return tidy.substring(0, end) + RequestCheck.CUT_MARK;
    }

    private static void restore(VariableScope scope, String name, String value) {
        if (!Objects.equals(scope.getVariable(name), value)) {
            scope.setVariable(name, value);
        }
    }
}
