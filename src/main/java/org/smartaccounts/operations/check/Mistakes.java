package org.smartaccounts.operations.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sentences that are to be read by whoever has changed a file. */
final class Mistakes {

    private final List<String> sentences = new ArrayList<>();

    /**
     * Takes one down.
     *
     * @param file     in which it is
     * @param element  its id, or another place in the file; null if it is the whole file
     * @param sentence what is wrong, and how to mend it
     */
    void add(String file, @Nullable String element, String sentence) {
        String line = "%s%s: %s%s"
                .formatted(file, element == null ? "" : ", " + element, sentence, sentence.endsWith("?") ? "" : ".");
        if (!sentences.contains(line)) {
            sentences.add(line);
        }
    }

    /** Whether something is said of an element already. */
    boolean tellOf(String file, String element) {
        String place = "%s, %s: ".formatted(file, element);
        return sentences.stream().anyMatch(sentence -> sentence.startsWith(place));
    }

    List<String> sentences() {
        return List.copyOf(sentences);
    }
}
