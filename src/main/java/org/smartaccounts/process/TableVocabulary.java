package org.smartaccounts.process;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one decision table may ask and say. All rows that fit are heard, in their order, and the last one fits everything. Each table of
 * ours has one as a bean.
 *
 * @param decision   the id of the table, and the name of its file
 * @param facts      what it is told, each with its type as the table names it
 * @param words      which words a fact can be, where there are only some
 * @param outputs    its columns of results, in their order; all are texts
 * @param results    which words a result can be, where there are only some
 * @param neutral    the {@code outcome} after which nothing else counts
 * @param textPrefix what the keys of the texts that it names, as its {@code message}, begin with
 * @param generalTexts keys of texts that fit any row, so that analysts need no developer for a new one
 * @param lists      the files with lists that the code reads beside it
 */
public record TableVocabulary(
        String decision,
        Map<String, String> facts,
        Map<String, Set<String>> words,
        List<String> outputs,
        Map<String, Set<String>> results,
        String neutral,
        String textPrefix,
        List<String> generalTexts,
        Set<String> lists) {

    /** The result that says what follows from a row. */
    public static final String OUTCOME = "outcome";

    /** The result that says why, as the key of a text. */
    public static final String MESSAGE = "message";

    private static final Map<Class<?>, String> TYPES = Map.of(boolean.class, "boolean", int.class, "integer");

    /** The parts of a record as facts: what it is told are these, by their names. */
    public static Map<String, String> factsOf(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .collect(Collectors.toMap(
                        RecordComponent::getName, fact -> TYPES.getOrDefault(fact.getType(), "string")));
    }
}
