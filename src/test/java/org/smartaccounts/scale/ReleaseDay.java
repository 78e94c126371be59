package org.smartaccounts.scale;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The day on which what was asked for on one day comes due. */
final class ReleaseDay {

    /** What the starter comes with, if nobody says anything else. */
    static final Map<String, String> DEFAULTS = Map.of(
            "CAMUNDA_BPM_HISTORYLEVEL", "full",
            "CAMUNDA_BPM_JOBEXECUTION_COREPOOLSIZE", "3",
            "CAMUNDA_BPM_JOBEXECUTION_MAXPOOLSIZE", "10",
            "CAMUNDA_BPM_JOBEXECUTION_QUEUECAPACITY", "3",
            "CAMUNDA_BPM_JOBEXECUTION_MAXJOBSPERACQUISITION", "3",
            "CAMUNDA_BPM_JOBEXECUTION_MAXWAIT", "60000",
            "CAMUNDA_BPM_JOBEXECUTION_BACKOFFTIMEINMILLIS", "0",
            "CAMUNDA_BPM_JOBEXECUTION_MAXBACKOFF", "0",
            "CAMUNDA_BPM_GENERICPROPERTIES_PROPERTIES_JOBEXECUTORACQUIREBYDUEDATE", "false",
            "MIGRATE_AT_START", "false");

    private final JdbcClient jdbc;

    ReleaseDay(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The time of so many requests is over, all in one moment. */
    void comes(int requests) {
        jdbc.sql("DROP TABLE IF EXISTS due").update();
        jdbc.sql("""
                CREATE TABLE due AS SELECT request_number, id_ AS instance
                FROM made JOIN smart_account USING (request_number) JOIN act_ru_execution ON business_key_ = request_number
                WHERE kind LIKE 'reminded%' AND status = 'PENDING' AND deadline > now() ORDER BY made.id LIMIT ?""").param(requests).update();
        jdbc.sql("ANALYZE due").update();
        jdbc.sql("""
                WITH over AS (
                    UPDATE smart_account SET deadline = now() - interval '1 minute' FROM due
                    WHERE smart_account.request_number = due.request_number)
                UPDATE act_ru_job SET duedate_ = localtimestamp - interval '1 minute'
                FROM due JOIN act_ru_jobdef ON act_id_ = 'Event_waitExpired'
                WHERE process_instance_id_ = instance AND job_def_id_ = act_ru_jobdef.id_""").update();
    }

    /** What became of them. */
    record Ends(long expired, long entries, long ended, long told, long twice, long incidents) {}

    Ends ends() {
        return jdbc.sql("""
                SELECT count(*) FILTER (WHERE status = 'EXPIRED') AS expired,
                    count(*) FILTER (WHERE NOT EXISTS (SELECT FROM act_ru_execution WHERE id_ = instance)) AS ended,
                    (SELECT count(*) FROM timeline_entry JOIN due USING (request_number) WHERE status = 'EXPIRED') AS entries,
                    (SELECT count(*) FROM email JOIN due USING (request_number) WHERE template LIKE 'requestExpired%' AND state = 'SENT') AS told,
                    (SELECT count(*) FROM (SELECT FROM timeline_entry JOIN due USING (request_number) WHERE status = 'EXPIRED'
                        GROUP BY request_number HAVING count(*) > 1) more) AS twice,
                    (SELECT count(*) FROM act_ru_incident) AS incidents
                FROM due JOIN smart_account USING (request_number)""").query(Ends.class).single();
    }

    /** Waits until all have come to their end; how many seconds that took. */
    double awaitEnd(Duration patience) {
        long begin = System.nanoTime();
        await().atMost(patience).pollInterval(Duration.ofMillis(500)).until(() -> {
            forgetLooks();
            return left() == 0;
        });
        return (System.nanoTime() - begin) / 1e9;
    }

    /** One customer who looks at the page stands for many, of whom none would look too often. */
    void forgetLooks() {
        jdbc.sql("DELETE FROM rate_limit").update();
    }

    /** How many have not come to their end. */
    long left() {
        return jdbc.sql("SELECT count(*) FROM due WHERE EXISTS (SELECT FROM act_ru_execution WHERE id_ = instance)")
                .query(Long.class)
                .single();
    }

    /** How many of their jobs have been done: a timer each, and an email to each who is told. */
    long jobsDone() {
        return jdbc.sql("""
                SELECT (SELECT count(*) FROM due JOIN smart_account USING (request_number) WHERE status = 'EXPIRED')
                    + (SELECT count(*) FROM email JOIN due USING (request_number) WHERE template LIKE 'requestExpired%' AND state = 'SENT')""").query(Long.class).single();
    }

    /** The database as the starter would have made it, or as ours is. */
    void defaults(boolean asTheyCome) {
        // What the engine compares its own level with.
        jdbc.sql("UPDATE act_ge_property SET value_ = ? WHERE name_ = 'historyLevel'")
                .param(asTheyCome ? "3" : "24")
                .update();
        jdbc.sql(
                        asTheyCome
                                ? "DROP INDEX IF EXISTS job_by_due_date"
                                : "CREATE INDEX IF NOT EXISTS job_by_due_date ON act_ru_job (duedate_)")
                .update();
    }
}
