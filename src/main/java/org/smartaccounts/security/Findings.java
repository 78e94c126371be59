package org.smartaccounts.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.smartaccounts.account.Problem;
import org.smartaccounts.security.Finding.Severity;
import org.smartaccounts.security.Finding.State;
import org.smartaccounts.security.Suspicion.Outcome;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the checks have found. The same is not found twice: while its facts are the same it is known, whether it waits for a decision or
 * has been decided.
 */
@Component
public class Findings {

    /** As long as a reason may be, in characters. */
    public static final int MAX_REASON = 2000;

    /**
     * What makes a suspicion known.
     *
     * @param requestNumber about which account
     * @param fingerprint   of the suspicion
     */
    record Known(String requestNumber, String fingerprint) {

        static Known of(Suspicion suspicion) {
            return new Known(suspicion.account().requestNumber(), suspicion.fingerprint());
        }
    }

    private static final String ADD = """
            INSERT INTO security_finding (request_number, outcome, severity, message, facts, fingerprint, found_at, state, review)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";

    private final ObjectMapper json = JsonMapper.builder().build();
    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Clock clock;

    Findings(JdbcClient jdbc, JdbcTemplate batches, Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.clock = clock;
    }

    /** What is known of these accounts. */
    Set<Known> known(Collection<String> requestNumbers) {
        return new HashSet<>(jdbc.sql("""
                        SELECT request_number, fingerprint FROM security_finding
                        WHERE request_number = ANY(?) AND state <> 'UNDECIDED'""")
                .param(1, requestNumbers.toArray(String[]::new))
                .query(Known.class)
                .list());
    }

    /**
     * Writes suspicions down.
     *
     * @param review the how-manieth review of the account they belong to; 0 for what is only watched
     */
    void add(Collection<Suspicion> suspicions, int review) {
        Timestamp now = Timestamp.from(clock.instant());
        batches.batchUpdate(ADD, suspicions, Math.max(suspicions.size(), 1), (row, suspicion) -> {
            State state = suspicion.outcome() == Outcome.REVIEW ? State.OPEN : State.WATCHED;
            setAll(
                    row,
                    suspicion.account().requestNumber(),
                    suspicion.outcome().name(),
                    suspicion.severity().name(),
                    suspicion.message(),
                    written(suspicion.account()),
                    suspicion.fingerprint(),
                    now,
                    state.name(),
                    review);
        });
    }

    private static void setAll(PreparedStatement row, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            row.setObject(i + 1, values[i]);
        }
    }

    /** How often the account has come under review; 0 if never. */
    int reviews(String requestNumber) {
        return jdbc.sql("SELECT coalesce(max(review), 0) FROM security_finding WHERE request_number = ?")
                .param(requestNumber)
                .query(Integer.class)
                .single();
    }

    /** What licensing support has not decided for good: open, or the reason why the account is suspended. The most serious comes first. */
    List<Finding> underReview(String requestNumber) {
        return jdbc.sql("""
                        SELECT * FROM security_finding WHERE request_number = ? AND state IN ('OPEN', 'SUSPENDED')
                        ORDER BY array_position(ARRAY['HIGH', 'MEDIUM', 'LOW'], severity), id""")
                .param(requestNumber)
                .query((row, index) -> finding(row))
                .list();
    }

    /**
     * What is under review is decided.
     *
     * @param by     a user; empty for time
     * @param reason at most {@link #MAX_REASON} characters
     */
    void decide(String requestNumber, State state, String by, String reason) {
        jdbc.sql("""
                        UPDATE security_finding SET state = ?, decided_by = ?, decided_at = ?, reason = ?
                        WHERE request_number = ? AND state IN ('OPEN', 'SUSPENDED')""")
                .params(state.name(), by, Timestamp.from(clock.instant()), reason, requestNumber)
                .update();
    }

    /** The last findings, the newest first. */
    public List<Finding> last(int number) {
        return jdbc.sql("SELECT * FROM security_finding ORDER BY found_at DESC, id DESC LIMIT ?")
                .param(number)
                .query((row, index) -> finding(row))
                .list();
    }

    /** Those about one account, the newest first. */
    public List<Finding> of(String requestNumber) {
        return jdbc.sql("SELECT * FROM security_finding WHERE request_number = ? ORDER BY found_at DESC, id DESC")
                .param(requestNumber)
                .query((row, index) -> finding(row))
                .list();
    }

    private Finding finding(ResultSet row) throws SQLException {
        return new Finding(
                row.getString("request_number"),
                Severity.valueOf(row.getString("severity")),
                Problem.of(
                        row.getString("message"), read(row.getString("facts")).arguments()),
                row.getTimestamp("found_at").toInstant(),
                State.valueOf(row.getString("state")),
                row.getString("decided_by"),
                Optional.ofNullable(row.getTimestamp("decided_at"))
                        .map(Timestamp::toInstant)
                        .orElse(null),
                row.getString("reason"));
    }

    private String written(CheckedAccount account) {
        try {
            return json.writeValueAsString(account);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private CheckedAccount read(String facts) {
        try {
            return json.readValue(facts, CheckedAccount.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A finding has facts that cannot be read", e);
        }
    }
}
