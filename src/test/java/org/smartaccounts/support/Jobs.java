package org.smartaccounts.support;

import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.jobexecutor.ExecuteJobsRunnable;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.management.JobDefinition;
import org.camunda.bpm.engine.runtime.Job;
import org.springframework.stereotype.Component;

/** The job executor by hand: runs a request's jobs by the activity at which they wait. */
@Component
public class Jobs {

    private final ManagementService management;
    private final RuntimeService runtime;
    private final ProcessEngineImpl engine;

    Jobs(ManagementService management, RuntimeService runtime, ProcessEngine engine) {
        this.management = management;
        this.runtime = runtime;
        this.engine = (ProcessEngineImpl) engine;
    }

    /** The request's jobs at an activity. */
    public List<Job> at(String requestNumber, String activityId) {
        return runtime.createProcessInstanceQuery().processInstanceBusinessKey(requestNumber).list().stream()
                .flatMap(instance -> management.createJobQuery().processInstanceId(instance.getId()).list().stream())
                .filter(job -> activityOf(job).equals(activityId))
                .toList();
    }

    /** Runs the one job at an activity; fails if there is none, so that a missing save point is seen. */
    public void run(String requestNumber, String activityId) {
        management.executeJob(only(requestNumber, activityId).getId());
    }

    /** Runs all jobs at an activity, at least one. */
    public void runAll(String requestNumber, String activityId) {
        List<Job> waiting = at(requestNumber, activityId);
        if (waiting.isEmpty()) {
            throw new AssertionError("%s has no job at %s".formatted(requestNumber, activityId));
        }
        waiting.forEach(job -> management.executeJob(job.getId()));
    }

    /** The one job at an activity. */
    public Job only(String requestNumber, String activityId) {
        List<Job> waiting = at(requestNumber, activityId);
        if (waiting.size() != 1) {
            throw new AssertionError("%s has %d jobs at %s".formatted(requestNumber, waiting.size(), activityId));
        }
        return waiting.get(0);
    }

    /** Runs the one job at an activity as the job executor does: a failure is not thrown, but logged. */
    public void runAndLog(String requestNumber, String activityId) {
        new ExecuteJobsRunnable(List.of(only(requestNumber, activityId).getId()), engine) {
            {
                jobExecutor = new ActiveJobExecutor();
            }
        }.run();
    }

    /** Runs jobs that are no timers until none is left. */
    public void drain(String requestNumber) {
        while (true) {
            List<Job> messages =
                    runtime.createProcessInstanceQuery().processInstanceBusinessKey(requestNumber).list().stream()
                            .flatMap(instance ->
                                    management
                                            .createJobQuery()
                                            .processInstanceId(instance.getId())
                                            .messages()
                                            .list()
                                            .stream())
                            .toList();
            if (messages.isEmpty()) {
                return;
            }
            messages.forEach(job -> management.executeJob(job.getId()));
        }
    }

    private String activityOf(Job job) {
        JobDefinition definition = management
                .createJobDefinitionQuery()
                .jobDefinitionId(job.getJobDefinitionId())
                .singleResult();
        return Objects.requireNonNull(definition.getActivityId());
    }

    /** Does nothing by itself. */
    private static final class ActiveJobExecutor extends JobExecutor {

        ActiveJobExecutor() {
            isActive = true;
        }

        @Override
        public void jobWasAdded() {
            // Nobody waits for it.
        }

        @Override
        protected void startExecutingJobs() {}

        @Override
        protected void stopExecutingJobs() {}

        @Override
        public void executeJobs(List<String> jobIds, ProcessEngineImpl engine) {
            throw new UnsupportedOperationException();
        }
    }
}
