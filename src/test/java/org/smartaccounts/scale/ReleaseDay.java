package org.smartaccounts.scale;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The day on which what was asked for on one day comes due. */
final class ReleaseDay {

    /** What the starter comes with, if nobody says anything else. */
    static final Map<String, String> DEFAULTS = Map.of("MIGRATE_AT_START", "false", "SPRING_APPLICATION_JSON", """
            {"spring.datasource.hikari.data-source-properties.reWriteBatchedInserts": false,
             "camunda.bpm": {
                "history-level": "full",
                "id-generator": "strong",
                "job-execution": {
                    "core-pool-size": 3,
                    "max-pool-size": 10,
                    "queue-capacity": 3,
                    "max-jobs-per-acquisition": 3,
                    "max-wait": 60000,
                    "backoff-time-in-millis": 0,
                    "max-backoff": 0},
                "eventing": {"execution": true, "history": true, "task": true},
                "metrics": {"enabled": true, "db-reporter-activate": true},
                "generic-properties.properties": {
                    "job-executor-acquire-by-due-date": false,
                    "ensure-job-due-date-not-null": false,
                    "history-removal-time-strategy": "end",
                    "task-metrics-enabled": true,
                    "cmmn-enabled": true,
                    "standalone-tasks-enabled": true}}}""");

    private static final Duration WARM_UP = Duration.ofMinutes(3);

    private final JdbcClient jdbc;

    /** The instance of one that has not come to its end, as far as is known. */
    private Optional<String> left = Optional.empty();

    ReleaseDay(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The time of so many requests is over, all in one moment; they were asked for one after the other. */
    void comes(int requests) {
        jdbc.sql("DROP TABLE IF EXISTS due").update();
        jdbc.sql("""
                CREATE TABLE due AS SELECT request_number, id_ AS instance
                FROM made JOIN smart_account USING (request_number) JOIN act_ru_execution ON business_key_ = request_number
                WHERE kind LIKE 'reminded%' AND status = 'PENDING' AND deadline > now() ORDER BY deadline LIMIT ?""").param(requests).update();
        jdbc.sql("ANALYZE due").update();
        endTheirTime("- interval '1 minute'");
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
            return !isAnyLeft();
        });
        return (System.nanoTime() - begin) / 1e9;
    }

    /** One customer who looks at the page stands for many, of whom none would look too often. */
    void forgetLooks() {
        jdbc.sql("DELETE FROM rate_limit").update();
    }

    /** Those who are left have another month. */
    void isOver() {
        endTheirTime("+ interval '1 month'");
    }

    /** The time of those who have not decided ends so long before or after this moment. */
    private void endTheirTime(String interval) {
        jdbc.sql("""
                WITH ends AS (
                    UPDATE smart_account SET deadline = now() %1$s FROM due
                    WHERE smart_account.request_number = due.request_number AND status = 'PENDING')
                UPDATE act_ru_job SET duedate_ = localtimestamp %1$s, rev_ = act_ru_job.rev_ + 1
                FROM due JOIN act_ru_jobdef ON act_id_ = 'Event_waitExpired'
                WHERE process_instance_id_ = instance AND job_def_id_ = act_ru_jobdef.id_""".formatted(interval)).update();
    }

    /**
     * Whether any has not come to its end. The same one is asked after until it has: to count them each time would keep a processor from
     * those that work.
     */
    private boolean isAnyLeft() {
        if (left.filter(instance -> jdbc.sql("SELECT EXISTS (SELECT FROM act_ru_execution WHERE id_ = ?)")
                        .param(instance)
                        .query(Boolean.class)
                        .single())
                .isEmpty()) {
            left = jdbc.sql(
                            "SELECT instance FROM due WHERE EXISTS (SELECT FROM act_ru_execution WHERE id_ = instance) LIMIT 1")
                    .query(String.class)
                    .optional();
        }
        return left.isPresent();
    }

    /** How many such jobs have ever been done: a timer each, and an email to each who is told. */
    long jobsDone() {
        return jdbc.sql("""
                SELECT coalesce(sum(total), 0) FROM (SELECT kind, name, detail, total FROM tally UNION ALL SELECT kind, name, detail, amount FROM tally_mark) marks
                WHERE (kind, name) = ('request', 'expired') OR kind = 'email' AND name LIKE 'requestExpired%' AND detail = 'sent'""").query(Long.class).single();
    }

    /**
     * Jobs a second, from the fourth minute after the first of them is done until all are; in those before, the compiler is busy too. One
     * minute would not do: what a scan meets depends on when the database has last tidied up.
     *
     * @param patience how long to wait at most; if there are some left then, those that are done count
     */
    double rate(Duration patience) {
        long before = jobsDone();
        awaitAtMost(Duration.ofMinutes(3), () -> jobsDone() > before);
        awaitAtMost(WARM_UP, () -> !isAnyLeft());
        long warm = jobsDone();
        long begin = System.nanoTime();
        awaitAtMost(patience, () -> !isAnyLeft());
        return (jobsDone() - warm) / ((System.nanoTime() - begin) / 1e9);
    }

    private void awaitAtMost(Duration patience, BooleanSupplier end) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < patience.toNanos() && !end.getAsBoolean()) {
            forgetLooks();
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
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
