package org.smartaccounts.operations;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.Problem;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smartaccounts.operations.check.ProcessCheck;
import org.smartaccounts.operations.check.ReleaseCheck;
import org.smartaccounts.operations.check.ReleasedDiagram;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Checks the files of the processes, and deploys them: all of them, or nothing. They go in under their bare names, so that an IDE, a jar
 * and every node mean the same.
 *
 * <ul>
 *   <li>Of diagrams and forms only a file that differs from the deployed one gets a new version.
 *   <li>A diagram takes its picture along, if there is one of exactly this diagram, so that each version keeps its own. A picture alone
 *       is no change.
 *   <li>Decisions and the lists beside them are deployed together as soon as one of them differs: the code reads the lists from the
 *       deployment of the decision.
 * </ul>
 */
@Component
class ProcessDeployer {

    private static final Logger log = LoggerFactory.getLogger(ProcessDeployer.class);

    private static final String REQUESTS = "smart-account-requests";
    private static final String RULES = "smart-account-rules";
    private static final String DIAGRAM_SUFFIX = ".bpmn";

    private final RepositoryService repository;
    private final RuntimeService runtime;
    private final ProcessCheck check;
    private final ReleaseCheck releases;
    private final LanguageOptions languages;
    private final ProcessProperties properties;
    private final TransactionTemplate transaction;

    ProcessDeployer(
            RepositoryService repository,
            RuntimeService runtime,
            ProcessCheck check,
            ReleaseCheck releases,
            LanguageOptions languages,
            ProcessProperties properties,
            PlatformTransactionManager transactions) {
        this.repository = repository;
        this.runtime = runtime;
        this.check = check;
        this.releases = releases;
        this.languages = languages;
        this.properties = properties;
        this.transaction = new TransactionTemplate(transactions);
    }

    boolean isAnythingLive() {
        return repository.createProcessDefinitionQuery().count() > 0;
    }

    /**
     * Makes these files live.
     *
     * @throws BrokenProcessesException if there is a mistake in them: what was live before still is
     */
    void deploy(ProcessFiles files) {
        check(files);
        try {
            transaction.executeWithoutResult(status -> {
                deploy(REQUESTS, changedDiagrams(files.contents()), false);
                deploy(REQUESTS, some(files, ".form"), true);
                deploy(RULES, some(files, ".dmn", ".txt"), false);
            });
        } catch (ParseException e) {
            throw new BrokenProcessesException(inWords(e));
        } catch (ProcessEngineException e) {
            throw new BrokenProcessesException(
                    List.of("The engine does not take these files: %s".formatted(e.getMessage())));
        }
        repository
                .createProcessDefinitionQuery()
                .latestVersion()
                .list()
                .forEach(process -> log.info(
                        "Process {} is live in version {} ({})",
                        process.getKey(),
                        process.getVersion(),
                        process.getVersionTag()));
        repository
                .createDecisionDefinitionQuery()
                .latestVersion()
                .list()
                .forEach(decision ->
                        log.info("Decision {} is live in version {}", decision.getKey(), decision.getVersion()));
    }

    private void check(ProcessFiles files) {
        List<String> mistakes = new ArrayList<>(files.unreadable());
        if (mistakes.isEmpty()) {
            // Otherwise what cannot be read would be missed too.
            mistakes.addAll(check.mistakesIn(files.contents()));
        }
        if (mistakes.isEmpty()) {
            List<String> againstReleases = mistakesAgainstReleases(files.contents());
            if (properties.isExternal()) {
                mistakes.addAll(againstReleases);
            } else {
                // The build has compared them with every release. Whatever else was tried in this database is no reason
                // not to start: requests that have no place in these diagrams finish on their own.
                againstReleases.forEach(log::warn);
            }
        }
        if (!mistakes.isEmpty()) {
            throw new BrokenProcessesException(mistakes);
        }
    }

