package org.smartaccounts.request;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.RequestDetails;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.request.Authority.Act;
import org.springframework.stereotype.Component;

/**
 * How requests come about without Tasklist: they are filled in, reviewed, and sent or given up. The same process runs, with the same
 * checks; only the forms are others.
 */
@Component
public class NewRequests {

    private final Requesters requesters;
    private final RequestAssessment assessment;
    private final ActsOfPeople acts;
    private final Wording wording;
    private final RuntimeService runtime;
    private final TaskService tasks;

    NewRequests(
            Requesters requesters,
            RequestAssessment assessment,
            ActsOfPeople acts,
            Wording wording,
            RuntimeService runtime,
            TaskService tasks) {
        this.requesters = requesters;
        this.assessment = assessment;
        this.acts = acts;
        this.wording = wording;
        this.runtime = runtime;
        this.tasks = tasks;
    }

    /**
     * Judges what was filled in while there is no request yet. Whether a stranger has an account under that domain is nobody's business
     * here; the review says that the domain cannot be requested.
     *
     * @throws Refusal if the caller cannot ask for an account at all
     */
    public Assessment assess(RequestDetails details) {
        return assessment.beforeAsking(requesters.current(), details);
    }

    /**
     * The caller asks; the request then waits for its review, whatever is wrong with it.
     *
     * @return its number
     * @throws Refusal if the caller cannot ask for an account at all
     */
    public String ask(RequestDetails details) {
        return acts.perform(() -> Objects.requireNonNull(
                runtime.startProcessInstanceByKey(ProcessElements.PROCESS, new HashMap<>(RequestVariables.of(details)))
                        .getBusinessKey()));
    }

    /**
     * The caller changes a request under review; it is checked again, and waits for its review again.
     *
     * @throws Refusal if the caller may not, or if it is not under review
     */
    public void change(Seen seen, RequestDetails details) {
        Map<String, Object> form = new HashMap<>(RequestVariables.of(details));
        form.put(RequestVariables.REVIEW_DECISION, RequestVariables.CHANGE);
        review(seen, form);
    }

    /**
     * The caller sends a request as it is: the account is created provisionally, or licensing support looks at its domain first.
     *
     * @throws Refusal if the caller may not, if it is not under review, or if something is wrong with it, in words
     */
    public void submit(Seen seen) {
        review(seen, Map.of(RequestVariables.REVIEW_DECISION, RequestVariables.SUBMIT));
    }

    /**
     * The caller gives up a request under review.
     *
     * @throws Refusal if the caller may not, or if it is not under review
     */
    public void withdraw(Seen seen) {
        review(seen, Map.of(RequestVariables.REVIEW_DECISION, RequestVariables.WITHDRAW));
    }

    private void review(Seen seen, Map<String, Object> form) {
        acts.perform(() -> {
            SmartAccount account = acts.lock(seen, Act.REVIEW);
            @Nullable
            Task task = tasks.createTaskQuery()
                    .processInstanceBusinessKey(account.requestNumber())
                    .taskDefinitionKey(ProcessElements.REVIEW_REQUEST)
                    .singleResult();
            if (account.status() != AccountStatus.IN_REVIEW || task == null) {
                throw wording.refusal("refusal.notInReview", account.requestNumber());
            }
            tasks.complete(task.getId(), form);
            return account.requestNumber();
        });
    }
}
