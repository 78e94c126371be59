package org.smartaccounts.operations.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.Test;
import org.smartaccounts.language.Languages;
import org.smartaccounts.process.DiagramVocabulary;
import org.smartaccounts.request.ProcessElements;
import org.smartaccounts.support.ApplicationTest;
import org.springframework.beans.factory.annotation.Autowired;

/** The files that analysts change have no mistake, and keep what released ones have promised. */
class ProcessModelTest extends ApplicationTest {

    private static final Path FOLDER = Path.of("processes");
    private static final Path TEMPLATES = Path.of(".camunda", "element-templates");
    private static final Path DOCS = Path.of("src", "docs");

    @Autowired
    ProcessCheck check;

    @Autowired
    ReleaseCheck releases;

    @Autowired
    DiagramVocabulary vocabulary;

    @Autowired
    Languages languages;

    @Autowired
    RepositoryService repository;

    @Autowired
    FormService forms;

    @Test
    void theProcessesHaveNoMistake() throws IOException {
        assertThat(check.mistakesIn(files())).isEmpty();
    }

    @Test
    void theProcessesKeepWhatReleasedOnesHavePromised() throws IOException {
        List<ReleasedDiagram> released = released();

        assertThat(released).isNotEmpty();
        assertThat(releases.notRaised(files(), released)).isEmpty();
        assertThat(releases.namesGone(files(), released)).isEmpty();
        // Its deadline was beside the wait, before anything was promised. Its requests finish on it:
        // ReleasedVersionsTest sees them do so.
        released.removeIf(each -> each.process().equals(ProcessElements.PROCESS)
                && each.versionTag().equals("1.0.0"));
        assertThat(releases.placesGone(files(), released)).isEmpty();
    }

    @Test
    void whatTheCodeKnowsByItsIdHasToBeInTheDiagram() {
        assertThat(vocabulary.of(ProcessElements.PROCESS).elements().keySet())
                .containsAll(Stream.of(ProcessElements.class.getFields())
                        .map(ProcessModelTest::valueOf)
                        .filter(id -> id.matches("(Activity|Event|Gateway)_.*"))
                        .toList());
    }

    private static String valueOf(Field constant) {
        try {
            return String.valueOf(constant.get(null));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyProcessAndDecisionHasAPictureThatShowsItAsItIs() throws IOException, NoSuchAlgorithmException {
        try (Stream<Path> all = Files.list(FOLDER)) {
            for (Path model : all.filter(each -> each.toString().matches(".*\\.(bpmn|dmn)"))
                    .toList()) {
                String file = model.getFileName().toString();
                Path picture = (file.endsWith(".bpmn") ? FOLDER : DOCS).resolve(file.replaceFirst("\\.\\w+$", ".svg"));
                String hash = HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(model)));

                assertThat(Files.exists(picture) ? Files.readString(picture) : "")
                        .as(
                                "%s is missing or shows an older %s: run \"npm run pictures\" in processes/kit",
                                picture, file)
                        .contains("<!-- made from %s, sha256 %s -->".formatted(file, hash));
            }
        }
    }

    @Test
    void theFormsOfferEveryLanguageThatThereIs() throws IOException {
        String definition = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(ProcessElements.PROCESS)
                .latestVersion()
                .singleResult()
                .getId();
        try (InputStream form = forms.getDeployedStartForm(definition)) {
            assertThat(new ObjectMapper().readTree(form).findValuesAsText("value"))
                    .containsExactlyElementsOf(
                            languages.all().stream().map(Locale::toLanguageTag).toList());
        }
    }

    private static Map<String, String> files() throws IOException {
        return files(FOLDER);
    }

    /** A folder as it is. */
    static Map<String, String> files(Path root) throws IOException {
        Map<String, String> files = new HashMap<>();
        for (Path folder : List.of(root, root.resolve(TEMPLATES))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> all = Files.list(folder)) {
                    for (Path file : all.filter(each -> each.toString().matches(".*\\.(bpmn|dmn|form|txt|json)"))
                            .toList()) {
                        files.put(file.getFileName().toString(), Files.readString(file));
                    }
                }
            }
        }
        return files;
    }

    static List<ReleasedDiagram> released() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of("src", "test", "resources", "released"))) {
            return all.filter(file -> file.toString().endsWith(".bpmn"))
                    .map(ProcessModelTest::read)
                    .map(ReleasedDiagram::of)
                    .collect(Collectors.toCollection(ArrayList::new));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
