package org.smartaccounts.measure;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A PostgreSQL that is as safe as one in production, and counts what it is asked. It lies under {@code target}, begins empty, and is stopped at
 * the end. Checkpoints are far apart, so that a write costs the same whenever it is made.
 */
public final class MeasuredDatabase implements AutoCloseable {

    private final EmbeddedPostgres server;

    private MeasuredDatabase(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Starts a server.
     *
     * @param name of its folder in {@code target}
     */
    public static MeasuredDatabase start(String name) {
        try {
            return new MeasuredDatabase(EmbeddedPostgres.builder()
                    .setDataDirectory(Path.of("target", name))
                    .setServerConfig("fsync", "on")
                    // Off unless somebody says so: a commit would not wait for the disk.
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("shared_buffers", "1GB")
                    .setServerConfig("checkpoint_timeout", "1h")
                    .setServerConfig("max_wal_size", "32GB")
                    .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                    .setServerConfig("pg_stat_statements.track", "all")
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JDBC address of a new, empty database; its user is {@code postgres}, without a password. */
    public String create(String name) {
        try (Connection connection =
                        DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return server.getJdbcUrl("postgres", name);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
