package org.smartaccounts.operations.metrics;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Asks the engine's tables what there is to do. The engine's own queries would need one for each number; these read only jobs that are due, over
 * the index of due dates: of the timers that wait for the end of ninety days there may be a million.
 */
@Component
class Engine {

    private final JdbcClient jdbc;
    private final Clock clock;

    Engine(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    WaitingWork waiting() {
        Instant now = clock.instant();
        return jdbc.sql("""
                SELECT due.*, incident.*, (SELECT count(*) FROM act_ru_job WHERE retries_ = 0) AS failed
                FROM (SELECT count(*) AS executable,
                             count(*) FILTER (WHERE greatest(duedate_, create_time_) <= :overdue) AS overdue,
                             -- One that is made late has not been waiting before.
                             min(greatest(duedate_, create_time_)) AS since
                      FROM act_ru_job
                      -- As the job executor asks.
                      WHERE duedate_ <= :now AND retries_ > 0 AND suspension_state_ = 1
                        AND (lock_owner_ IS NULL OR lock_exp_time_ < :now)) due,
                     (SELECT count(*) AS incidents, min(incident_timestamp_) AS oldest
                      FROM act_ru_incident WHERE id_ = root_cause_incident_id_) incident""")
                // Without a zone, as the engine writes them.
                .param("now", Timestamp.from(now))
                .param("overdue", Timestamp.from(now.minus(WaitingWork.PATIENCE)))
                .query((row, index) -> new WaitingWork(
                        row.getLong("executable"),
                        row.getLong("overdue"),
                        age(row, "since", now),
                        row.getLong("failed"),
                        row.getLong("incidents"),
                        age(row, "oldest", now)))
                .single();
    }

    private static Duration age(ResultSet row, String column, Instant now) throws SQLException {
        @Nullable Timestamp since = row.getTimestamp(column);
        return since == null || now.isBefore(since.toInstant())
                ? Duration.ZERO
                : Duration.between(since.toInstant(), now);
    }

    List<LiveProcess> live() {
        return jdbc.sql("""
                SELECT DISTINCT ON (key_) key_ AS process, coalesce(version_tag_, '') AS version, version_ AS number
                FROM act_re_procdef ORDER BY key_, version_ DESC""").query(LiveProcess.class).list();
    }
}
