package org.smartaccounts.scale;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.smartaccounts.scale.Prototype.Column;
import org.smartaccounts.scale.Prototype.Row;

/**
 * The SQL that copies a prototype, once for each row of the table {@code made} that is of its kind: with other ids, another number, other people and another customer, and so
 * much earlier or later.
 */
final class Copies {

    /** They follow from the others. */
    private static final Set<String> KEPT_BY_TRIGGERS = Set.of("request_words", "domain_marks");

    private final Prototype prototype;
    private final String kind;
    private final Map<String, String> other = new LinkedHashMap<>();
    private final Pattern words;

    /**
     * @param kind  of the rows of {@code made}
     * @param words what a copy says instead, as SQL, by what the prototype says
     */
    Copies(Prototype prototype, String kind, Map<String, String> words) {
        this.prototype = prototype;
        this.kind = kind;
        int ordinal = 0;
        for (String id : prototype.identities()) {
            // As the engine's ids: those of one request are neighbours, and so are requests of one day.
            other.put(id, "overlay(made.id PLACING '7%03x' FROM 15)".formatted(ordinal++));
        }
        other.putAll(words);
        this.words = Pattern.compile(other.keySet().stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
    }

    /** The statements, in the order in which the rows were made, by their table. */
    Map<String, List<String>> statements() {
        Map<String, List<String>> statements = new LinkedHashMap<>();
        prototype.rows().stream()
                .filter(row -> !KEPT_BY_TRIGGERS.contains(row.table()))
                .forEach(row -> statements
                        .computeIfAbsent(row.table(), table -> new ArrayList<>())
                        .add(statement(row)));
        return statements;
    }

    private String statement(Row row) {
        List<Column> columns = prototype.columns(row.table()).stream()
                .filter(column -> !column.isIdentity())
                .toList();
        return "INSERT INTO %1$s (%2$s) SELECT %3$s FROM made, (SELECT * FROM %1$s WHERE ctid = '%4$s') original WHERE made.kind = '%5$s'"
                .formatted(
                        row.table(),
                        columns.stream().map(Column::name).collect(Collectors.joining(", ")),
                        columns.stream().map(column -> value(row, column)).collect(Collectors.joining(", ")),
                        row.place(),
                        kind);
    }

    private String value(Row row, Column column) {
        String same = "original." + column.name();
        if (column.type().startsWith("timestamp")) {
            return same + " + made.later";
        }
        if (column.type().equals("uuid")) {
            return "gen_random_uuid()";
        }
        String text = row.texts().get(column.name());
        return text == null || !words.matcher(text).find() ? same : inOtherWords(text);
    }

    private String inOtherWords(String text) {
        Matcher matcher = words.matcher(text);
        List<String> parts = new ArrayList<>();
        int end = 0;
        while (matcher.find()) {
            MatchResult word = matcher.toMatchResult();
            parts.add(quoted(text.substring(end, word.start())));
            parts.add("(%s)".formatted(other.get(word.group())));
            end = word.end();
        }
        parts.add(quoted(text.substring(end)));
        parts.removeIf("''"::equals);
        return String.join(" || ", parts);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
