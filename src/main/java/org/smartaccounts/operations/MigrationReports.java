package org.smartaccounts.operations;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.operations.MoveResult.Outcome;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What runs have come to, in the database: page by page while they go on, so that one that is broken off has said almost everything. */
@Component
class MigrationReports {

    /**
     * A run. Its methods are public for the template.
     *
     * @param startedBy a user; empty for the start of the application
     * @param trial     whether nothing was changed
     * @param requests  how many were to be looked at
     * @param endedAt   null if it is under way, or was broken off
     */
    record Report(
            long id,
            Instant startedAt,
            String startedBy,
            boolean trial,
            long requests,
            @Nullable Instant endedAt,
            List<Line> lines) {

        /** How many have been looked at. */
        public long done() {
            return lines.stream().mapToLong(Line::requests).sum();
        }
    }

    /**
     * Requests of one version that came to the same.
     *
     * @param example one of them, by its number
     */
    record Line(String from, String to, Outcome outcome, String detail, long requests, String example) {

        static Line of(VersionChange change, MoveResult result, WaitingRequest request) {
            return new Line(
                    VersionChange.name(change.from()),
                    VersionChange.name(change.to()),
                    result.outcome(),
                    result.detail(),
                    1,
                    request.requestNumber());
        }

        Line plus(Line other) {
            return new Line(from, to, outcome, detail, requests + other.requests, example);
        }
    }

    private final JdbcClient jdbc;
    private final Clock clock;

    MigrationReports(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Begins the report of a run; its id. */
    long begin(String startedBy, boolean trial, long requests) {
        return jdbc.sql("""
                INSERT INTO running_requests_run (started_at, started_by, trial, requests) VALUES (?, ?, ?, ?)
                RETURNING id""")
                .params(clock.instant().atOffset(ZoneOffset.UTC), startedBy, trial, requests)
                .query(Long.class)
                .single();
    }

    /** Adds requests to the run's others that came to the same. */
    void add(long run, Line line) {
        jdbc.sql("""
                INSERT INTO running_requests_result AS result
                    (run_id, from_version, to_version, outcome, detail, requests, example) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (run_id, from_version, to_version, outcome, detail)
                    DO UPDATE SET requests = result.requests + excluded.requests""")
                .params(
                        run,
                        line.from(),
                        line.to(),
                        line.outcome().name(),
                        line.detail(),
                        line.requests(),
                        line.example())
                .update();
    }

    void end(long run) {
        jdbc.sql("UPDATE running_requests_run SET ended_at = ? WHERE id = ?")
                .params(clock.instant().atOffset(ZoneOffset.UTC), run)
                .update();
    }

    Report get(long run) {
        return reports("WHERE id = ?", run).get(0);
    }

    /** The last runs, the newest first. */
    List<Report> last(int number) {
        return reports("ORDER BY id DESC LIMIT ?", number);
    }

    private List<Report> reports(String which, long parameter) {
        return jdbc.sql("SELECT * FROM running_requests_run " + which)
                .param(parameter)
                .query((row, index) -> {
                    long id = row.getLong("id");
                    return new Report(
                            id,
                            row.getTimestamp("started_at").toInstant(),
                            row.getString("started_by"),
                            row.getBoolean("trial"),
                            row.getLong("requests"),
                            Optional.ofNullable(row.getTimestamp("ended_at"))
                                    .map(Timestamp::toInstant)
                                    .orElse(null),
                            lines(id));
                })
                .list();
    }

    private List<Line> lines(long run) {
        return jdbc.sql("""
                SELECT * FROM running_requests_result WHERE run_id = ?
                ORDER BY from_version, outcome <> 'MOVED', outcome, detail""")
                .param(run)
                .query((row, index) -> new Line(
                        row.getString("from_version"),
                        row.getString("to_version"),
                        Outcome.valueOf(row.getString("outcome")),
                        row.getString("detail"),
                        row.getLong("requests"),
                        row.getString("example")))
                .list();
    }
}
