package org.smartaccounts.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.measure.Lives;
import org.smartaccounts.measure.Stopwatch;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lives without any software: the rows that one life in the application has written, transaction by transaction, written again by plain JDBC
 * under other keys, in batches, into copies of the tables with their indexes. Nobody who keeps these rows can be faster.
 */
final class FloorLives implements Lives {

    /** What is different in each life. */
    private static final Pattern KEYS = Pattern.compile(
            "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|SAR-\\d{6,}|customer-[0-9a-z]+-\\d+\\.|\"id\": \\d+");

    private static final AtomicInteger LIVES = new AtomicInteger();

    /** A change of a row, as it is in a certain life. */
    private record Change(long transaction, String sql, List<IntFunction<String>> row) {

        String in(int life) {
            StringBuilder text = new StringBuilder();
            row.forEach(part -> text.append(part.apply(life)));
            return text.toString();
        }
    }

    private final DataSource database;
    private final List<Change> changes;

    private FloorLives(DataSource database, List<Change> changes) {
        this.database = database;
        this.changes = changes;
    }

    /**
     * Watches one life in the application, to lead it again and again.
     *
     * @param database of the application
     */
    static FloorLives like(Lives ours, DataSource database) {
        JdbcClient jdbc = JdbcClient.create(database);
        List<String> tables = jdbc.sql("""
                SELECT table_name FROM information_schema.tables
                WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1""").query(String.class).list();
        jdbc.sql("CREATE SCHEMA floor").update();
        jdbc.sql("""
                CREATE TABLE floor.change (id bigserial, transaction bigint, table_name text, operation text, row_after text);
                CREATE FUNCTION floor.note() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    INSERT INTO floor.change (transaction, table_name, operation, row_after)
                    VALUES (txid_current(), TG_TABLE_NAME, TG_OP,
                            CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END);
                    RETURN NULL;
                END $$""").update();
        tables.forEach(table -> jdbc.sql(
                        "CREATE TRIGGER floor AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION floor.note()"
                                .formatted(table))
                .update());
        ours.resume();
        ours.live(new Stopwatch());
        ours.pause();
        tables.forEach(table -> jdbc.sql("DROP TRIGGER floor ON " + table).update());
        Map<String, Keys> keys = new HashMap<>();
        Set<String> begun = new HashSet<>();
        List<Change> changes = new ArrayList<>();
        jdbc.sql("SELECT transaction, table_name, operation, row_after FROM floor.change ORDER BY transaction, id")
                .query(row -> {
                    String table = row.getString("table_name");
                    String text = row.getString("row_after");
                    if (begun.add(table)) {
                        jdbc.sql("CREATE TABLE floor.%1$s (LIKE public.%1$s INCLUDING INDEXES)".formatted(table))
                                .update();
                        keys.put(table, Keys.of(jdbc, table));
                    }
                    changes.add(new Change(
                            row.getLong("transaction"),
                            Objects.requireNonNull(keys.get(table)).statement(row.getString("operation")),
                            parts(text)));
                });
        return new FloorLives(database, changes);
    }

    /** How to find a row again: by the columns of the primary key. */
    private record Keys(String table, String columns, String condition) {

        static Keys of(JdbcClient jdbc, String table) {
            String columns = jdbc.sql("""
                    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
                    WHERE attrelid = ('floor.' || ?)::regclass AND attnum > 0""").param(table).query(String.class).single();
            @Nullable
            String condition =
                    jdbc.sql("""
                    SELECT string_agg(format('t.%1$I = r.%1$I', attname), ' AND ') FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
                    WHERE indrelid = ('floor.' || ?)::regclass AND indisprimary""").param(table).query(String.class).optional().orElse(null);
            return new Keys(table, columns, String.valueOf(condition));
        }

        String statement(String operation) {
            String row = "jsonb_populate_record(NULL::floor.%s, ?::jsonb)".formatted(table);
            return switch (operation) {
                case "INSERT" -> "INSERT INTO floor.%s SELECT * FROM %s".formatted(table, row);
                case "UPDATE" ->
                    "UPDATE floor.%s t SET (%s) = (SELECT r.*) FROM %s r WHERE %s"
                            .formatted(table, columns, row, condition);
                default -> "DELETE FROM floor.%s t USING %s r WHERE %s".formatted(table, row, condition);
            };
        }
    }

    private static List<IntFunction<String>> parts(String row) {
        List<IntFunction<String>> parts = new ArrayList<>();
        int end = 0;
        for (MatchResult key : KEYS.matcher(row).results().toList()) {
            String between = row.substring(end, key.start());
            parts.add(life -> between);
            String text = key.group();
            if (text.startsWith("SAR-")) {
                parts.add(life -> "SAR-9%07d".formatted(life));
            } else if (text.startsWith("customer-")) {
                parts.add(life -> "customer-%d.floor.".formatted(life));
            } else if (text.startsWith("\"id\"")) {
                long id = Long.parseLong(text.substring("\"id\": ".length()));
                parts.add(life -> "\"id\": " + (id + 1_000_000L * life));
            } else {
                // The time in it: they grow, too.
                parts.add(life -> "%08x".formatted(life) + text.substring(8));
            }
            end = key.end();
        }
        String rest = row.substring(end);
        parts.add(life -> rest);
        return parts;
    }

    @Override
    public String name() {
        return "floor";
    }

    @Override
    public void live(Stopwatch stopwatch) {
        int life = LIVES.incrementAndGet();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            for (int next = 0; next < changes.size(); ) {
                next = transaction(connection, next, life);
                connection.commit();
            }
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private int transaction(Connection connection, int from, int life) throws SQLException {
        int next = from;
        while (next < changes.size()
                && changes.get(next).transaction() == changes.get(from).transaction()) {
            String sql = changes.get(next).sql();
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                while (next < changes.size()
                        && changes.get(next).sql().equals(sql)
                        && changes.get(next).transaction() == changes.get(from).transaction()) {
                    statement.setString(1, changes.get(next).in(life));
                    statement.addBatch();
                    next++;
                }
                statement.executeBatch();
            }
        }
        return next;
    }

    @Override
    public void resume() {
        // Nothing is done but what is asked for.
    }

    @Override
    public void pause() {
        // Likewise.
    }

    @Override
    public void close() {
        // The database is the application's.
    }
}
