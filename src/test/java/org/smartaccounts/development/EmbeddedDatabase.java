package org.smartaccounts.development;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.stereotype.Component;

/**
 * A real PostgreSQL. With a data directory it is this application's own server, which keeps its data; without one, as in tests, all
 * applications of the JVM share a server and each gets a new database of its own.
 */
@Component
public class EmbeddedDatabase implements JdbcConnectionDetails, AutoCloseable {

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static @Nullable EmbeddedPostgres shared;

    private final @Nullable FileChannel ownership;
    private final @Nullable EmbeddedPostgres own;
    private final String url;

    EmbeddedDatabase(DevelopmentProperties properties) throws IOException, SQLException {
        if (properties.dataDirectory() == null) {
            ownership = null;
            own = null;
            url = newDatabase();
        } else {
            Path home = Files.createDirectories(properties.dataDirectory().toAbsolutePath());
            ownership = own(home);
            Path data = home.resolve("postgresql");
            stopOrphan(data);
            own = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    // The bean's end stops the server, after the application has closed its connections.
                    .setRegisterShutdownHook(false)
                    .setServerConfig("fsync", "on")
                    .start();
            url = own.getJdbcUrl("postgres", "postgres");
        }
    }

    /** Two applications on one data directory would stop each other's server. */
    private static FileChannel own(Path home) throws IOException {
        FileChannel file = FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (file.tryLock() == null) {
            file.close();
            throw new IllegalStateException(
                    home + " is in use: the application runs already. Stop it, or give this one another directory"
                            + " with --development.data-directory=…");
        }
        return file;
    }

    /** When the application is killed its server goes on. It left its process id behind. */
    private static void stopOrphan(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
        @Nullable
        ProcessHandle server = ProcessHandle.of(pid)
                .filter(process -> process.info().command().orElse("").endsWith("postgres"))
                .orElse(null);
        if (server != null) {
            server.destroy();
            try {
                server.onExit().get(30, TimeUnit.SECONDS);
            } catch (TimeoutException | ExecutionException e) {
                throw new IllegalStateException(
                        "The database server of an earlier start, process %d, does not stop".formatted(pid), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static synchronized EmbeddedPostgres shared() throws IOException {
        if (shared == null) {
            shared = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "300")
                    .start();
        }
        return shared;
    }

    /** The JDBC address of an empty database on the shared server; its user is {@code postgres}, without a password. */
    public static String newDatabase() throws IOException, SQLException {
        EmbeddedPostgres server = shared();
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return server.getJdbcUrl("postgres", name);
    }

    @Override
    public String getJdbcUrl() {
        return url;
    }

    @Override
    public String getUsername() {
        return "postgres";
    }

    @Override
    public String getPassword() {
        return "";
    }

    @Override
    public void close() throws IOException {
        if (own != null) {
            own.close();
        }
        if (ownership != null) {
            ownership.close();
        }
    }
}
