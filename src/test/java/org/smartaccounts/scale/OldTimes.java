package org.smartaccounts.scale;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes what has ended as old as if years had passed since, and looks at what is left of it. */
final class OldTimes {

    private final JdbcClient jdbc;

    OldTimes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All requests that have ended, and what the engine remembers of those that are over; how many requests there are. */
    int begin() {
        jdbc.sql("DROP TABLE IF EXISTS over").update();
        jdbc.sql("CREATE TABLE over AS SELECT id_ FROM act_hi_procinst WHERE end_time_ IS NOT NULL")
                .update();
        jdbc.sql("ANALYZE over").update();
        for (String table : history()) {
            jdbc.sql("""
                    UPDATE %s SET removal_time_ = localtimestamp - interval '1 day'
                    FROM over WHERE root_proc_inst_id_ = over.id_""".formatted(table)).update();
        }
        return jdbc.sql(
                        "UPDATE smart_account SET ended_at = ended_at - interval '2 years' WHERE ended_at IS NOT NULL AND anonymised_at IS NULL")
                .update();
    }

    /** What was anonymised was so long ago. */
    void goOn() {
        jdbc.sql(
                        "UPDATE smart_account SET anonymised_at = anonymised_at - interval '1 year' WHERE anonymised_at IS NOT NULL")
                .update();
    }

    /** So many requests are to be anonymised. */
    long toAnonymise() {
        return count(
                "SELECT count(*) FROM smart_account WHERE ended_at < now() - interval '1 year' AND anonymised_at IS NULL");
    }

    /** So many requests are to be removed. */
    long toRemove() {
        return count("SELECT count(*) FROM smart_account WHERE anonymised_at < now() - interval '180 days'");
    }

    /** So much the engine still remembers. */
    long remembered() {
        return history().stream()
                .mapToLong(table ->
                        count("SELECT count(*) FROM %s JOIN over ON root_proc_inst_id_ = over.id_".formatted(table)))
                .sum();
    }

    private long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    private List<String> history() {
        return jdbc.sql("""
                        SELECT table_name FROM information_schema.columns
                        WHERE table_schema = 'public' AND table_name LIKE 'act\\_hi\\_%'
                          AND column_name IN ('removal_time_', 'root_proc_inst_id_')
                        GROUP BY table_name HAVING count(*) = 2 ORDER BY table_name""").query(String.class).list();
    }
}
