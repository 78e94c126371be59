package org.smartaccounts.access;

import static org.smartaccounts.access.Role.ADMINISTRATOR;
import static org.smartaccounts.access.Role.ANALYST;
import static org.smartaccounts.access.Role.PARTNER;
import static org.smartaccounts.access.Role.SUPPORT;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.camunda.bpm.engine.TaskService;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;

/**
 * What of the interface behind Tasklist and Cockpit is open to whom: what their pages need, and nothing else. Much of the rest goes past
 * the forms and their checks: an error that ends a request behind its account's back, variables, tasks of other people. So whoever is no
 * administrator is refused what is not in this list, whatever the engine's authorizations say; what is in it, they still decide on.
 */
@Component
class WebApplicationApi {

    private static final String API = "/camunda/api";
    private static final String ENGINE = API + "/engine/engine/default";
    private static final String COCKPIT = API + "/cockpit/plugin/base/default";

    /** Logging in and out is the application's own; and the first administrator is not whoever comes first. */
    private static final Rule NOBODY = new Rule(
            Set.of(),
            Stream.of("/admin/auth/user/*/login/*", "/admin/auth/user/*/logout", "/admin/setup/**")
                    .map(path -> PathPatternRequestMatcher.withDefaults().matcher(API + path))
                    .toList());

    private static final List<Rule> RULES = List.of(
            // Who am I? With my name, and my password.
            rule(
                    EnumSet.allOf(Role.class),
                    HttpMethod.GET,
                    API,
                    "/engine/engine",
                    "/engine/engine/",
                    "/engine/engine/default/user/*/profile",
                    "/engine/engine/default/group/count",
                    "/engine/engine/default/identity/password-policy",
                    "/admin/auth/user/default",
                    "/admin/plugin/*/static/**",
                    "/cockpit/plugin/*/static/**",
                    "/tasklist/plugin/*/static/**",
                    "/welcome/plugin/*/static/**"),
            rule(EnumSet.allOf(Role.class), HttpMethod.POST, ENGINE, "/group", "/identity/password-policy"),
            rule(EnumSet.allOf(Role.class), HttpMethod.PUT, ENGINE, "/user/*/credentials"),

            // Tasklist: a task, its form, where it stands.
            rule(
                    EnumSet.of(PARTNER, SUPPORT),
                    HttpMethod.GET,
                    ENGINE,
                    "/filter",
                    "/filter/count",
                    "/task",
                    "/task/*",
                    "/task/*/form",
                    "/task/*/deployed-form",
                    "/task/*/form-variables",
                    "/task/*/comment",
                    "/history/user-operation",
                    "/history/user-operation/count",
                    "/process-definition/*/xml"),
            rule(EnumSet.of(PARTNER, SUPPORT), HttpMethod.OPTIONS, ENGINE, "/filter", "/filter/*"),
            rule(EnumSet.of(PARTNER, SUPPORT), HttpMethod.POST, ENGINE, "/filter/*/list", "/task/*/submit-form"),
            // Partners begin a request, support takes a task of its group.
            rule(
                    EnumSet.of(PARTNER),
                    HttpMethod.GET,
                    ENGINE,
                    "/process-definition",
                    "/process-definition/count",
                    "/process-definition/*/startForm",
                    "/process-definition/*/deployed-start-form"),
            rule(EnumSet.of(PARTNER), HttpMethod.POST, ENGINE, "/process-definition/*/submit-form"),
            rule(EnumSet.of(SUPPORT), HttpMethod.POST, ENGINE, "/task/*/claim", "/task/*/unclaim"),

            // Cockpit: the diagrams, and where requests wait. Not what is said in them, nor what went wrong in detail,
            // which repeats it.
            rule(
                    EnumSet.of(ANALYST),
                    HttpMethod.GET,
                    ENGINE,
                    "/process-definition",
                    "/process-definition/count",
                    "/process-definition/statistics",
                    "/process-definition/*",
                    "/process-definition/*/xml",
                    "/process-definition/*/statistics",
                    "/process-instance/{id:[0-9a-f-]{36}}",
                    "/process-instance/{id:[0-9a-f-]{36}}/activity-instances",
                    "/job-definition",
                    "/job-definition/count",
                    "/job-definition/*",
                    "/job/count",
                    "/task/count",
                    "/task/report/candidate-group-count",
                    "/decision-definition",
                    "/decision-definition/count",
                    "/decision-definition/*",
                    "/decision-definition/*/xml",
                    "/decision-requirements-definition",
                    "/decision-requirements-definition/count",
                    "/decision-requirements-definition/*",
                    "/decision-requirements-definition/*/xml",
                    "/case-definition/count",
                    "/deployment",
                    "/deployment/count",
                    "/deployment/*/resources",
                    "/deployment/*/resources/*",
                    "/deployment/*/resources/*/data",
                    "/batch/statistics",
                    "/batch/statistics/",
                    "/batch/statistics/count",
                    "/history/batch",
                    "/history/batch/count",
                    // Lean history has none.
                    "/history/decision-instance",
                    "/history/decision-instance/count"),
            rule(
                    EnumSet.of(ANALYST),
                    HttpMethod.POST,
                    ENGINE,
                    "/process-instance",
                    "/process-instance/count",
                    "/job",
                    "/job/count",
                    "/task",
                    "/task/count",
                    "/external-task/count",
                    "/history/task/count"),
            rule(
                    EnumSet.of(ANALYST),
                    HttpMethod.GET,
                    COCKPIT,
                    "/process-definition/statistics",
                    "/process-definition/statistics-count"),
            rule(
                    EnumSet.of(ANALYST),
                    HttpMethod.POST,
                    COCKPIT,
                    "/process-instance",
                    "/process-instance/count",
                    "/incident",
                    "/incident/",
                    "/incident/count",
                    "/process-definition/*/called-process-definitions",
                    "/process-instance/*/called-process-instances"));

