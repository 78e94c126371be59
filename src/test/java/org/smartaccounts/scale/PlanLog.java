package org.smartaccounts.scale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The plans of the statements that the server has run, as it has run them: what {@code auto_explain} writes into the log. There may be millions, so of each
 * statement is kept what it was at its worst.
 */
final class PlanLog {

    private static final String MARK = "plan:\n";

    /** As the log writes moments, up to the name of its time zone: as text, later is greater. */
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    /**
     * What was run, with whatever parameters, how often ever.
     *
     * @param millis that it took, each time
     * @param read   how many rows its greediest step has looked at, at most
     * @param whole  the tables that it has ever read from the beginning to the end
     */
    record Statement(String sql, List<Double> millis, long read, Set<String> whole) {

        boolean isAbout(String words) {
            return sql.contains(words);
        }

        private Statement and(Statement other) {
            millis.addAll(other.millis);
            whole.addAll(other.whole);
            return new Statement(sql, millis, Math.max(read, other.read), whole);
        }
    }

    private final ObjectMapper json = new ObjectMapper();
    private final Path logs;

    /**
     * Reads what is written there.
     *
     * @param logs the folder of the server's logs, whose time is UTC
     */
    PlanLog(Path logs) {
        this.logs = logs;
    }

    /** Everything in it since a moment. */
    List<Statement> since(Instant moment) {
        String begin = MOMENT.format(moment);
        Map<String, Statement> statements = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(logs)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                try (Stream<String> lines = Files.lines(file)) {
                    lines.filter(line -> line.contains("plan:")).forEach(line -> add(line, begin, statements));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(statements.values());
    }

    private void add(String line, String begin, Map<String, Statement> statements) {
        try {
            JsonNode entry = json.readTree(line);
            String message = entry.path("message").asText();
            int mark = message.indexOf(MARK);
            if (mark < 0 || entry.path("timestamp").asText().compareTo(begin) < 0) {
                return;
            }
            JsonNode explained = json.readTree(message.substring(mark + MARK.length()));
            JsonNode plan = explained.path("Plan");
            Set<String> whole = new TreeSet<>();
            long read = look(plan, whole);
            List<Double> millis =
                    new ArrayList<>(List.of(plan.path("Actual Total Time").asDouble()));
            Statement statement = new Statement(explained.path("Query Text").asText(), millis, read, whole);
            statements.merge(statement.sql(), statement, Statement::and);
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
