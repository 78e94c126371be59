package org.smartaccounts.access;

import static org.camunda.bpm.engine.authorization.Authorization.ANY;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.task.TaskQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes at every start what is missing of the groups, of what they may do, and of the lists with which Tasklist greets them. What
 * administrators have added stays. Partners start requests and see their own tasks, by the grant that the engine gives to an
 * assignee; support sees all tasks; analysts watch. {@link Administrators} are granted
 * everything while the engine is built.
 */
@Component
class StandardAuthorizations implements SmartInitializingSingleton {

    private static final String PROCESS = "smartAccountRequest";
    private static final String REVIEWS = "suspiciousAccount";
    private static final String CASES = "supportCase";
    private static final String MY_TASKS = "My tasks";
    private static final String SUPPORT_TASKS = "Support";
    private static final String EXPIRING = "Expiring within a day";
    private static final String PEOPLES = "Partners and support";

    private final IdentityService identity;
    private final AuthorizationService authorizations;
    private final FilterService filters;
    private final TaskService tasks;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    StandardAuthorizations(
            IdentityService identity,
            AuthorizationService authorizations,
            FilterService filters,
            TaskService tasks,
            JdbcClient jdbc,
            TransactionTemplate transaction) {
        this.identity = identity;
        this.authorizations = authorizations;
        this.filters = filters;
        this.tasks = tasks;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @Override
    public void afterSingletonsInstantiated() {
        transaction.executeWithoutResult(status -> {
            // Several nodes may start at once: the others wait here, and then find everything in place.
            jdbc.sql("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended('standard authorizations', 0))")
                    .query(Integer.class)
                    .single();
            write();
        });
    }

    private void write() {
        ensureGroup(Groups.PARTNERS, "Partners");
        ensureGroup(Groups.LICENSING_SUPPORT, "Licensing support");
        ensureGroup(Groups.ANALYSTS, "Analysts");

        Filter mine = ensureFilter(
                MY_TASKS,
                10,
                "What waits for you",
                tasks.createTaskQuery().taskAssigneeExpression("${currentUser()}"),
                true);
        // Only what waits for a customer has a date: of these there may be a million, which nobody looks through.
        Filter support = ensureFilter(
                SUPPORT_TASKS,
                20,
                "What waits for licensing support",
                tasks.createTaskQuery()
                        .taskCandidateGroup(Groups.LICENSING_SUPPORT)
                        .includeAssignedTasks()
                        .withoutDueDate(),
                true);
        Filter expiring = ensureFilter(
                EXPIRING,
                25,
                "What customers have to decide until tomorrow; the requests page has those of the whole week",
                tasks.createTaskQuery()
                        .taskCandidateGroup(Groups.LICENSING_SUPPORT)
                        .includeAssignedTasks()
                        .dueBeforeExpression("${dateTime().plusDays(1)}"),
                // Asked for again and again, the many would be counted each time.
                false);
        // Nobody is granted it, so it is the administrators'.
        ensureFilter(
                PEOPLES,
                30,
                "What waits for anybody but customers",
                tasks.createTaskQuery().withoutDueDate(),
                true);

        for (String group : List.of(Groups.PARTNERS, Groups.LICENSING_SUPPORT)) {
            grant(group, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
            grant(group, Resources.FILTER, mine.getId(), Permissions.READ);
        }
        grantPartners();
        for (Filter filter : List.of(support, expiring)) {
            grant(Groups.LICENSING_SUPPORT, Resources.FILTER, filter.getId(), Permissions.READ);
        }
        grantSupport();
        grantAnalysts();
    }

    private void grantPartners() {
        grant(
                Groups.PARTNERS,
                Resources.PROCESS_DEFINITION,
                PROCESS,
                ProcessDefinitionPermissions.READ,
                ProcessDefinitionPermissions.CREATE_INSTANCE);
        grant(Groups.PARTNERS, Resources.PROCESS_INSTANCE, ANY, Permissions.CREATE);
    }

    /**
     * Its people see every request, review and case, and in the diagram where it stands. A grant for each task of theirs, as the engine would
     * write it, would make the table in which it looks up every grant as long as the list of all requests.
     */
    private void grantSupport() {
        for (String process : List.of(PROCESS, REVIEWS, CASES)) {
            grant(
                    Groups.LICENSING_SUPPORT,
                    Resources.PROCESS_DEFINITION,
                    process,
                    ProcessDefinitionPermissions.READ,
                    ProcessDefinitionPermissions.READ_INSTANCE,
                    ProcessDefinitionPermissions.READ_TASK,
                    // To give back a task that they have claimed.
                    ProcessDefinitionPermissions.TASK_ASSIGN);
        }
    }

    /** They see the diagrams and where requests wait; what is said in the requests, {@link WebApplicationApi} keeps from them. */
    private void grantAnalysts() {
        grant(Groups.ANALYSTS, Resources.APPLICATION, "cockpit", Permissions.ACCESS);
        grant(
                Groups.ANALYSTS,
                Resources.PROCESS_DEFINITION,
                ANY,
                ProcessDefinitionPermissions.READ,
                ProcessDefinitionPermissions.READ_INSTANCE);
        grant(Groups.ANALYSTS, Resources.DECISION_DEFINITION, ANY, Permissions.READ);
        grant(Groups.ANALYSTS, Resources.DECISION_REQUIREMENTS_DEFINITION, ANY, Permissions.READ);
        grant(Groups.ANALYSTS, Resources.DEPLOYMENT, ANY, Permissions.READ);
    }

    private void ensureGroup(String id, String name) {
        if (identity.createGroupQuery().groupId(id).count() == 0) {
            Group group = identity.newGroup(id);
            group.setName(name);
            identity.saveGroup(group);
        }
    }

    private Filter ensureFilter(String name, int priority, String description, TaskQuery query, boolean refreshed) {
        // A name is not unique, and somebody's own filter may have it: ours has no owner.
        for (Filter filter : filters.createFilterQuery().filterName(name).list()) {
            if (filter.getOwner() == null) {
                return filter;
            }
        }
        Filter filter = filters.newTaskFilter(name)
                .setQuery(query)
                .setProperties(Map.of(
                        "description",
                        description,
                        "priority",
                        priority,
                        "refresh",
                        refreshed,
                        "showUndefinedVariable",
                        false,
                        "variables",
                        List.of(
                                Map.of("name", "accountName", "label", "Account"),
                                Map.of("name", "requestNumber", "label", "Request"),
                                Map.of("name", "accountDomain", "label", "Domain"))));
        return filters.saveFilter(filter);
    }

    private void grant(String group, Resource resource, String resourceId, Permission... permissions) {
        @Nullable
        Authorization existing = authorizations
                .createAuthorizationQuery()
                .authorizationType(Authorization.AUTH_TYPE_GRANT)
                .groupIdIn(group)
                .resourceType(resource)
                .resourceId(resourceId)
                .singleResult();
        Authorization authorization =
                existing == null ? authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT) : existing;
        if (existing == null) {
            authorization.setGroupId(group);
            authorization.setResource(resource);
            authorization.setResourceId(resourceId);
        }
        boolean missing = false;
        for (Permission permission : permissions) {
            if (!authorization.isPermissionGranted(permission)) {
                authorization.addPermission(permission);
                missing = true;
            }
        }
        if (missing) {
            authorizations.saveAuthorization(authorization);
        }
    }
}