    private static final PathPatternRequestMatcher GIVE_BACK =
            PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, ENGINE + "/task/{id}/unclaim");

    private record Rule(Set<Role> roles, List<PathPatternRequestMatcher> requests) {

        boolean isAbout(RequestAuthorizationContext context) {
            return requests.stream().anyMatch(request -> request.matches(context.getRequest()));
        }
    }

    private final People people;
    private final TaskService tasks;

    WebApplicationApi(People people, TaskService tasks) {
        this.people = people;
        this.tasks = tasks;
    }

    private static Rule rule(Set<Role> roles, HttpMethod method, String base, String... paths) {
        return new Rule(
                roles,
                Arrays.stream(paths)
                        .map(path -> PathPatternRequestMatcher.withDefaults().matcher(method, base + path))
                        .toList());
    }

    /** Whether somebody may send a request to the interface. */
    AuthorizationDecision decide(Supplier<Authentication> person, RequestAuthorizationContext request) {
        if (NOBODY.isAbout(request)) {
            return new AuthorizationDecision(false);
        }
        String user = person.get().getName();
        Set<Role> welcome = EnumSet.of(ADMINISTRATOR);
        if (!takesFromSomebodyElse(user, request)) {
            RULES.stream().filter(rule -> rule.isAbout(request)).forEach(rule -> welcome.addAll(rule.roles()));
        }
        return new AuthorizationDecision(people.hasAny(user, welcome));
    }

    /** Whoever gives back a task, gives back their own: the engine would take away anybody's. */
    private boolean takesFromSomebodyElse(String user, RequestAuthorizationContext request) {
        RequestMatcher.MatchResult giveBack = GIVE_BACK.matcher(request.getRequest());
        return giveBack.isMatch()
                && tasks.createTaskQuery()
                                .taskId(giveBack.getVariables().get("id"))
                                .taskAssignee(user)
                                .count()
                        == 0;
    }
}
