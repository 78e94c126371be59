package org.smartaccounts.access;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.auth.DefaultAuthorizationProvider;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantCommandChecker;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Lets whoever has a task read the request that it is about, as long as they have it; no other: without it Tasklist could not say in
 * the list of tasks which customer a task is about. So there are as many grants as tasks that somebody has, and not as many as requests that wait:
 * the engine looks through them whenever somebody looks at a list.
 */
@Component
class OwnRequestAuthorizations extends DefaultAuthorizationProvider implements ProcessEnginePlugin {

    private final JdbcClient jdbc;

    OwnRequestAuthorizations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        engine.setResourceAuthorizationProvider(this);
        engine.setCommandCheckers(List.of(new TenantCommandChecker(), new WorkOfCandidates()));
        engine.setCustomSessionFactories(plus(engine.getCustomSessionFactories(), new EveryGroup()));
        engine.setCustomPostBPMNParseListeners(plus(engine.getCustomPostBPMNParseListeners(), new EndOfTask()));
    }

    private static <T> List<T> plus(@Nullable List<T> some, T another) {
        return Stream.concat(Stream.ofNullable(some).flatMap(List::stream), Stream.of(another))
                .toList();
    }

    @Override
    public void postInit(ProcessEngineConfigurationImpl engine) {
        // Nothing to do.
    }

    @Override
    public void postProcessEngineBuild(ProcessEngine engine) {
        // Nothing to do.
    }

    /** Licensing support reads all tasks, and what it may work on, {@link WorkOfCandidates} knows from the task itself. */
    @Override
    public AuthorizationEntity @Nullable [] newTaskGroupIdentityLink(Task task, String group, String type) {
        return group.equals(Groups.LICENSING_SUPPORT) ? null : super.newTaskGroupIdentityLink(task, group, type);
    }

    /** Whoever takes over a task has to know which customer it is about; who had it may not do it any more. */
    @Override
    public AuthorizationEntity @Nullable [] newTaskAssignee(
            Task task, @Nullable String oldAssignee, @Nullable String newAssignee) {
        AuthorizationEntity @Nullable [] grants = super.newTaskAssignee(task, oldAssignee, newAssignee);
        if (oldAssignee != null && !oldAssignee.equals(newAssignee)) {
            Context.getCommandContext()
                    .getAuthorizationManager()
                    .deleteAuthorizationsByResourceIdAndUserId(Resources.TASK, task.getId(), oldAssignee);
            forget(task.getProcessInstanceId(), oldAssignee);
        }
        String request = task.getProcessInstanceId();
        if (newAssignee == null
                || getGrantAuthorizationByUserId(newAssignee, Resources.PROCESS_INSTANCE, request) != null) {
            return grants;
        }
        AuthorizationEntity readRequest =
                createGrantAuthorization(newAssignee, null, Resources.PROCESS_INSTANCE, request, Permissions.READ);
        return Stream.concat(Stream.ofNullable(grants).flatMap(Arrays::stream), Stream.of(readRequest))
                .toArray(AuthorizationEntity[]::new);
    }

    /** At once, since the same person may have the next task in the same transaction, which the engine would write before it deletes. */
    private void forget(String request, String person) {
        jdbc.sql(
                        "DELETE FROM act_ru_authorization WHERE type_ = ? AND user_id_ = ? AND resource_type_ = ? AND resource_id_ = ?")
                .params(Authorization.AUTH_TYPE_GRANT, person, Resources.PROCESS_INSTANCE.resourceType(), request)
                .update();
    }

    /** Takes the grant away when the task is done, or is not to be done any more. */
    private final class EndOfTask extends AbstractBpmnParseListener {

        @Override
        public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
            TaskDefinition task = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
            for (String end : List.of(TaskListener.EVENTNAME_COMPLETE, TaskListener.EVENTNAME_DELETE)) {
                task.addBuiltInTaskListener(end, this::end);
            }
        }

        private void end(DelegateTask task) {
            if (task.getAssignee() != null) {
                forget(task.getProcessInstanceId(), task.getAssignee());
            }
        }
    }
}