    private List<String> mistakesAgainstReleases(Map<String, String> files) {
        List<String> notRaised = releases.notRaised(files, released());
        if (properties.isWatched()) {
            // Whoever tries something tries it many times, and raises the version in the end.
            notRaised.forEach(log::warn);
            return releases.notKept(files, releases.withoutTries(files, waitedOn()));
        }
        return Stream.concat(notRaised.stream(), releases.notKept(files, waitedOn()).stream())
                .toList();
    }

    /** The first of each version tag; what was deployed under the same tag later, somebody has tried. */
    private List<ReleasedDiagram> released() {
        Map<List<String>, ProcessDefinition> first = new LinkedHashMap<>();
        repository
                .createProcessDefinitionQuery()
                .orderByProcessDefinitionVersion()
                .asc()
                .list()
                .forEach(definition -> first.putIfAbsent(List.of(definition.getKey(), tag(definition)), definition));
        return first.values().stream().map(this::diagram).toList();
    }

    /** Those on which there are requests. */
    private List<ReleasedDiagram> waitedOn() {
        return repository.createProcessDefinitionQuery().list().stream()
                .filter(definition -> runtime.createProcessInstanceQuery()
                                .processDefinitionId(definition.getId())
                                .count()
                        > 0)
                .map(this::diagram)
                .toList();
    }

    private ReleasedDiagram diagram(ProcessDefinition definition) {
        try (InputStream model = repository.getProcessModel(definition.getId())) {
            return new ReleasedDiagram(
                    definition.getKey(), tag(definition), new String(model.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tag(ProcessDefinition definition) {
        return Objects.requireNonNullElse(definition.getVersionTag(), "");
    }

    private static Map<String, String> some(ProcessFiles files, String... suffixes) {
        Map<String, String> some = new TreeMap<>(files.contents());
        some.keySet().removeIf(file -> Stream.of(suffixes).noneMatch(file::endsWith));
        return some;
    }

    /**
     * With their pictures. The engine alone would leave out a picture that was deployed before, with the same diagram some versions ago; and
     * should another node have been faster, it finds that nothing differs any more.
     */
    private Map<String, String> changedDiagrams(Map<String, String> files) {
        Map<String, String> changed = new TreeMap<>();
        files.forEach((file, content) -> {
            if (file.endsWith(DIAGRAM_SUFFIX) && !isDeployed(file, content)) {
                changed.put(file, content);
                DiagramPicture.of(file, files)
                        .ifPresentOrElse(
                                picture -> changed.put(DiagramPicture.nameFor(file), picture),
                                () -> log.info(
                                        "{} goes without a picture: {} is missing or shows it as it was before",
                                        file,
                                        DiagramPicture.nameFor(file)));
            }
        });
        return changed;
    }

    /** Whether it is what was last deployed from here; what somebody deployed in another way does not count. */
    private boolean isDeployed(String file, String content) {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionResourceName(file)
                .orderByProcessDefinitionVersion()
                .desc()
                .list()
                .stream()
                .filter(definition -> repository
                                .createDeploymentQuery()
                                .deploymentId(definition.getDeploymentId())
                                .deploymentName(REQUESTS)
                                .count()
                        > 0)
                .findFirst()
                .filter(definition -> diagram(definition).content().equals(content))
                .isPresent();
    }

    private void deploy(String name, Map<String, String> files, boolean changedOnly) {
        if (files.isEmpty()) {
            return;
        }
        DeploymentBuilder deployment =
                repository.createDeployment().name(name).source(name).enableDuplicateFiltering(changedOnly);
        files.forEach((file, content) -> deployment.addString(file, completed(file, content)));
        deployment.deploy();
    }

    private String completed(String file, String content) {
        try {
            return file.endsWith(".form")
                    ? languages.complete(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)))
                    : content;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> inWords(ParseException failure) {
        return failure.getResorceReports().stream()
                .flatMap(report -> report.getErrors().stream().map(error -> inWords(report.getResourceName(), error)))
                .toList();
    }

    private static String inWords(String file, Problem error) {
        @Nullable String element = error.getMainElementId();
        return "%s, %s: the engine does not understand it (%s)."
                .formatted(file, element == null ? "line " + error.getLine() : element, error.getMessage());
    }
}
