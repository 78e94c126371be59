package org.smartaccounts.access;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.smartaccounts.request.ProcessElements;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.RequestForm;
import org.smartaccounts.support.Routes;
import org.smartaccounts.support.Tasklist;
import org.smartaccounts.support.Visitor;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Every address of the application, and what it answers to everybody: {@code routes.csv} has a row for each and a column for each person.
 * What the table leaves out, or has too much, fails the test; so nothing new comes without somebody saying who it is for.
 *
 * <p>A cell is the status of the answer, or {@code sees} where the answer shows something that Paula's request says, which waits for her
 * review. An administrator's cell is {@code in}: not refused. Since administrators could do real harm, what changes something is sent by them to things that do not exist.
 */
class RouteTest extends ApplicationTest {

    private static final Path TABLE = Path.of("src/test/resources/routes.csv");
    private static final String ADMIN = "admin";

    /** They are in no list that could be asked. */
    private static final List<String> ANSWERED_BY_FILTERS = List.of(
            "POST /login",
            "POST /logout",
            "GET /camunda/app/tasklist/default/",
            "GET /camunda/app/cockpit/default/",
            "GET /camunda/app/admin/default/",
            "GET /camunda/app/admin/default/setup/",
            "GET /camunda/app/welcome/default/",
            "GET /camunda/api/engine/application.wadl",
            "GET /pages.css",
            "GET /help/en/startForm.webp",
            "GET /logo.svg",
            "GET /login.js",
            "GET /tasklist.js",
            "GET /cockpit.js",
            "GET /charts.js",
            "GET /webapps.css",
            "GET /nowhere");

    private static final List<String> PEOPLE =
            List.of("nobody", Tasklist.PAULA, Tasklist.PEDRO, Tasklist.NINA, "ingo", Tasklist.SAM, "aiko", ADMIN);

    @Autowired
    ServletContext servletContext;

    @Autowired
    ListableBeanFactory beans;

    @Autowired
    FilterService filters;

    @Autowired
    ManagementService management;

    @Autowired
    RepositoryService repository;

    private final RequestForm form = RequestForm.forNewCustomer();

    @Test
    void everyAddressAnswersEverybodyAsTheTableSays() throws IOException {
        Map<String, List<String>> table = new LinkedHashMap<>();
        for (String line : Files.readAllLines(TABLE)) {
            List<String> cells = Arrays.asList(line.split(",", -1));
            if (!line.startsWith("#")) {
                table.put(cells.get(0), cells.subList(1, cells.size()));
            }
        }
        assertThat(table.keySet()).containsExactlyInAnyOrderElementsOf(routes());

        Map<String, String> ids = ids();
        Map<String, Visitor> visitors = visitors();
        List<String> surprises = new ArrayList<>();
        table.forEach((route, expected) -> {
            List<String> answers = PEOPLE.stream()
                    .map(person -> answer(Objects.requireNonNull(visitors.get(person)), person, route, ids))
                    .toList();
            if (!answers.equals(expected)) {
                surprises.add(route + "," + String.join(",", answers) + "   instead of " + String.join(",", expected));
            }
        });
        assertThat(surprises).isEmpty();
    }

    private Set<String> routes() {
        Set<String> routes =
                Routes.of(servletContext).stream().map(Object::toString).collect(Collectors.toCollection(TreeSet::new));
        for (RequestMappingInfoHandlerMapping mapping : mappings(RequestMappingInfoHandlerMapping.class)) {
            mapping.getHandlerMethods().forEach((info, method) -> {
                Stream<String> methods = info.getMethodsCondition().getMethods().isEmpty()
                        ? Stream.of("GET", "POST")
                        : info.getMethodsCondition().getMethods().stream().map(Enum::name);
                methods.forEach(verb -> info.getPatternValues().forEach(path -> routes.add(verb + " " + path)));
            });
        }
        mappings(SimpleUrlHandlerMapping.class)
                .forEach(mapping -> mapping.getUrlMap().keySet().stream()
                        .map(path -> "GET " + path)
                        .forEach(routes::add));
        routes.addAll(ANSWERED_BY_FILTERS);
        // Only in development.
        routes.removeIf(route -> route.contains(" /dev/"));
        return routes;
    }

    private <T> Collection<T> mappings(Class<T> type) {
        return beans.getBeansOfType(type).values();
    }

    private Map<String, String> ids() {
        String request = tasklist.request(Tasklist.PAULA, form);
        Task task = tasklist.task(request, ProcessElements.REVIEW_REQUEST);
        String filter = filters.createFilterQuery()
                .filterName("My tasks")
                .singleResult()
                .getId();
        String job = management
                .createJobQuery()
                .processInstanceId(task.getProcessInstanceId())
                .singleResult()
                .getId();
        String deployment =
                repository.getProcessDefinition(task.getProcessDefinitionId()).getDeploymentId();
        String resource = repository.getDeploymentResources(deployment).get(0).getId();
        return Map.of(
                "task",
                task.getId(),
                "process-definition",
                task.getProcessDefinitionId(),
                "process-instance",
                task.getProcessInstanceId(),
                "execution",
                task.getExecutionId(),
                "filter",
                filter,
                "job",
                job,
                "deployment",
                deployment,
                "resource",
                resource,
                "user",
                Tasklist.PAULA,
                "group",
                Groups.PARTNERS);
    }

    private Map<String, Visitor> visitors() {
        Map<String, Visitor> visitors = new LinkedHashMap<>();
        for (String person : PEOPLE) {
            visitors.put(person, person.equals("nobody") ? new Visitor(url) : loggedIn(person));
        }
        return visitors;
    }

    private String answer(Visitor visitor, String person, String route, Map<String, String> ids) {
        String method = route.substring(0, route.indexOf(' '));
        boolean reads = List.of("GET", "OPTIONS").contains(method);
        String path = route.substring(route.indexOf(' ') + 1)
                .replaceAll("\\{(name|engine|processEngineName)}", "default")
                .replace("**", "none");
        String kind =
                path.replaceFirst("^/camunda/api/engine/engine/default/", "").replaceFirst("/.*", "");
        String id = person.equals(ADMIN) && !reads ? "none" : ids.getOrDefault(kind, "none");
        path = path.replace("{resourceId}", ids.get("resource"))
                .replaceFirst("\\{[^}]+}", id)
                .replaceAll("\\{[^}]+}", "none");
        HttpResponse<String> answer = visitor.call(method, path, reads ? "" : "{\"password\": \"guessed\"}");
        int status = answer.statusCode();
        if (person.equals(ADMIN) && status != 401 && status != 403) {
            return "in";
        }
        return answer.body().contains(form.domain()) ? "sees" : String.valueOf(status);
    }
}
