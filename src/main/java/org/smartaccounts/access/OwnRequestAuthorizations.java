package org.smartaccounts.access;

import java.util.Arrays;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.auth.DefaultAuthorizationProvider;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationEntity;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets a requester read the request that he started, and who takes a task over from him; no other: without it Tasklist could not say in
 * the list of tasks which customer a task is about. The engine takes the grant away when the request ends.
 */
@Component
class OwnRequestAuthorizations extends DefaultAuthorizationProvider implements ProcessEnginePlugin {

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        engine.setResourceAuthorizationProvider(this);
    }

    @Override
    public void postInit(ProcessEngineConfigurationImpl engine) {
        // Nothing to do.
    }

    @Override
    public void postProcessEngineBuild(ProcessEngine engine) {
        // Nothing to do.
    }

    @Override
    public AuthorizationEntity @Nullable [] newProcessInstance(ProcessInstance request) {
        @Nullable String starter = Context.getCommandContext().getAuthenticatedUserId();
        if (starter == null) {
            return null;
        }
        return new AuthorizationEntity[] {
            createGrantAuthorization(starter, null, Resources.PROCESS_INSTANCE, request.getId(), Permissions.READ)
        };
    }

    /** Whoever takes over a task has to know which customer it is about; who had it may not do it any more. */
    @Override
    public AuthorizationEntity @Nullable [] newTaskAssignee(
            Task task, @Nullable String oldAssignee, @Nullable String newAssignee) {
        AuthorizationEntity @Nullable [] grants = super.newTaskAssignee(task, oldAssignee, newAssignee);
        if (oldAssignee == null || oldAssignee.equals(newAssignee)) {
            return grants;
        }
        Context.getCommandContext()
                .getAuthorizationManager()
                .deleteAuthorizationsByResourceIdAndUserId(Resources.TASK, task.getId(), oldAssignee);
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
}
