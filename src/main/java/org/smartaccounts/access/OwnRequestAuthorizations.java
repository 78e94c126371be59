package org.smartaccounts.access;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.auth.DefaultAuthorizationProvider;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationEntity;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets a requester read the request that he started, and no other: without it Tasklist could not say in the list of tasks which
 * customer a task is about. The engine takes the grant away when the request ends.
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
}
