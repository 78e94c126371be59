package org.smartaccounts.operations.cockpit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.runtime.Incident;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What has failed, and is tried again or waits for somebody. A mail server that is down for an hour is one line, however many emails wait. Only
 * jobs that have failed are looked at, by index, whatever number of others there is.
 */
@Component
class FailedSteps {

    /** More kinds of failures at once nobody reads. */
    static final int MOST = 20;

    /** Of a stack trace the end is repetition. */
    private static final int ENOUGH = 50_000;

    /** Numbers of requests and ids of the engine are all that distinguishes many errors. */
    private static final String FAILED = """
            WITH failed AS (
                SELECT coalesce(job.failed_act_id_, split_part(definition.act_id_, '#', 1), '') AS element,
                    job.retries_ = 0 AS stopped, job.suspension_state_ = 2 AS suspended, count(*) AS times,
                    min(job.duedate_) AS next,
                    min(incident.incident_timestamp_) AS since,
                    (array_agg(job.id_ ORDER BY job.duedate_ DESC, job.id_))[1] AS example
                FROM act_ru_job job
                LEFT JOIN act_ru_jobdef definition ON definition.id_ = job.job_def_id_
                LEFT JOIN act_ru_incident incident ON incident.configuration_ = job.id_ AND incident.incident_type_ = 'failedJob'
                WHERE job.exception_stack_id_ IS NOT NULL AND job.%s
                GROUP BY 1, 2, 3, regexp_replace(coalesce(job.exception_msg_, ''), 'SAR-[0-9]+|[0-9a-f-]{36}', '', 'g')
                ORDER BY stopped DESC, times DESC, element LIMIT :most
            )
            SELECT failed.*, job.process_def_id_, job.process_instance_id_, coalesce(job.exception_msg_, '') AS message,
                left(convert_from(trace.bytes_, 'UTF8'), :enough) AS trace
            FROM failed JOIN act_ru_job job ON job.id_ = failed.example LEFT JOIN act_ge_bytearray trace ON trace.id_ = job.exception_stack_id_
            ORDER BY stopped DESC, times DESC, element""";

    private final JdbcClient jdbc;

    FailedSteps(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of one process instance, what has stopped first. */
    List<FailedStep> ofInstance(String id) {
        return failed("process_instance_id_ = :of", id);
    }

    /** Those of all instances of a process, whatever their version; the most frequent first of those that have stopped. */
    List<FailedStep> ofProcess(String key) {
        return failed("process_def_key_ = :of", key);
    }

    /** The one behind an incident, also if it is not about a job. */
    FailedStep of(Incident incident) {
        return failed("id_ = :of", String.valueOf(incident.getConfiguration())).stream()
                .findFirst()
                .orElseGet(() -> new FailedStep(
                        incident.getProcessDefinitionId(),
                        incident.getProcessInstanceId(),
                        Objects.requireNonNullElse(incident.getActivityId(), ""),
                        1,
                        true,
                        false,
                        null,
                        incident.getIncidentTimestamp().toInstant(),
                        Objects.requireNonNullElse(incident.getIncidentMessage(), "")));
    }

    /** Those of all processes. */
    List<FailedStep> ofAll() {
        return failed("process_def_key_ <> :of", "");
    }

    private List<FailedStep> failed(String which, String value) {
        return jdbc.sql(FAILED.formatted(which))
                .param("of", value)
                .param("most", MOST)
                .param("enough", ENOUGH)
                .query((row, index) -> step(row))
                .list();
    }

    private static FailedStep step(ResultSet row) throws SQLException {
        return new FailedStep(
                row.getString("process_def_id_"),
                row.getString("process_instance_id_"),
                row.getString("element"),
                row.getLong("times"),
                row.getBoolean("stopped"),
                row.getBoolean("suspended"),
                moment(row, "next"),
                moment(row, "since"),
                row.getString("message") + "\n" + Objects.requireNonNullElse(row.getString("trace"), ""));
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        @Nullable Timestamp moment = row.getTimestamp(column);
        return moment == null ? null : moment.toInstant();
    }
}
