package org.smartaccounts.request;

import java.time.Instant;
import java.util.Date;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.springframework.stereotype.Component;

/** Copies the deadline from the timer in the diagram to the account's row, in the transaction in which the wait begins or its end changes. */
@Component
public class DeadlineKeeper {

    private final SmartAccounts accounts;
    private final ManagementService management;
    private final RuntimeService runtime;
    private final TaskService tasks;

    DeadlineKeeper(SmartAccounts accounts, ManagementService management, RuntimeService runtime, TaskService tasks) {
        this.accounts = accounts;
        this.management = management;
        this.runtime = runtime;
        this.tasks = tasks;
    }

    void keep(String requestNumber, Instant deadline) {
        SmartAccount account = accounts.lock(requestNumber);
        account.awaitDecisionUntil(deadline);
        accounts.save(account);
    }

    /**
     * The request has come to another version of the diagram, and with it the timer may have come to another due date: everything that is
     * counted from it follows. A request without the timer stays as it is.
     *
     * @param processInstance of the request
     */
    public void follow(String requestNumber, String processInstance) {
        @Nullable
        Job timer = management
                .createJobQuery()
                .processInstanceId(processInstance)
                .activityId(ProcessElements.WAIT_EXPIRED)
                .singleResult();
        // One that has failed says when it is tried again; the time is over.
        if (timer != null && timer.getExceptionMessage() == null) {
            Instant deadline = timer.getDuedate().toInstant();
            boolean changed = !deadline.equals(accounts.lock(requestNumber).deadline());
            if (changed) {
                keep(requestNumber, deadline);
                remindAnew(processInstance);
            }
            tasks
                    .createTaskQuery()
                    .processInstanceId(processInstance)
                    .taskDefinitionKey(ProcessElements.ACTIVATE_SMART_ACCOUNT)
                    .list()
                    .stream()
                    .filter(task -> task.getDueDate() == null
                            || !task.getDueDate().toInstant().equals(deadline))
                    .forEach(task -> tasks.setDueDate(task.getId(), Date.from(deadline)));
        }
    }

    /** From where the diagram asks whether there is another reminder, since none may be left, or one again. */
    private void remindAnew(String processInstance) {
        runtime.createProcessInstanceModification(processInstance)
                .cancelAllForActivity(ProcessElements.REMINDER_DUE)
                .startBeforeActivity(ProcessElements.NEXT_REMINDER)
                .execute();
    }
}
