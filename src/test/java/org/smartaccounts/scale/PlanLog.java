package org.smartaccounts.scale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The plans of the statements that the server has run, as it has run them: what {@code auto_explain} writes into the log. */
final class PlanLog {

    private static final String MARK = "plan:\n";

    /**
     * A statement that was run.
     *
     * @param millis that it took
     * @param read   how many rows its greediest step has looked at
     * @param whole  the tables that it has read from the beginning to the end, in the table itself or in an index
     */
    record Statement(String sql, double millis, long read, Set<String> whole, JsonNode plan) {

        boolean isAbout(String words) {
            return sql.contains(words);
        }
    }

    private final ObjectMapper json = new ObjectMapper();
    private final Path logs;

    PlanLog(Path logs) {
        this.logs = logs;
    }

    /** Everything in it. */
    List<Statement> statements() {
        List<Statement> statements = new ArrayList<>();
        try (Stream<Path> files = Files.list(logs)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                try (Stream<String> lines = Files.lines(file)) {
                    lines.filter(line -> line.contains("plan:")).forEach(line -> add(line, statements));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return statements;
    }

    private void add(String line, List<Statement> statements) {
        try {
            String message = json.readTree(line).path("message").asText();
            int begin = message.indexOf(MARK);
            if (begin < 0) {
                return;
            }
            JsonNode explained = json.readTree(message.substring(begin + MARK.length()));
            JsonNode plan = explained.path("Plan");
            Set<String> whole = new TreeSet<>();
            long read = look(plan, whole);
            statements.add(new Statement(
                    explained.path("Query Text").asText(),
                    plan.path("Actual Total Time").asDouble(),
                    read,
                    whole,
                    plan));
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }

    private static long look(JsonNode step, Set<String> whole) {
        double times = step.path("Actual Loops").asDouble();
        double each = step.path("Actual Rows").asDouble()
                + step.path("Rows Removed by Filter").asDouble()
                + step.path("Rows Removed by Index Recheck").asDouble();
        String table = step.path("Relation Name").asText();
        String kind = step.path("Node Type").asText();
        boolean isScan = !table.isEmpty() && !kind.equals("ModifyTable");
        long read = isScan ? Math.round(times * each) : 0;
        if (kind.equals("Seq Scan") && times > 0) {
            whole.add(table);
        }
        for (JsonNode part : step.path("Plans")) {
            read = Math.max(read, look(part, whole));
        }
        return read;
    }
}
