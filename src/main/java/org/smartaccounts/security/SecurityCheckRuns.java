package org.smartaccounts.security;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.smartaccounts.security.SecurityCheckRun.State;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The runs of the checks: how far each has come, and what came of it. At most one is under way, over all nodes. */
@Component
public class SecurityCheckRuns {

    private final JdbcClient jdbc;
    private final Clock clock;

    SecurityCheckRuns(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Begins a run.
     *
     * @param startedBy a user; empty for the timer
     * @return its id; empty if another is under way
     */
    Optional<Long> begin(String startedBy) {
        return jdbc.sql("""
                        INSERT INTO security_check_run (started_at, started_by, state) VALUES (?, ?, 'RUNNING')
                        ON CONFLICT (state) WHERE state = 'RUNNING' DO NOTHING RETURNING id""").params(now(), startedBy).query(Long.class).optional();
    }

    /** A run for a change: until the end of the transaction nobody else can go on with it. */
    SecurityCheckRun lock(long id) {
        return jdbc.sql("SELECT * FROM security_check_run WHERE id = ? FOR UPDATE")
                .param(id)
                .query((row, index) -> run(row))
                .single();
    }

    /** The run has come further. */
    void progress(SecurityCheckRun run) {
        jdbc.sql("""
                        UPDATE security_check_run SET checked_up_to = ?, checked = ?, watched = ?, to_review = ?, known = ? WHERE id = ?""")
                .params(run.checkedUpTo(), run.checked(), run.watched(), run.toReview(), run.known(), run.id())
                .update();
    }

    /** The run is over, unless it is already. */
    void end(long id, State state) {
        jdbc.sql("UPDATE security_check_run SET state = ?, ended_at = ? WHERE id = ? AND state = 'RUNNING'")
                .params(state.name(), now(), id)
                .update();
    }

    /** Whether one is under way. */
    public boolean isUnderWay() {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM security_check_run WHERE state = 'RUNNING')")
                .query(Boolean.class)
                .single();
    }

    /** The last runs, the newest first. */
    public List<SecurityCheckRun> last(int number) {
        return jdbc.sql("SELECT * FROM security_check_run ORDER BY id DESC LIMIT ?")
                .param(number)
                .query((row, index) -> run(row))
                .list();
    }

    private static SecurityCheckRun run(ResultSet row) throws SQLException {
        return new SecurityCheckRun(
                row.getLong("id"),
                row.getTimestamp("started_at").toInstant(),
                row.getString("started_by"),
                State.valueOf(row.getString("state")),
                Optional.ofNullable(row.getTimestamp("ended_at"))
                        .map(Timestamp::toInstant)
                        .orElse(null),
                row.getString("checked_up_to"),
                row.getLong("checked"),
                row.getLong("watched"),
                row.getLong("to_review"),
                row.getLong("known"));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
