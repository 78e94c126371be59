package org.smartaccounts.measure;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * A PostgreSQL that is as safe as one in production, and counts what it is asked. It lies under {@code target}, begins empty, and is stopped at
 * the end. Checkpoints are far apart, so that a write costs the same whenever it is made.
 */
public final class MeasuredDatabase implements AutoCloseable {

    private final EmbeddedPostgres server;
    private final ProcessHandle process;

    private MeasuredDatabase(EmbeddedPostgres server, ProcessHandle process) {
        this.server = server;
        this.process = process;
    }

    /**
     * Starts a server.
     *
     * @param name of its folder in {@code target}
     */
    public static MeasuredDatabase start(String name) {
        try {
            Path data = Path.of("target", name);
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setServerConfig("fsync", "on")
                    // Off unless somebody says so: a commit would not wait for the disk.
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("shared_buffers", "1GB")
                    .setServerConfig("checkpoint_timeout", "1h")
                    .setServerConfig("max_wal_size", "32GB")
                    .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                    .setServerConfig("pg_stat_statements.track", "all")
                    .start();
            long pid = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0));
            return new MeasuredDatabase(server, ProcessHandle.of(pid).orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on statements are not counted, which takes time. */
    public void countNoMore() {
        run("ALTER SYSTEM SET pg_stat_statements.track = 'none'");
        run("SELECT pg_reload_conf()");
    }

    /** The time of a processor that its processes have used so far; the one of a connection that was closed is no longer in it. */
    public Duration used() {
        return Stream.concat(Stream.of(process), process.children())
                .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** The JDBC address of a new, empty database; its user is {@code postgres}, without a password. */
    public String create(String name) {
        run("CREATE DATABASE " + name);
        return server.getJdbcUrl("postgres", name);
    }

    private void run(String sql) {
        try (Connection connection =
                        DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
