package org.smartaccounts.scale;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL as safe as one in production, which can write the plan of each statement into its log. It lies under {@code target}, begins empty, and is
 * stopped at the end.
 */
final class ExplainedServer implements AutoCloseable {

    /** Whether a server goes on with what the last one has left behind, and leaves it to the next: then a million requests are made only once. */
    private static final boolean KEPT = Boolean.getBoolean("scale.keep");

    private final EmbeddedPostgres server;
    private final Path logs;

    /** When the writing down was last begun. */
    private Instant begin = Instant.EPOCH;

    private ExplainedServer(EmbeddedPostgres server, Path logs) {
        this.server = server;
        this.logs = logs;
    }

    /**
     * Starts a server.
     *
     * @param name of its folder in {@code target}
     */
    static ExplainedServer start(String name) {
        Path data = Path.of("target", name).toAbsolutePath();
        try {
            if (!KEPT) {
                FileSystemUtils.deleteRecursively(data);
            }
            return new ExplainedServer(
                    EmbeddedPostgres.builder()
                            .setDataDirectory(data)
                            .setCleanDataDirectory(!KEPT)
                            .setServerConfig("fsync", "on")
                            // Off unless somebody says so: a commit would not wait for the disk.
                            .setServerConfig("synchronous_commit", "on")
                            .setServerConfig("max_connections", "300")
                            .setServerConfig("shared_buffers", "1GB")
                            .setServerConfig("maintenance_work_mem", "1GB")
                            .setServerConfig("max_wal_size", "8GB")
                            .setServerConfig("checkpoint_timeout", "15min")
                            .setServerConfig("logging_collector", "on")
                            .setServerConfig("log_destination", "jsonlog")
                            .setServerConfig("log_rotation_size", "0")
                            .setServerConfig("log_timezone", "UTC")
                            .setServerConfig("session_preload_libraries", "auto_explain")
                            .setServerConfig("auto_explain.log_format", "json")
                            .setServerConfig("auto_explain.log_analyze", "on")
                            .setServerConfig("auto_explain.log_nested_statements", "on")
                            .start(),
                    data.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates a database, unless it is there; its user is {@code postgres}, without a password. */
    void create(String name) {
        if (jdbc("postgres")
                .sql("SELECT 1 FROM pg_database WHERE datname = ?")
                .param(name)
                .query()
                .listOfRows()
                .isEmpty()) {
            jdbc("postgres").sql("CREATE DATABASE " + name).update();
        }
    }

    /** The JDBC address of a database. */
    String url(String name) {
        return server.getJdbcUrl("postgres", name);
    }

    JdbcClient jdbc(String name) {
        return JdbcClient.create(new DriverManagerDataSource(url(name), "postgres", ""));
    }

    /** From now on, the plan of each statement is written down. */
    void explain() {
        begin = Instant.now();
        setting("0");
    }

    /** That was enough. */
    void explainNoMore() {
        setting("-1");
    }

    /** What was written down since that began. */
    List<PlanLog.Statement> explained() {
        return new PlanLog(logs).since(begin);
    }

    private void setting(String milliseconds) {
        JdbcClient jdbc = jdbc("postgres");
        jdbc.sql("ALTER SYSTEM SET auto_explain.log_min_duration = '%s'".formatted(milliseconds))
                .update();
        jdbc.sql("SELECT pg_reload_conf()").query(Boolean.class).single();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
