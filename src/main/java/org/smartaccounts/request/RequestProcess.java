package org.smartaccounts.request;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.DeclineReason;
import org.smartaccounts.account.Problem;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.process.EngineHooks;
import org.smartaccounts.process.Refusal;
import org.smartaccounts.process.Wording;
import org.smartaccounts.request.Authority.Act;
import org.springframework.stereotype.Component;

/**
 * The way into the process for everything outside the engine, once a request was sent: what people do to it without Tasklist, each act as
 * {@link ActsOfPeople} says. {@link NewRequests} is the way in before.
 *
 * <p>The approver comes with an {@link ActivationLink}. The requester and support come logged in; what they may not, and what is not
 * possible now, is refused in words.
 */
@Component
public class RequestProcess {

    /** What became of an approver's act. */
    public enum Answer {
        /** It counts. */
        RECORDED,
        /** The engine is still on its way to the wait; moments later the same act will do. */
        TOO_EARLY,
        /** Somebody, or time, was faster, or another approver has been named; the account says what is so. */
        TOO_LATE
    }

    private final SmartAccounts accounts;
    private final RequestAssessment assessment;
    private final RequestGuard guard;
    private final Authority authority;
    private final ApproverChange approverChange;
    private final Wording wording;
    private final ActsOfPeople acts;
    private final EngineHooks engine;
    private final TaskService tasks;
    private final RuntimeService runtime;
    private final Clock clock;

    RequestProcess(
            SmartAccounts accounts,
            RequestAssessment assessment,
            RequestGuard guard,
            Authority authority,
            ApproverChange approverChange,
            Wording wording,
            ActsOfPeople acts,
            EngineHooks engine,
            TaskService tasks,
            RuntimeService runtime,
            Clock clock) {
        this.accounts = accounts;
        this.assessment = assessment;
        this.guard = guard;
        this.authority = authority;
        this.approverChange = approverChange;
        this.wording = wording;
        this.acts = acts;
        this.engine = engine;
        this.tasks = tasks;
        this.runtime = runtime;
        this.clock = clock;
    }

    /** The approver accepts, being authorised to. */
    public Answer accept(ActivationLink link) {
        return decide(link, Map.of(RequestVariables.ACTIVATION_OUTCOME, RequestVariables.ACCEPT));
    }

    /**
     * The approver declines.
     *
     * @param reason from the list
     * @param note   for the requester; may be empty, at most {@link SmartAccount#MAX_DECLINE_NOTE} characters
     */
    public Answer decline(ActivationLink link, DeclineReason reason, String note) {
        return decide(
                link,
                Map.of(
                        RequestVariables.ACTIVATION_OUTCOME,
                        RequestVariables.DECLINE,
                        RequestVariables.DECLINE_REASON,
                        reason.name(),
                        RequestVariables.DECLINE_NOTE,
                        note));
    }

    /**
     * The approver names somebody else, who becomes the approver.
     *
     * @param address without {@linkplain #problemsOfPassingOn problems}
     */
    public Answer passOn(ActivationLink link, String address) {
        return decide(
                link,
                Map.of(
                        RequestVariables.ACTIVATION_OUTCOME,
                        RequestVariables.CHANGE_APPROVER,
                        RequestVariables.NEW_APPROVER,
                        address));
    }

    /** What keeps a person from becoming the approver; empty if nothing does. */
    public List<Problem> problemsOfPassingOn(SmartAccount account, String address) {
        return assessment.problemsOfApprover(account, address, false, false);
    }

    private Answer decide(ActivationLink link, Map<String, Object> outcome) {
        return acts.attempt(() -> decideOnce(link, outcome));
    }

    private Answer decideOnce(ActivationLink link, Map<String, Object> outcome) {
        SmartAccount account = accounts.lock(link.requestNumber());
        boolean forThisApprover = account.approverVersion() == link.approverVersion();
        if (forThisApprover && account.status() == AccountStatus.PENDING && account.deadline() == null) {
            return Answer.TOO_EARLY;
        }
        if (!forThisApprover || !account.isAwaitingDecisionAt(clock.instant())) {
            return Answer.TOO_LATE;
        }
        @Nullable Task task = task(account, ProcessElements.ACTIVATE_SMART_ACCOUNT);
        if (task == null) {
            return Answer.TOO_EARLY;
        }
        tasks.complete(task.getId(), outcome);
        return Answer.RECORDED;
    }

    /**
     * The requester, or support, has the approver sent the instructions again.
     *
     * @throws Refusal if the caller may not, or if it is too soon or too often
     */
    public void resend(Seen seen) {
        acts.perform(() -> {
            SmartAccount account = acts.lock(seen, RequestAct.RESEND);
            completeActivation(account, Map.of(RequestVariables.ACTIVATION_OUTCOME, RequestVariables.RESEND));
            return account.requestNumber();
        });
    }

