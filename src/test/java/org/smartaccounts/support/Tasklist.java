package org.smartaccounts.support;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.access.People;
import org.smartaccounts.request.ProcessElements;
import org.springframework.stereotype.Component;

/** What people do in Tasklist, by the same calls of the engine, logged in as they are. */
@Component
public class Tasklist {

    public static final String PAULA = "paula";
    public static final String PEDRO = "pedro";
    public static final String NINA = "nina";
    public static final String SAM = "sam";

    private final People people;
    private final RepositoryService repository;
    private final RuntimeService runtime;
    private final FormService forms;
    private final TaskService tasks;

    Tasklist(
            People people, RepositoryService repository, RuntimeService runtime, FormService forms, TaskService tasks) {
        this.people = people;
        this.repository = repository;
        this.runtime = runtime;
        this.forms = forms;
        this.tasks = tasks;
    }

    /** Does something as a user who is logged in. */
    public void as(String user, Runnable act) {
        as(user, () -> {
            act.run();
            return user;
        });
    }

    /** Does something as a user who is logged in. */
    public <T> T as(String user, Supplier<T> act) {
        return people.as(user, act);
    }

    /** Fills in the start form; returns the request's number. */
    public String request(String user, RequestForm form) {
        String definition = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(ProcessElements.PROCESS)
                .latestVersion()
                .singleResult()
                .getId();
        return request(user, form, definition);
    }

    /** Fills in the start form of a certain version of the process. */
    public String request(String user, RequestForm form, String definition) {
        return as(
                user,
                () -> Objects.requireNonNull(
                        forms.submitStartForm(definition, form.fields()).getBusinessKey()));
    }

    /** Asks and submits at once; returns the request's number. */
    public String submit(String user, RequestForm form) {
        String requestNumber = request(user, form);
        review(user, requestNumber, Map.of("reviewDecision", "submit"));
        return requestNumber;
    }

    /** Completes the review. */
    public void review(String user, String requestNumber, Map<String, Object> form) {
        complete(user, task(requestNumber, ProcessElements.REVIEW_REQUEST), form);
    }

    /** Completes the approval of the request's domain. */
    public void approve(String user, String requestNumber, Map<String, Object> form) {
        complete(user, task(requestNumber, ProcessElements.APPROVE_ACCOUNT_DOMAIN), form);
    }

    /** Completes the activation, on the customer's word. */
    public void activate(String user, String requestNumber, Map<String, Object> form) {
        complete(user, task(requestNumber, ProcessElements.ACTIVATE_SMART_ACCOUNT), form);
    }

    /** Completes the correction of a refused address. */
    public void correct(String user, String requestNumber, Map<String, Object> form) {
        complete(user, task(requestNumber, ProcessElements.CORRECT_CUSTOMER_EMAIL), form);
    }

    private void complete(String user, Task task, Map<String, Object> form) {
        as(user, () -> {
            forms.submitTaskForm(task.getId(), form);
            return user;
        });
    }

    /** The request's task of that kind; there has to be exactly one. */
    public Task task(String requestNumber, String activityId) {
        return Objects.requireNonNull(
                tasks.createTaskQuery()
                        .processInstanceBusinessKey(requestNumber)
                        .taskDefinitionKey(activityId)
                        .singleResult(),
                () -> "%s does not wait at %s".formatted(requestNumber, activityId));
    }

    /** The requests whose tasks a user can see. */
    public List<String> requestsSeenBy(String user) {
        return as(user, () -> tasks.createTaskQuery().list()).stream()
                .map(task -> runtime.createProcessInstanceQuery()
                        .processInstanceId(task.getProcessInstanceId())
                        .singleResult()
                        .getBusinessKey())
                .toList();
    }

    /** What the form of the request's review shows. */
    public String shown(String requestNumber, String variable) {
        String task = task(requestNumber, ProcessElements.REVIEW_REQUEST).getId();
        return String.valueOf(tasks.getVariable(task, variable));
    }

    /** The request's process instance; null when it has ended. */
    public @Nullable ProcessInstance instance(String requestNumber) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(requestNumber)
                .singleResult();
    }
}
