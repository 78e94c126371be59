package org.smartaccounts.scale;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A PostgreSQL as safe as one in production, which can write the plan of each statement into its log. It lies under {@code target}, begins empty, and is
 * stopped at the end.
 */
final class ExplainedServer implements AutoCloseable {

    private final EmbeddedPostgres server;
    private final Path logs;

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
            return new ExplainedServer(
                    EmbeddedPostgres.builder()
                            .setDataDirectory(data)
                            .setServerConfig("fsync", "on")
                            .setServerConfig("max_connections", "300")
                            .setServerConfig("shared_buffers", "1GB")
                            .setServerConfig("maintenance_work_mem", "1GB")
                            .setServerConfig("max_wal_size", "8GB")
                            .setServerConfig("checkpoint_timeout", "15min")
                            .setServerConfig("logging_collector", "on")
                            .setServerConfig("log_destination", "jsonlog")
                            .setServerConfig("log_rotation_size", "0")
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

    /** The JDBC address of a new, empty database; its user is {@code postgres}, without a password. */
    String create(String name) {
        jdbc("postgres").sql("CREATE DATABASE " + name).update();
        return url(name);
    }

    String url(String name) {
        return server.getJdbcUrl("postgres", name);
    }

    JdbcClient jdbc(String name) {
        return JdbcClient.create(new DriverManagerDataSource(url(name), "postgres", ""));
    }

    /** From now on, the plan of each statement is written down. */
    void explain() {
        setting("0");
    }

    /** That was enough; what was written down. */
    List<PlanLog.Statement> explained() {
        setting("-1");
        return new PlanLog(logs).statements();
    }

    private void setting(String milliseconds) {
        JdbcClient jdbc = jdbc("postgres");
        jdbc.sql("ALTER SYSTEM SET auto_explain.log_min_duration = '%s'".formatted(milliseconds)).update();
        jdbc.sql("SELECT pg_reload_conf()").query(Boolean.class).single();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
