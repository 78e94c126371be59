package org.smartaccounts.scale;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * All rows of one request that the application has made: those that name it, those that name one of these, and so on, in whichever table. So it stays
 * right when the diagram, the engine or our tables change.
 */
final class Prototype {

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** A column of a table. */
    record Column(String name, String type, boolean isIdentity) {

        boolean isText() {
            return type.equals("text") || type.startsWith("character");
        }
    }

    /**
     * A row.
     *
     * @param place where PostgreSQL keeps it
     * @param texts what its columns say that are texts
     */
    record Row(String table, String place, Map<String, String> texts) {}

    private final JdbcClient jdbc;
    private final Map<String, List<Column>> tables;
    private final List<Row> rows = new ArrayList<>();
    private final Set<String> ids;

    private Prototype(JdbcClient jdbc, Map<String, List<Column>> tables, Set<String> ids) {
        this.jdbc = jdbc;
        this.tables = tables;
        this.ids = ids;
    }

    /** Looks for the rows of a request. */
    static Prototype of(JdbcClient jdbc, String requestNumber) {
        Prototype prototype = new Prototype(jdbc, columns(jdbc), new LinkedHashSet<>(List.of(requestNumber)));
        prototype.find();
        return prototype;
    }

    private static Map<String, List<Column>> columns(JdbcClient jdbc) {
        Map<String, List<Column>> tables = new LinkedHashMap<>();
        jdbc.sql("""
                        SELECT c.table_name, c.column_name, c.data_type, c.is_identity
                        FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
                        WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
                        ORDER BY c.table_name, c.ordinal_position""").query(row -> {
            tables.computeIfAbsent(row.getString(1), name -> new ArrayList<>())
                    .add(new Column(
                            row.getString(2), row.getString(3), row.getString(4).equals("YES")));
        });
        return tables;
    }

    private void find() {
        int known;
        do {
            known = ids.size();
            rows.clear();
            tables.forEach(this::findIn);
        } while (ids.size() > known);
    }

    private void findIn(String table, List<Column> columns) {
        List<String> texts =
                columns.stream().filter(Column::isText).map(Column::name).toList();
        if (texts.isEmpty()) {
            return;
        }
        String condition = texts.stream().map("%s = ANY(:ids)"::formatted).collect(Collectors.joining(" OR "));
        jdbc.sql("SELECT ctid::text AS place, * FROM %s WHERE %s ORDER BY ctid".formatted(table, condition))
                .param("ids", ids.toArray(String[]::new))
                .query(row -> {
                    Map<String, String> said = new LinkedHashMap<>();
                    for (String column : texts) {
                        String text = row.getString(column);
                        if (text != null) {
                            said.put(column, text);
                        }
                    }
                    rows.add(new Row(table, row.getString("place"), said));
                });
        rows.stream().filter(row -> row.table().equals(table)).forEach(row -> {
            String id = row.texts().get("id_");
            if (id != null) {
                ids.add(id);
            }
            // Long texts lie in a table of their own, which does not say whose they are.
            String bytes = row.texts().get("bytearray_id_");
            if (bytes != null) {
                ids.add(bytes);
            }
        });
    }

    List<Row> rows() {
        return rows;
    }

    List<Column> columns(String table) {
        return tables.getOrDefault(table, List.of());
    }

    /** Everything by which one of these rows is told from all others: of each copy it has to be another. Those of the process and its deployment stay. */
    Set<String> identities() {
        Set<String> shared = new HashSet<>(jdbc.sql("""
                SELECT id_ FROM act_re_procdef UNION SELECT id_ FROM act_re_deployment UNION SELECT id_ FROM act_ru_jobdef
                UNION SELECT id_ FROM act_re_decision_def UNION SELECT id_ FROM act_re_camformdef""").query(String.class).list());
        Set<String> own = new TreeSet<>();
        for (Row row : rows) {
            for (String text : row.texts().values()) {
                if (!shared.contains(text)) {
                    Matcher uuid = UUID.matcher(text);
                    while (uuid.find()) {
                        own.add(uuid.group());
                    }
                }
            }
        }
        return own;
    }
}
