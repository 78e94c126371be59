package org.smartaccounts.request;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.process.EngineHooks;
import org.smartaccounts.process.Refusal;
import org.smartaccounts.process.Wording;
import org.springframework.stereotype.Component;

/**
 * What can be done to a request at this moment, by whom. This is the one place that knows: pages ask it what to offer, and each act asks it
 * again once the account is locked. What somebody has typed, it does not judge.
 */
@Component
public class PossibleActs {

    private static final Set<AccountStatus> ENDED = Set.of(
            AccountStatus.WITHDRAWN,
            AccountStatus.DECLINED,
            AccountStatus.EXPIRED,
            AccountStatus.CANCELED,
            AccountStatus.CLOSED);

    private static final Set<String> AT_THE_REQUESTERS_SIDE =
            Set.of(ProcessElements.REVIEW_REQUEST, ProcessElements.CORRECT_CUSTOMER_EMAIL);

    private final Authority authority;
    private final Requesters requesters;
    private final RequestAssessment assessment;
    private final EngineHooks engine;
    private final Wording wording;
    private final TaskService tasks;
    private final Clock clock;

    PossibleActs(
            Authority authority,
            Requesters requesters,
            RequestAssessment assessment,
            EngineHooks engine,
            Wording wording,
            TaskService tasks,
            Clock clock) {
        this.authority = authority;
        this.requesters = requesters;
        this.assessment = assessment;
        this.engine = engine;
        this.wording = wording;
        this.tasks = tasks;
        this.clock = clock;
    }

    /** What the caller can do to it. */
    public Choices of(SmartAccount account) {
        Optional<Assessment> review = account.status() == AccountStatus.IN_REVIEW
                ? Optional.of(assessment.of(account, account.details()))
                : Optional.empty();
        Map<RequestAct, String> obstacles = new EnumMap<>(RequestAct.class);
        try {
            Actor by = authority.forTheRequester(account);
            List<Task> waiting = waiting(account);
            for (RequestAct act : RequestAct.values()) {
                obstacle(() -> require(act, account, by, waiting)).ifPresent(words -> obstacles.put(act, words));
            }
            if (!review.map(Assessment::isFreeOfProblems).orElse(true)) {
                obstacles.putIfAbsent(RequestAct.SUBMIT, wording.text("refusal.submit.problems"));
            }
        } catch (Refusal stranger) {
            Stream.of(RequestAct.values()).forEach(act -> obstacles.put(act, stranger.getMessage()));
        }
        return new Choices(obstacles, review);
    }

    private static Optional<String> obstacle(Runnable check) {
        try {
            check.run();
            return Optional.empty();
        } catch (Refusal refusal) {
            return Optional.of(refusal.getMessage());
        }
    }

    /**
     * Somebody is about to act.
     *
     * @param account locked
     * @throws Refusal if it is not possible now
     */
    void require(RequestAct act, SmartAccount account, Actor by) {
        require(act, account, by, waiting(account));
    }

    /** Whether the instructions can be sent again, as far as number and time go. */
    void requireResend(SmartAccount account) {
        if (!account.mayResend()) {
            throw wording.refusal("refusal.resend.tooOften", SmartAccount.MAX_RESENDS);
        }
        if (clock.instant().isBefore(account.nextResend())) {
            throw wording.refusal("refusal.resend.tooSoon", account.nextResend());
        }
    }

    private void require(RequestAct act, SmartAccount account, Actor by, Collection<Task> waiting) {
        String requestNumber = account.requestNumber();
        switch (act) {
            case SUBMIT, CHANGE, WITHDRAW ->
                require(
                        account.status() == AccountStatus.IN_REVIEW && waitsAt(waiting, ProcessElements.REVIEW_REQUEST),
                        "refusal.notInReview",
                        requestNumber);
            case TAKE_OVER -> {
                Task task = waiting.stream()
                        .filter(PossibleActs::isAtTheRequestersSide)
                        .findFirst()
                        .orElseThrow(() -> wording.refusal("refusal.nothingWaits", requestNumber));
                require(!by.name().equals(task.getAssignee()), "refusal.waitsForYou", requestNumber);
            }
            case RESEND -> {
                requirePending(account);
                require(
                        account.deadline() != null && waitsAt(waiting, ProcessElements.ACTIVATE_SMART_ACCOUNT),
                        "refusal.beingSent",
                        requestNumber);
                requireResend(account);
            }
            case CHANGE_APPROVER -> {
                requirePending(account);
                require(
                        account.mayChangeApprover(),
                        "problem.customerEmail.tooOften",
                        SmartAccount.MAX_APPROVER_CHANGES);
            }
            case CANCEL -> requirePending(account);
            case REQUEST_AGAIN -> {
                require(ENDED.contains(account.status()), "refusal.notEnded", requestNumber);
                require(account.anonymisedAt() == null, "refusal.anonymised", requestNumber);
                requesters.current();
            }
        }
    }

    private void requirePending(SmartAccount account) {
        Instant now = clock.instant();
        requireNotSuspended(account);
        require(account.status() == AccountStatus.PENDING, "refusal.notPossible", account.requestNumber());
        // Moments later time ends it.
        require(
                account.deadline() == null || account.isAwaitingDecisionAt(now),
                "refusal.tooLate",
                account.requestNumber());
    }

    /** Whether licensing support looks at it at this moment: then nobody changes anything. */
    void requireNotSuspended(SmartAccount account) {
        require(!account.isSuspended(), "refusal.suspended", account.requestNumber());
    }

    private void require(boolean possible, String why, Object... arguments) {
        if (!possible) {
            throw wording.refusal(why, arguments);
        }
    }

    private List<Task> waiting(SmartAccount account) {
        return engine.asTheApplication(() -> tasks.createTaskQuery()
                .processInstanceBusinessKey(account.requestNumber())
                .list());
    }

    private static boolean waitsAt(Collection<Task> waiting, String element) {
        return waiting.stream().anyMatch(task -> task.getTaskDefinitionKey().equals(element));
    }

    private static boolean isAtTheRequestersSide(Task task) {
        return AT_THE_REQUESTERS_SIDE.contains(task.getTaskDefinitionKey());
    }
}
