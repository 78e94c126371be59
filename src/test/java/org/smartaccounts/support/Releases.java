package org.smartaccounts.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentWithDefinitions;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.smartaccounts.request.ProcessElements;
import org.springframework.stereotype.Component;

/**
 * Versions of the process: those that were released, and those that a test makes up. They are deployed beside the present one, and taken
 * away again with everything on them, so that for other tests the present one is the newest.
 */
@Component
public class Releases {

    private static final Path RELEASED = Path.of("src/test/resources/released");
    private static final String FILE = ProcessElements.PROCESS + ".bpmn";

    private final RepositoryService repository;
    private final List<String> deployments = new ArrayList<>();

    Releases(RepositoryService repository) {
        this.repository = repository;
    }

    /** The version tags of all releases. */
    public static List<String> tags() {
        try (Stream<Path> folders = Files.list(RELEASED)) {
            return folders.filter(folder -> Files.exists(folder.resolve(FILE)))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The version tags of all releases but the present one. */
    public static List<String> olderTags() {
        return tags().stream().filter(tag -> !released(tag).equals(present())).toList();
    }

    /** The diagram of a release. */
    public static String released(String tag) {
        return read(RELEASED.resolve(tag).resolve(FILE));
    }

    /** The present diagram. */
    public static String present() {
        return read(Path.of("processes", FILE));
    }

    /**
     * All processes in a folder of their own, as an installation may have them.
     *
     * @param folder  is created
     * @param diagram in the place of the present one
     */
    public static Path processes(Path folder, String diagram) {
        try (Stream<Path> files = Files.list(Path.of("processes"))) {
            Files.createDirectories(folder);
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.writeString(folder.resolve(FILE), diagram);
            return folder.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A diagram for tests to change, under some version tag: what analysts do to the present one changes nothing here. */
    public static String sampleAs(String tag) {
        return change(
                read(Path.of("src/test/resources/checked", FILE)),
                "versionTag=\"[^\"]+\"",
                "versionTag=\"%s\"".formatted(tag));
    }

    /** A diagram in which something is different; fails if it is not, so that a test does not test nothing. */
    public static String change(String diagram, String pattern, String replacement) {
        String changed = diagram.replaceAll(pattern, replacement);
        if (changed.equals(diagram)) {
            throw new AssertionError("The diagram has no " + pattern);
        }
        return changed;
    }

    /** Makes a diagram the newest version of the process. */
    public ProcessDefinition deploy(String diagram) {
        DeploymentWithDefinitions deployment = repository
                .createDeployment()
                .name("for a test")
                .addString(FILE, diagram)
                .deployWithResult();
        deployments.add(deployment.getId());
        return deployment.getDeployedProcessDefinitions().get(0);
    }

    /** Takes away what was deployed here, and the requests on it. */
    public void takeAway() {
        deployments.forEach(deployment -> repository.deleteDeployment(deployment, true));
        deployments.clear();
    }
}
