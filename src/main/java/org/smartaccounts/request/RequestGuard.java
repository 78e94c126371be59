package org.smartaccounts.request;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.access.People;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.DeclineReason;
import org.smartaccounts.account.Problem;
import org.smartaccounts.account.Provisioning;
import org.smartaccounts.account.Requester;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.email.EmailLedger;
import org.smartaccounts.process.FormInput;
import org.smartaccounts.process.ProcessGuard;
import org.smartaccounts.process.Refusal;
import org.smartaccounts.process.Wording;
import org.smartaccounts.request.Authority.Act;
import org.springframework.stereotype.Component;

/**
 * Checks what comes into a request from outside: when it begins, when a task of it is completed or updated, and when it is deleted.
 *
 * <p>Each step keeps of what was sent what may be sent there, see {@link FormInput}. Who asks is whoever is logged in. What cannot
 * be taken is refused in words.
 */
@Component
class RequestGuard implements ProcessGuard {

    private static final Set<String> REVIEW_DECISIONS =
            Set.of(RequestVariables.SUBMIT, RequestVariables.CHANGE, RequestVariables.WITHDRAW);
    private static final Set<String> DOMAIN_DECISIONS = Set.of(RequestVariables.APPROVE, RequestVariables.REFUSE);

    private static final Set<String> DECLINE_REASONS =
            Arrays.stream(DeclineReason.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> MEANS = Set.of("telephone", "email", "letter", "person");
    private static final int MAX_NAME = 200;

    private final People people;
    private final Requesters requesters;
    private final Provisioning provisioning;
    private final SmartAccounts accounts;
    private final RequestAssessment assessment;
    private final Authority authority;
    private final PossibleActs possibleActs;
    private final EmailLedger ledger;
    private final Wording wording;
    private final Clock clock;

    RequestGuard(
            People people,
            Requesters requesters,
            Provisioning provisioning,
            SmartAccounts accounts,
            RequestAssessment assessment,
            Authority authority,
            PossibleActs possibleActs,
            EmailLedger ledger,
            Wording wording,
            Clock clock) {
        this.people = people;
        this.requesters = requesters;
        this.provisioning = provisioning;
        this.accounts = accounts;
        this.assessment = assessment;
        this.authority = authority;
        this.possibleActs = possibleActs;
        this.ledger = ledger;
        this.wording = wording;
        this.clock = clock;
    }

    @Override
    public String process() {
        return ProcessElements.PROCESS;
    }

    /** A request begins: gives it its number and its row. */
    @Override
    public void begin(DelegateExecution process, boolean atItsBeginning) {
        if (!atItsBeginning) {
            throw wording.refusal("refusal.notAtTheBeginning");
        }
        Requester requester = requesters.current();
        input(process).keep(RequestVariables.DETAILS, Map.of());
        SmartAccount account = provisioning.open(requester, RequestVariables.details(process));
        process.setProcessBusinessKey(account.requestNumber());
        process.setVariable(RequestVariables.REQUEST_NUMBER, account.requestNumber());
        process.setVariable(RequestVariables.REQUESTER, requester.id());
    }

    /** Somebody deletes the request in Cockpit: its account may not live on without a process. */
    @Override
    public void deleted(DelegateExecution process) {
        accounts.findLocked(String.valueOf(process.getProcessBusinessKey())).ifPresent(account -> {
            Actor by = people.current()
                    .map(person -> Actor.administrator(person.id()))
                    .orElse(Actor.SYSTEM);
            account.abandon(by, clock.instant(), wording.record("timeline.deleted"));
            accounts.save(account);
            ledger.dropAll(account.requestNumber());
        });
    }

    /** Somebody changes a task without completing it. */
    @Override
    public void update(DelegateTask task) {
        SmartAccount account = accounts.get(task.getExecution().getProcessBusinessKey());
        switch (task.getTaskDefinitionKey()) {
            case ProcessElements.REVIEW_REQUEST -> keepReview(task, account);
            case ProcessElements.APPROVE_ACCOUNT_DOMAIN -> keepOwn(Set.of(RequestVariables.REMARKS), task, account);
            case ProcessElements.CORRECT_CUSTOMER_EMAIL -> keepOwn(RequestVariables.REFUSED, task, account);
            default -> keepOwn(Set.of(), task, account);
        }
    }

    /** Somebody completes a task. The row is locked first: who comes a moment after another, or after a timer, is told so. */
    @Override
    public void complete(DelegateTask task) {
        SmartAccount account = accounts.lock(task.getExecution().getProcessBusinessKey());
        switch (task.getTaskDefinitionKey()) {
            case ProcessElements.REVIEW_REQUEST -> {
                require(account.status() == AccountStatus.IN_REVIEW, account);
                String shown = RequestVariables.text(task, RequestVariables.PROBLEMS);
                Actor actor = authority.require(Act.REVIEW, account);
                checkReview(task, shown, keepReview(task, account));
                ActedBy.write(task, actor, Actor.requester(account.requester().id()));
            }
            case ProcessElements.APPROVE_ACCOUNT_DOMAIN -> {
                require(account.status() == AccountStatus.IN_DOMAIN_APPROVAL, account);
                keepOwn(
                        sentWith(task, RequestVariables.DOMAIN_DECISION, RequestVariables.DOMAIN_DECISIONS),
                        task,
                        account);
                checkDomainDecision(task);
                ActedBy.write(
                        task,
                        authority.require(Act.APPROVE_DOMAIN, account),
                        Actor.requester(account.requester().id()));
            }
            case ProcessElements.ACTIVATE_SMART_ACCOUNT -> {
                possibleActs.requireNotSuspended(account);
                require(account.isAwaitingDecisionAt(clock.instant()), account);
                keepOwn(
                        sentWith(task, RequestVariables.ACTIVATION_OUTCOME, RequestVariables.ACTIVATION),
                        task,
                        account);
                ActedBy.write(task, checkActivation(task, account), approver(account));
                task.setVariable(
                        RequestVariables.CUSTOMER_DECISION,
                        RequestVariables.text(task, RequestVariables.ACTIVATION_OUTCOME));
            }
            case ProcessElements.CORRECT_CUSTOMER_EMAIL -> {
                possibleActs.requireNotSuspended(account);
                require(account.status() == AccountStatus.PENDING, account);
                keepOwn(sentWith(task, RequestVariables.CORRECTION, RequestVariables.CORRECTIONS), task, account);
                ActedBy.write(task, checkCorrection(task, account), approver(account));
            }
            // A task that an analyst has added: nothing is known about its meaning.
            default -> keepOwn(Set.of(), task, account);
        }
    }

    private static Actor approver(SmartAccount account) {
        return Actor.approver(account.details().customerEmail());
    }

    private static Set<String> sentWith(DelegateTask task, String choice, Map<String, Set<String>> sentByChoice) {
        return sentByChoice.getOrDefault(RequestVariables.text(task, choice), Set.of());
    }

    private void require(boolean possible, SmartAccount account) {
        if (!possible) {
            throw wording.refusal("refusal.tooLate", account.requestNumber());
        }
    }

    /** @return what is wrong with the request as it is now */
    private List<Problem> keepReview(DelegateTask task, SmartAccount account) {
        Set<String> sent = new HashSet<>(RequestVariables.DETAILS);
        sent.add(RequestVariables.REVIEW_DECISION);
        FormInput input = input(task);
        Map<String, String> own = new HashMap<>(identityOf(account));
        own.put(RequestVariables.RETURN_REASON, account.returnReason());
        input.keep(sent, own);
        Assessment assessed = assessment.of(account, RequestVariables.details(task));
        RequestVariables.of(assessed, wording).forEach(input::set);
        return assessed.problems();
    }

    private void keepOwn(Set<String> sent, DelegateTask task, SmartAccount account) {
        Map<String, String> own = new HashMap<>(RequestVariables.of(account.details()));
        own.putAll(identityOf(account));
        if (account.status() == AccountStatus.IN_DOMAIN_APPROVAL) {
            // The diagram asks once more.
            own.put(RequestVariables.DOMAIN_APPROVAL, RequestVariables.NEEDED);
        }
        input(task).keep(sent, own);
    }

    private static Map<String, String> identityOf(SmartAccount account) {
        return Map.of(
                RequestVariables.REQUEST_NUMBER, account.requestNumber(),
                RequestVariables.REQUESTER, account.requester().id());
    }

    private FormInput input(VariableScope variables) {
        FormInput input = new FormInput(variables);
        if (input.hasTransient()) {
            throw wording.refusal("refusal.transient");
        }
        return input;
    }

    /** @param shown what the requester could see; a problem that has come up since is shown by the next review */
    private void checkReview(DelegateTask task, String shown, List<Problem> problems) {
        String decision = RequestVariables.text(task, RequestVariables.REVIEW_DECISION);
        if (!REVIEW_DECISIONS.contains(decision)) {
            throw wording.refusal("refusal.reviewDecision");
        }
        if (decision.equals(RequestVariables.SUBMIT) && !shown.isEmpty() && !problems.isEmpty()) {
            throw new Refusal(wording.lines(problems));
        }
    }

    private void checkDomainDecision(DelegateTask task) {
        String decision = RequestVariables.text(task, RequestVariables.DOMAIN_DECISION);
        if (!DOMAIN_DECISIONS.contains(decision)) {
            throw wording.refusal("refusal.approval.decision");
        }
        String reason = RequestVariables.text(task, RequestVariables.REFUSAL_REASON);
        if (decision.equals(RequestVariables.REFUSE)
                && (reason.isEmpty() || length(reason) > SmartAccount.MAX_RETURN_REASON)) {
            throw wording.refusal("refusal.approval.reason", SmartAccount.MAX_RETURN_REASON);
        }
    }

    private Actor checkActivation(DelegateTask task, SmartAccount account) {
        switch (RequestVariables.text(task, RequestVariables.ACTIVATION_OUTCOME)) {
            case RequestVariables.ACCEPT -> {
                return checkDecision(task, account);
            }
            case RequestVariables.DECLINE -> {
                Actor actor = checkDecision(task, account);
                checkDecline(task);
                return actor;
            }
            case RequestVariables.RESEND -> {
                Actor actor = authority.require(Act.RESEND, account);
                possibleActs.requireResend(account);
                return actor;
            }
            case RequestVariables.CHANGE_APPROVER -> {
                Actor actor = authority.require(Act.CHANGE_APPROVER, account);
                checkApprover(account, RequestVariables.text(task, RequestVariables.NEW_APPROVER), false, actor);
                return actor;
            }
            case RequestVariables.CANCEL -> {
                return checkCancel(account, RequestVariables.text(task, RequestVariables.CANCEL_REASON));
            }
            default -> throw wording.refusal("refusal.activationOutcome");
        }
    }

    private Actor checkCorrection(DelegateTask task, SmartAccount account) {
        switch (RequestVariables.text(task, RequestVariables.CORRECTION)) {
            case RequestVariables.CORRECT -> {
                Actor actor = authority.require(Act.CHANGE_APPROVER, account);
                // Perhaps the mailbox was full.
                checkApprover(account, RequestVariables.text(task, RequestVariables.NEW_APPROVER), true, actor);
                return actor;
            }
            case RequestVariables.CANCEL -> {
                return checkCancel(account, RequestVariables.text(task, RequestVariables.CANCEL_REASON));
            }
            default -> throw wording.refusal("refusal.correction");
        }
    }

    private Actor checkDecision(DelegateTask task, SmartAccount account) {
        Actor actor = authority.require(Act.DECIDE, account);
        if (actor.role() == Actor.Role.SUPPORT) {
            checkCustomersWord(task, account);
        }
        return actor;
    }

    private void checkDecline(DelegateTask task) {
        if (!DECLINE_REASONS.contains(RequestVariables.text(task, RequestVariables.DECLINE_REASON))) {
            throw wording.refusal("refusal.declineReason");
        }
        if (length(RequestVariables.text(task, RequestVariables.DECLINE_NOTE)) > SmartAccount.MAX_DECLINE_NOTE) {
            throw wording.refusal("refusal.declineNote", SmartAccount.MAX_DECLINE_NOTE);
        }
    }

    /** Somebody is to become the approver: refuses what the form would refuse. */
    void checkApprover(SmartAccount account, String typed, boolean mayBeTheSame, Actor by) {
        List<Problem> problems =
                assessment.problemsOfApprover(account, typed, mayBeTheSame, by.role() == Actor.Role.SUPPORT);
        if (!problems.isEmpty()) {
            throw new Refusal(wording.lines(problems));
        }
    }

    /** Somebody cancels; returns as whom. */
    Actor checkCancel(SmartAccount account, String reason) {
        Actor actor = authority.require(Act.CANCEL, account);
        if (reason.isBlank() || length(reason) > SmartAccount.MAX_CANCEL_REASON) {
            throw wording.refusal("refusal.cancel.reason", SmartAccount.MAX_CANCEL_REASON);
        }
        return actor;
    }

    private void checkCustomersWord(DelegateTask task, SmartAccount account) {
        String from = RequestVariables.text(task, RequestVariables.CUSTOMER_WORD_FROM);
        if (from.isEmpty() || length(from) > MAX_NAME) {
            throw wording.refusal("refusal.customerWord.from", MAX_NAME);
        }
        if (!MEANS.contains(RequestVariables.text(task, RequestVariables.CUSTOMER_WORD_BY))) {
            throw wording.refusal("refusal.customerWord.by");
        }
        @Nullable LocalDate day = day(RequestVariables.text(task, RequestVariables.CUSTOMER_WORD_ON));
        // A day is longer than 24 hours seen from all time zones at once.
        LocalDate latest = LocalDate.now(clock.withZone(ZoneOffset.UTC)).plusDays(1);
        LocalDate earliest =
                account.requestedAt().atZone(ZoneOffset.UTC).toLocalDate().minusDays(1);
        if (day == null || day.isAfter(latest) || day.isBefore(earliest)) {
            throw wording.refusal("refusal.customerWord.on");
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
}
