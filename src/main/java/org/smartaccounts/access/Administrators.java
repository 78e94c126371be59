package org.smartaccounts.access;

import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.plugin.AdministratorAuthorizationPlugin;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.access.AccessProperties.FirstAdministrator;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The group that may do everything, and the first person in it, who is created if missing. Where an identity provider says who is an
 * administrator, there is no first one.
 */
@Component
@Order(0) // while other nodes that start at the same time still wait for this one
class Administrators extends AdministratorAuthorizationPlugin {

    private final @Nullable FirstAdministrator first;

    Administrators(AccessProperties properties) {
        setAdministratorGroupName(properties.administrators());
        this.first = properties.firstAdministrator();
    }

    @Override
    public void postInit(ProcessEngineConfigurationImpl engine) {
        // The engine's own name of the group, which may mean something else here.
        engine.getAdminGroups().clear();
        super.postInit(engine);
    }

    @Override
    public void postProcessEngineBuild(ProcessEngine engine) {
        super.postProcessEngineBuild(engine);
        IdentityService identity = engine.getIdentityService();
        String group = getAdministratorGroupName();
        if (identity.createGroupQuery().groupId(group).count() == 0) {
            Group administrators = identity.newGroup(group);
            administrators.setName("Administrators");
            administrators.setType("SYSTEM");
            identity.saveGroup(administrators);
        }
        if (first != null && identity.createUserQuery().userId(first.user()).count() == 0) {
            User user = identity.newUser(first.user());
            user.setFirstName("Administrator");
            // Otherwise the web applications call it "Administrator null".
            user.setLastName("");
            user.setPassword(first.password());
            if (!identity.checkPasswordAgainstPolicy(first.password(), user).isValid()) {
                throw new WeakPassword();
            }
            identity.saveUser(user);
            identity.createMembership(first.user(), group);
        }
    }

    static class WeakPassword extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    static class WeakPasswordAnalyzer extends AbstractFailureAnalyzer<WeakPassword> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, WeakPassword cause) {
            return new FailureAnalysis(
                    "ADMIN_PASSWORD is too weak.",
                    "It needs ten characters, among them a capital and a small letter, a digit and another character, and may not "
                            + "contain the user's name.",
                    cause);
        }
    }
}
