package org.smartaccounts.access;

import org.camunda.bpm.engine.impl.cfg.auth.AuthorizationCommandChecker;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;

/** Licensing support works on the tasks whose candidate it is. */
final class WorkOfCandidates extends AuthorizationCommandChecker {

    @Override
    public void checkTaskWork(TaskEntity task) {
        if (!isOfSupport() || !isForSupport(task)) {
            super.checkTaskWork(task);
        }
    }

    private static boolean isOfSupport() {
        Authentication person = Context.getCommandContext().getAuthentication();
        return person != null
                && person.getGroupIds() != null
                && person.getGroupIds().contains(Groups.LICENSING_SUPPORT);
    }

    private static boolean isForSupport(TaskEntity task) {
        return task.getCandidates().stream()
                .anyMatch(candidate -> Groups.LICENSING_SUPPORT.equals(candidate.getGroupId()));
    }
}
