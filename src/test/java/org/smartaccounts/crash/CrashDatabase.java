package org.smartaccounts.crash;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.util.TestSocketUtils;

/** A PostgreSQL of its own, with {@code fsync} on, that can be stopped as its administrators do, and started again on the same data. */
final class CrashDatabase implements AutoCloseable {

    /** How it is stopped. */
    enum Stop {
        /** Whoever is connected is thrown out, and everything is written. */
        FAST("INT"),
        /** As if the power failed. */
        IMMEDIATE("QUIT");

        private final String signal;

        Stop(String signal) {
            this.signal = signal;
        }
    }

    private final Path data;
    private final int port = TestSocketUtils.findAvailableTcpPort();
    private @Nullable EmbeddedPostgres server;

    CrashDatabase(Path home) {
        data = home.resolve("postgresql");
    }

    /** Starts it; returns when it takes connections. */
    void start() {
        try {
            server = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPort(port)
                    .setPGStartupWait(Duration.ofMinutes(1))
                    .setServerConfig("fsync", "on")
                    // As in production: the embedded one would forget what it has just promised.
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("max_connections", "200")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("The database does not start", e);
        }
    }

    /** Stops it; returns when it is gone. */
    void stop(Stop how) {
        try {
            long pid = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
            ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
            new ProcessBuilder("kill", "-s", how.signal, String.valueOf(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
            postmaster.onExit().get(1, TimeUnit.MINUTES);
            if (server != null) {
                // It lets go of the folder.
                server.close();
                server = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (Exception e) {
            throw new AssertionError("The database does not stop", e);
        }
    }

    /** The address for a node, whose connections are known by its name. */
    String urlFor(String node) {
        return "jdbc:postgresql://localhost:%d/postgres?ApplicationName=%s".formatted(port, node);
    }

    /** The harness's own way in: a connection for each statement, so that none is stale. */
    JdbcClient client() {
        return JdbcClient.create(dataSource());
    }

    private DriverManagerDataSource dataSource() {
        return new DriverManagerDataSource(urlFor("harness"), "postgres", "");
    }

    /** Whether what it has committed is on the disk. */
    boolean keepsItsWord() {
        return client().sql("""
                        SELECT bool_and(setting = 'on') FROM pg_settings
                        WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes')""").query(Boolean.class).single();
    }

    /** Cuts all connections of a node; how many there were. */
    int cut(String node) {
        return client().sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = ?")
                .param(node)
                .query(Integer.class)
                .single();
    }

    boolean isConnected(String node) {
        return client().sql("SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE application_name = ?)")
                .param(node)
                .query(Boolean.class)
                .single();
    }

    /** Does something while nobody can write to a table; whoever wants to is kept in the middle of a transaction. */
    void whileNobodyWrites(String table, Runnable act) {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE " + table + " IN SHARE ROW EXCLUSIVE MODE");
            try {
                act.run();
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether a transaction of a node is kept from writing. */
    boolean isHeld(String node) {
        return client().sql("""
                        SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE application_name = ? AND wait_event_type = 'Lock')""").param(node).query(Boolean.class).single();
    }

    @Override
    public void close() {
        if (server != null) {
            stop(Stop.IMMEDIATE);
        }
    }
}
