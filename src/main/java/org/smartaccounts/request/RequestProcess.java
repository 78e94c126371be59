package org.smartaccounts.request;

import java.time.Clock;
import java.util.Map;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.DeclineReason;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The way into the process for everything outside the engine: what people do to a request without Tasklist. */
@Component
public class RequestProcess {

    /** What became of a decision. */
    public enum Answer {
        /** It counts. */
        RECORDED,
        /** The engine is still on its way to the wait; moments later the same decision will do. */
        TOO_EARLY,
        /** Somebody, or time, was faster, or another approver has been named; the account says what is so. */
        TOO_LATE
    }

    /** A job that is locked for its execution at this moment makes a decision fail; again and again it cannot. */
    private static final int ATTEMPTS = 5;

    private final SmartAccounts accounts;
    private final TaskService tasks;
    private final TransactionTemplate transaction;
    private final Clock clock;

    RequestProcess(SmartAccounts accounts, TaskService tasks, TransactionTemplate transaction, Clock clock) {
        this.accounts = accounts;
        this.tasks = tasks;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** The approver accepts, being authorised to. */
    public Answer accept(ActivationLink link) {
        return decide(link, Map.of(RequestVariables.CUSTOMER_DECISION, RequestVariables.ACCEPT));
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
                        RequestVariables.CUSTOMER_DECISION,
                        RequestVariables.DECLINE,
                        RequestVariables.DECLINE_REASON,
                        reason.name(),
                        RequestVariables.DECLINE_NOTE,
                        note));
    }

    private Answer decide(ActivationLink link, Map<String, Object> decision) {
        for (int attempt = 1; ; attempt++) {
            try {
                return transaction.execute(status -> decideOnce(link, decision));
            } catch (OptimisticLockingException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private Answer decideOnce(ActivationLink link, Map<String, Object> decision) {
        // Locked first: whoever comes at the same moment, the timer included, waits here and then finds what was
        // decided.
        SmartAccount account = accounts.lock(link.requestNumber());
        boolean forThisApprover = account.approverVersion() == link.approverVersion();
        if (forThisApprover && account.status() == AccountStatus.PENDING && account.deadline() == null) {
            return Answer.TOO_EARLY;
        }
        if (!forThisApprover || !account.isAwaitingDecisionAt(clock.instant())) {
            return Answer.TOO_LATE;
        }
        @Nullable
        Task task = tasks.createTaskQuery()
                .processInstanceBusinessKey(link.requestNumber())
                .taskDefinitionKey(ProcessElements.ACTIVATE_SMART_ACCOUNT)
                .singleResult();
        if (task == null) {
            return Answer.TOO_EARLY;
        }
        tasks.complete(task.getId(), decision);
        return Answer.RECORDED;
    }
}