    /**
     * The requester, or support, corrects the approver's address, at whatever point the request is: also while the mail server is being
     * tried with the wrong one, or after it has refused it.
     *
     * @throws Refusal if the caller may not, or if the address cannot be the approver's
     */
    public void changeApprover(Seen seen, String address) {
        acts.perform(() -> {
            SmartAccount account = acts.lock(seen, RequestAct.CHANGE_APPROVER);
            @Nullable Task correction = task(account, ProcessElements.CORRECT_CUSTOMER_EMAIL);
            if (correction != null) {
                tasks.complete(
                        correction.getId(),
                        Map.of(
                                RequestVariables.CORRECTION,
                                RequestVariables.CORRECT,
                                RequestVariables.NEW_APPROVER,
                                address));
            } else if (account.deadline() == null) {
                Actor by = authority.require(Act.CHANGE_APPROVER, account);
                guard.checkApprover(account, address, false, by);
                approverChange.applyWhileSending(account, address, by);
            } else {
                completeActivation(
                        account,
                        Map.of(
                                RequestVariables.ACTIVATION_OUTCOME,
                                RequestVariables.CHANGE_APPROVER,
                                RequestVariables.NEW_APPROVER,
                                address));
            }
            return account.requestNumber();
        });
    }

    /**
     * The requester, or support, takes the request back, whatever it waits for.
     *
     * @param reason for the approver, at most {@link SmartAccount#MAX_CANCEL_REASON} characters
     * @throws Refusal if the caller may not, without a reason, or if the customer has decided
     */
    public void cancel(Seen seen, String reason) {
        acts.perform(() -> {
            SmartAccount account = acts.lock(seen, RequestAct.CANCEL);
            Actor by = guard.checkCancel(account, reason);
            runtime.createMessageCorrelation(ProcessElements.CANCEL_REQUEST)
                    .processInstanceBusinessKey(account.requestNumber())
                    .setVariables(Map.of(
                            RequestVariables.CANCEL_REASON,
                            reason.strip(),
                            RequestVariables.ACTOR,
                            ActedBy.inOneWord(by)))
                    .correlate();
            return account.requestNumber();
        });
    }

    /**
     * A colleague of the requester, or support, takes over what waits for the requester, who may be on holiday.
     *
     * @return the id of the task
     * @throws Refusal if the caller may not, or if nothing waits for the requester
     */
    public String takeOver(Seen seen) {
        return acts.perform(() -> {
            SmartAccount account = acts.lock(seen, RequestAct.TAKE_OVER);
            Task task = requestersTasks(List.of(account.requestNumber())).stream()
                    .findFirst()
                    .orElseThrow(() -> wording.refusal("refusal.nothingWaits", account.requestNumber()));
            tasks.setAssignee(
                    task.getId(), authority.require(Act.TAKE_OVER, account).name());
            return task.getId();
        });
    }

    /** The id of the newest task of a request that the caller may see. */
    public Optional<String> taskSeen(String requestNumber) {
        return tasks
                .createTaskQuery()
                .processInstanceBusinessKey(requestNumber)
                .active()
                .orderByTaskCreateTime()
                .desc()
                .listPage(0, 1)
                .stream()
                .map(Task::getId)
                .findFirst();
    }

    /** For whom requests wait at their requesters' side: user ids by request number. Those that do not wait there are not in it. */
    public Map<String, String> waitingFor(Collection<String> requestNumbers) {
        return engine.asTheApplication(() -> {
            Map<String, String> assignees = requestersTasks(requestNumbers).stream()
                    .filter(task -> task.getAssignee() != null)
                    .collect(Collectors.toMap(Task::getProcessInstanceId, Task::getAssignee));
            return assignees.isEmpty()
                    ? Map.of()
                    : runtime.createProcessInstanceQuery().processInstanceIds(assignees.keySet()).list().stream()
                            .collect(Collectors.toMap(
                                    ProcessInstance::getBusinessKey,
                                    request -> Objects.requireNonNull(assignees.get(request.getId()))));
        });
    }

    private List<Task> requestersTasks(Collection<String> requestNumbers) {
        return requestNumbers.isEmpty()
                ? List.of()
                : tasks.createTaskQuery()
                        .processInstanceBusinessKeyIn(requestNumbers.toArray(String[]::new))
                        .taskDefinitionKeyIn(ProcessElements.REVIEW_REQUEST, ProcessElements.CORRECT_CUSTOMER_EMAIL)
                        .list();
    }

    private void completeActivation(SmartAccount account, Map<String, Object> outcome) {
        @Nullable Task task = task(account, ProcessElements.ACTIVATE_SMART_ACCOUNT);
        if (task == null) {
            throw wording.refusal("refusal.beingSent", account.requestNumber());
        }
        tasks.complete(task.getId(), outcome);
    }

    private @Nullable Task task(SmartAccount account, String kind) {
        return tasks.createTaskQuery()
                .processInstanceBusinessKey(account.requestNumber())
                .taskDefinitionKey(kind)
                .singleResult();
    }
}
