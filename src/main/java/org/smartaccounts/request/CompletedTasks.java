package org.smartaccounts.request;

import java.util.Optional;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricTaskInstance;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.access.People;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.process.EngineHooks;
import org.springframework.stereotype.Component;

/** What came of a task that somebody has completed, as far as the history of the engine tells. */
@Component
public class CompletedTasks {

    /**
     * A task, and the request that it is of.
     *
     * @param isReview whether the requester has reviewed the request there, and the task is done
     */
    public record CompletedTask(SmartAccount request, boolean isReview) {}

    /** What the engine notes of a task that was not taken away. */
    private static final String COMPLETED = "completed";

    private final HistoryService history;
    private final EngineHooks engine;
    private final SmartAccounts accounts;
    private final Authority authority;
    private final People people;

    CompletedTasks(
            HistoryService history, EngineHooks engine, SmartAccounts accounts, Authority authority, People people) {
        this.history = history;
        this.engine = engine;
        this.accounts = accounts;
        this.authority = authority;
        this.people = people;
    }

    /**
     * A task, for the person who had it, the requester and colleagues, and licensing support.
     *
     * @return empty if there is no such task, or if it is none of the caller's business: who asks does not learn which
     */
    public Optional<CompletedTask> find(String taskId) {
        return engine.asTheApplication(() -> Optional.ofNullable(
                        history.createHistoricTaskInstanceQuery().taskId(taskId).singleResult())
                .flatMap(task -> request(task)
                        .filter(account -> isFor(task, account))
                        .map(account -> new CompletedTask(account, isReview(task)))));
    }

    private Optional<SmartAccount> request(HistoricTaskInstance task) {
        @Nullable
        HistoricProcessInstance request = history.createHistoricProcessInstanceQuery()
                .processInstanceId(task.getProcessInstanceId())
                .singleResult();
        return Optional.ofNullable(request)
                .map(HistoricProcessInstance::getBusinessKey)
                .flatMap(accounts::findByRequestNumber);
    }

    private boolean isFor(HistoricTaskInstance task, SmartAccount account) {
        boolean had = people.current()
                .filter(person -> person.id().equals(task.getAssignee()))
                .isPresent();
        return had || authority.mayKnow(account);
    }

    private static boolean isReview(HistoricTaskInstance task) {
        return ProcessElements.REVIEW_REQUEST.equals(task.getTaskDefinitionKey())
                && COMPLETED.equals(task.getDeleteReason());
    }
}
