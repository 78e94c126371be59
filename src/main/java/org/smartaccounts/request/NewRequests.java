package org.smartaccounts.request;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.Provisioning;
import org.smartaccounts.account.RequestDetails;
import org.smartaccounts.account.Requester;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.process.Refusal;
import org.smartaccounts.process.Wording;
import org.springframework.stereotype.Component;

/**
 * How requests come about without Tasklist: they are filled in, reviewed, and sent or given up. The same process runs, with the same
 * checks; only the forms are others.
 */
@Component
public class NewRequests {

    private final Requesters requesters;
    private final SmartAccounts accounts;
    private final Provisioning provisioning;
    private final RequestAssessment assessment;
    private final ActsOfPeople acts;
    private final SentForms sentForms;
    private final Wording wording;
    private final RuntimeService runtime;
    private final TaskService tasks;

    NewRequests(
            Requesters requesters,
            SmartAccounts accounts,
            Provisioning provisioning,
            RequestAssessment assessment,
            ActsOfPeople acts,
            SentForms sentForms,
            Wording wording,
            RuntimeService runtime,
            TaskService tasks) {
        this.requesters = requesters;
        this.accounts = accounts;
        this.provisioning = provisioning;
        this.assessment = assessment;
        this.acts = acts;
        this.sentForms = sentForms;
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

    /** Why the caller cannot ask for an account at all; empty if nothing is in the way. */
    public Optional<String> obstacle() {
        try {
            requesters.current();
            return Optional.empty();
        } catch (Refusal refusal) {
            return Optional.of(refusal.getMessage());
        }
    }

    /**
     * As whom the caller asks.
     *
     * @throws Refusal if the caller cannot ask for an account at all
     */
    public Requester requester() {
        return requesters.current();
    }

    /**
     * Judges many that the caller is about to ask for, as their reviews would, in their order: each as if the good ones before it had been
     * sent. This is the review: it also says that a stranger has an account under a domain, and what the company has asked for already.
     *
     * @param rows what was filled in, by the number of its row
     * @throws Refusal if the caller cannot ask for an account at all
     */
    public SortedMap<Integer, Assessment> assessMany(SortedMap<Integer, RequestDetails> rows) {
        return assessment.ofMany(requesters.current(), rows);
    }

    /**
     * The caller asks and sends at once, as after a review. The request is under way then, or there is none.
     *
     * @param also what is to be written down about the request's number in the same transaction
     * @return its number
     * @throws Refusal if the caller cannot ask for an account at all, or if something is wrong with it, in words
     */
    public String askAndSubmit(RequestDetails details, Consumer<String> also) {
        return acts.attempt(() -> {
            // Whoever sends the same at the same moment waits here, and then finds it.
            provisioning.queueForDomain(details.accountDomain());
            SortedMap<Integer, RequestDetails> alone = new TreeMap<>(Map.of(1, details));
            assessment.ofMany(requesters.current(), alone).values().forEach(this::requireNoProblems);
            // Two calls of the engine: the second finds what the first has done.
            String requestNumber = ask(details);
            submit(Seen.anyhow(requestNumber));
            SmartAccount account = accounts.get(requestNumber);
            if (account.status() == AccountStatus.IN_REVIEW) {
                // At the last moment something was found.
                requireNoProblems(assessment.of(account, details));
            }
            also.accept(requestNumber);
            return requestNumber;
        });
    }

    private void requireNoProblems(Assessment assessed) {
        if (!assessed.isFreeOfProblems()) {
            throw new Refusal(wording.lines(assessed.problems()));
        }
    }

    /**
     * The caller asks; the request then waits for its review, whatever is wrong with it.
     *
     * @return its number
     * @throws Refusal if the caller cannot ask for an account at all
     */
    public String ask(RequestDetails details) {
        return acts.perform(() -> begin(details));
    }

    /**
     * The same with a form that may be sent more than once: the first time counts, and afterwards it leads to the request that came of it.
     *
     * @param form the form's own number
     * @return the request's number
     * @throws Refusal if the caller cannot ask for an account at all
     */
    public String ask(UUID form, RequestDetails details) {
        Requester requester = requesters.current();
        return acts.perform(() -> sentForms.once(form, requester.id(), () -> begin(details)));
    }

    /** The request that has come of a form which the caller has sent before. */
    public Optional<String> askedBy(UUID form) {
        return sentForms.requestOf(form, requesters.current().id());
    }

    private String begin(RequestDetails details) {
        return Objects.requireNonNull(
                runtime.startProcessInstanceByKey(ProcessElements.PROCESS, new HashMap<>(RequestVariables.of(details)))
                        .getBusinessKey());
    }

    /**
     * The caller changes a request under review; it is checked again, and waits for its review again.
     *
     * @throws Refusal if the caller may not, or if it is not under review
     */
    public void change(Seen seen, RequestDetails details) {
        Map<String, Object> form = new HashMap<>(RequestVariables.of(details));
        form.put(RequestVariables.REVIEW_DECISION, RequestVariables.CHANGE);
        review(seen, RequestAct.CHANGE, form);
    }

    /**
     * The caller sends a request as it is: the account is created provisionally, or licensing support looks at its domain first.
     *
     * @throws Refusal if the caller may not, if it is not under review, or if something is wrong with it, in words
     */
    public void submit(Seen seen) {
        review(seen, RequestAct.SUBMIT, Map.of(RequestVariables.REVIEW_DECISION, RequestVariables.SUBMIT));
    }

    /**
     * The caller gives up a request under review.
     *
     * @throws Refusal if the caller may not, or if it is not under review
     */
    public void withdraw(Seen seen) {
        review(seen, RequestAct.WITHDRAW, Map.of(RequestVariables.REVIEW_DECISION, RequestVariables.WITHDRAW));
    }

    private void review(Seen seen, RequestAct act, Map<String, Object> form) {
        acts.perform(() -> {
            SmartAccount account = acts.lock(seen, act);
            Task task = tasks.createTaskQuery()
                    .processInstanceBusinessKey(account.requestNumber())
                    .taskDefinitionKey(ProcessElements.REVIEW_REQUEST)
                    .singleResult();
            tasks.complete(task.getId(), form);
            return account.requestNumber();
        });
    }
}
