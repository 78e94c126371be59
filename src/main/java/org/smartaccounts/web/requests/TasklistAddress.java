package org.smartaccounts.web.requests;

/** Where Tasklist shows a task. */
final class TasklistAddress {

    private static final String TASK = "/camunda/app/tasklist/default/#/?task=";

    private TasklistAddress() {}

    static String of(String task) {
        return TASK + task;
    }
}
