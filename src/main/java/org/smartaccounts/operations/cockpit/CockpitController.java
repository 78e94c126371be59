package org.smartaccounts.operations.cockpit;

import java.security.Principal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.smartaccounts.access.People;
import org.smartaccounts.operations.cockpit.FailureInWords.Failure;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * What {@code static/cockpit.js} asks for. Who may open Cockpit is asked before; of what is there, everybody is shown what the engine lets
 * them see in Cockpit.
 */
@RestController
@RequestMapping(path = "/operations/cockpit", produces = MediaType.APPLICATION_JSON_VALUE)
class CockpitController {

    /** Why there is no answer, in words. */
    record Mistake(String message) {}

    /** There is no such thing, or the engine does not let the caller see it: nobody learns which. */
    private static final class Unseen extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    private final RuntimeService runtime;
    private final RepositoryService repository;
    private final InstanceTab instanceTab;
    private final OutcomesTab outcomesTab;
    private final FailedSteps failedSteps;
    private final FailureInWords failures;
    private final People people;
    private final MessageSource texts;

    CockpitController(
            RuntimeService runtime,
            RepositoryService repository,
            InstanceTab instanceTab,
            OutcomesTab outcomesTab,
            FailedSteps failedSteps,
            FailureInWords failures,
            People people,
            MessageSource texts) {
        this.runtime = runtime;
        this.repository = repository;
        this.instanceTab = instanceTab;
        this.outcomesTab = outcomesTab;
        this.failedSteps = failedSteps;
        this.failures = failures;
        this.people = people;
        this.texts = texts;
    }

    /** What stands on the tabs whatever they show, and the language in which it does. */
    @GetMapping("/words")
    Map<String, String> words(Locale language) {
        Reader reader = new Reader(texts, language, ZoneOffset.UTC);
        Map<String, String> words = new LinkedHashMap<>();
        words.put("language", language.toLanguageTag());
        words.put("smartAccount", reader.text("cockpit.smartAccount"));
        words.put("outcomes", reader.text("cockpit.outcomes"));
        words.put("wrong", reader.text("cockpit.wrong"));
        words.put("nothingWrong", reader.text("cockpit.nothingWrong"));
        words.put("inWords", reader.text("cockpit.inWords"));
        words.put("close", reader.text("cockpit.close"));
        words.put("example", reader.text("cockpit.example"));
        words.put("open", reader.text("cockpit.open"));
        words.put("request", reader.text("cockpit.request"));
        words.put("timeline", reader.text("request.story"));
        words.put("emails", reader.text("cockpit.emails"));
        words.put("noEmails", reader.text("cockpit.noEmails"));
        words.put("at", reader.text("cockpit.at"));
        words.put("what", reader.text("cockpit.what"));
        words.put("by", reader.text("cockpit.by"));
        words.put("email", reader.text("cockpit.email"));
        words.put("to", reader.text("cockpit.to"));
        words.put("delivery", reader.text("cockpit.delivery"));
        words.put("counts", reader.text("cockpit.counts"));
        words.put("status", reader.text("requests.status"));
        words.put("requests", reader.text("cockpit.requests"));
        words.put("decisions", reader.text("cockpit.decisions.title"));
        words.put("expiries", reader.text("cockpit.expiries"));
        words.put("noExpiries", reader.text("cockpit.noExpiries"));
        words.put("week", reader.text("requests.weeks.week"));
        words.put("table", reader.text("requests.weeks.table"));
        words.put("loading", reader.text("cockpit.loading"));
        words.put("failed", reader.text("cockpit.failed"));
        words.put("loggedOut", reader.text("cockpit.loggedOut"));
        return words;
    }

    /** @param zone in which the reader's browser is, such as {@code Europe/Rome} */
    @GetMapping("/instances/{id}")
    InstanceTab.Shown instance(
            @PathVariable String id, @RequestParam(defaultValue = "UTC") String zone, Principal user, Locale language) {
        ProcessInstance instance = seen(
                user,
                () -> runtime.createProcessInstanceQuery().processInstanceId(id).singleResult());
        return instanceTab.of(instance, user.getName(), new Reader(texts, language, zone(zone)));
    }

    /** @param zone in which the reader's browser is, such as {@code Europe/Rome} */
    @GetMapping("/definitions/{id}/outcomes")
    OutcomesTab.Shown outcomes(
            @PathVariable String id, @RequestParam(defaultValue = "UTC") String zone, Principal user, Locale language) {
        ProcessDefinition definition = seen(
                user,
                () -> repository
                        .createProcessDefinitionQuery()
                        .processDefinitionId(id)
                        .singleResult());
        return outcomesTab.of(definition.getKey(), new Reader(texts, language, zone(zone)));
    }

    /** @param zone in which the reader's browser is, such as {@code Europe/Rome} */
    @GetMapping("/incidents/{id}")
    Failure incident(
            @PathVariable String id, @RequestParam(defaultValue = "UTC") String zone, Principal user, Locale language) {
        Incident incident =
                seen(user, () -> runtime.createIncidentQuery().incidentId(id).singleResult());
        return failures.of(failedSteps.of(incident), new Reader(texts, language, zone(zone)));
    }

    /**
     * What has failed in all processes that the caller may see.
     *
     * @param zone in which the reader's browser is, such as {@code Europe/Rome}
     */
    @GetMapping("/wrong")
    List<Failure> wrong(@RequestParam(defaultValue = "UTC") String zone, Principal user, Locale language) {
        Reader reader = new Reader(texts, language, zone(zone));
        List<FailedStep> failed = failedSteps.ofAll();
        if (failed.isEmpty()) {
            return List.of();
        }
        String[] definitions =
                failed.stream().map(FailedStep::definition).distinct().toArray(String[]::new);
        Set<String> open = people
                .as(
                        user.getName(),
                        () -> repository
                                .createProcessDefinitionQuery()
                                .processDefinitionIdIn(definitions)
                                .list())
                .stream()
                .map(ProcessDefinition::getId)
                .collect(Collectors.toSet());
        return failed.stream()
                .filter(step -> open.contains(step.definition()))
                .map(step -> failures.of(step, reader))
                .toList();
    }

    private <T> T seen(Principal user, Supplier<T> query) {
        return people.as(user.getName(), () -> Optional.ofNullable(query.get())).orElseThrow(Unseen::new);
    }

    /** A browser whose zone nobody here knows has the time of all. */
    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }

    @ExceptionHandler(Unseen.class)
    @ResponseStatus(HttpStatus.NOT_FOUND)
    Mistake unseen(Locale language) {
        return new Mistake(texts.getMessage("cockpit.unseen", null, language));
    }
}
