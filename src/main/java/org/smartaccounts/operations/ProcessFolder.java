package org.smartaccounts.operations;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Where the processes come from: diagrams with their pictures, decisions, forms, and lists beside the decisions. They are packaged with the application, or
 * lie in a folder that an installation names instead. Of such a folder only what lies directly in it counts, and the element
 * templates of the Modeler.
 */
@Component
class ProcessFolder {

    private static final List<String> SUFFIXES = List.of(".bpmn", ".dmn", ".form", ".txt", DiagramPicture.SUFFIX);
    private static final Path TEMPLATES = Path.of(".camunda", "element-templates");
    private static final String TEMPLATE_SUFFIX = ".json";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final ProcessProperties properties;
    private final ResourcePatternResolver resources;

    ProcessFolder(ProcessProperties properties, ResourcePatternResolver resources) {
        this.properties = properties;
        this.resources = resources;
    }

    /** What came with the application. */
    ProcessFiles packaged() {
        Reading reading = new Reading();
        for (String suffix : SUFFIXES) {
            try {
                for (Resource file : resources.getResources("classpath:/processes/*" + suffix)) {
                    reading.read(Objects.requireNonNull(file.getFilename()), file::getContentAsByteArray);
                }
            } catch (IOException e) {
                reading.unreadable.add("The packaged processes cannot be listed (%s).".formatted(e.getMessage()));
            }
        }
        return reading.files();
    }

    /** What is in the folder at this moment. */
    ProcessFiles external() {
        Path folder = Path.of(properties.folder());
        Reading reading = new Reading();
        if (Files.isDirectory(folder)) {
            reading.readAll(folder, SUFFIXES);
            if (Files.isDirectory(folder.resolve(TEMPLATES))) {
                reading.readAll(folder.resolve(TEMPLATES), List.of(TEMPLATE_SUFFIX));
            }
        } else {
            reading.unreadable.add("%s: there is no such folder; create it, or let PROCESSES_FOLDER name another."
                    .formatted(folder.toAbsolutePath()));
        }
        return reading.files();
    }

    private interface Content {
        byte[] read() throws IOException;
    }

    private static final class Reading {

        private final Map<String, String> contents = new TreeMap<>();
        private final List<String> unreadable = new ArrayList<>();

        void readAll(Path folder, List<String> suffixes) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> suffixes.stream().anyMatch(file.toString().toLowerCase(Locale.ROOT)::endsWith))
                        .sorted()
                        .forEach(file -> read(String.valueOf(file.getFileName()), () -> content(file)));
            } catch (IOException e) {
                unreadable.add("%s: the folder cannot be read; let the application's user read it."
                        .formatted(folder.toAbsolutePath()));
            }
        }

        private static byte[] content(Path file) throws IOException {
            try (InputStream content = Files.newInputStream(file)) {
                return content.readAllBytes();
            }
        }

        void read(String name, Content content) {
            try {
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(content.read()))
                        .toString();
                contents.put(name, text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
            } catch (CharacterCodingException e) {
                notRead(name, "%s: it has characters that are not UTF-8; save it as UTF-8.");
            } catch (IOException e) {
                notRead(name, "%s: the file cannot be read; let the application's user read it.");
            }
        }

        /** A process is as good without its picture. */
        private void notRead(String name, String mistake) {
            if (!name.endsWith(DiagramPicture.SUFFIX)) {
                unreadable.add(mistake.formatted(name));
            }
        }

        ProcessFiles files() {
            return new ProcessFiles(Map.copyOf(contents), List.copyOf(unreadable));
        }
    }
}
