package org.smartaccounts.operations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Of all nodes one moves requests at a time. Whose turn it is, a lock in the database says, which a connection holds: it ends with the
 * node, however that ends.
 */
@Component
class MigrationTurn {

    /** Any number, as long as nothing else in this database locks it. */
    private static final long LOCK = 7_240_001;

    /** Until it is closed, no other node has its turn. */
    interface Held extends AutoCloseable {

        @Override
        void close();
    }

    private final DataSource dataSource;
    private final JdbcClient jdbc;

    MigrationTurn(DataSource dataSource, JdbcClient jdbc) {
        this.dataSource = dataSource;
        this.jdbc = jdbc;
    }

    /** Takes the turn; empty if somebody else has it. */
    Optional<Held> tryTake() {
        return take("SELECT pg_try_advisory_lock(?)");
    }

    /** Takes the turn as soon as nobody else has it. */
    Held await() {
        return take("SELECT pg_advisory_lock(?) IS NOT NULL").orElseThrow();
    }

    /** Whether somebody has it now, on whichever node. */
    boolean isTaken() {
        return jdbc.sql("""
                SELECT EXISTS (SELECT 1 FROM pg_locks
                               WHERE locktype = 'advisory' AND granted AND objsubid = 1
                                 AND (classid::bigint << 32) + objid::bigint = ?
                                 AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))""").param(LOCK).query(Boolean.class).single();
    }

    @SuppressWarnings("MustBeClosedChecker")
    private Optional<Held> take(String sql) {
        try {
            Connection connection = dataSource.getConnection();
            boolean taken = false;
            try {
                taken = ask(connection, sql);
            } finally {
                if (!taken) {
                    connection.close();
                }
            }
            return taken ? Optional.of(() -> release(connection)) : Optional.empty();
        } catch (SQLException e) {
            throw new IllegalStateException("The database does not say whose turn it is to move requests", e);
        }
    }

    private static void release(Connection held) {
        try (held) {
            ask(held, "SELECT pg_advisory_unlock(?)");
        } catch (SQLException e) {
            throw new IllegalStateException("The database did not let the next node move requests", e);
        }
    }

    private static boolean ask(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, LOCK);
            try (ResultSet answer = statement.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }
}
