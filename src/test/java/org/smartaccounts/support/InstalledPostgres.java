package org.smartaccounts.support;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.slf4j.LoggerFactory;
import org.springframework.test.util.TestSocketUtils;

/**
 * A PostgreSQL that is installed on this machine: a server of its own, and the programs of the same version that come with it, such as
 * {@code pg_dump}. The embedded server has none of them.
 */
public final class InstalledPostgres implements AutoCloseable {

    private static final List<String> PROGRAMS =
            List.of("initdb", "pg_ctl", "postgres", "createdb", "pg_dump", "pg_restore", "psql");

    /** The versions on which the application runs. */
    private static final String SUPPORTED = ".*\\(PostgreSQL\\) 1[567]\\..*";

    /** Where Debian keeps what is not on the path. */
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private final Path programs;
    private final Path data;
    private final Path log;
    private final int port = TestSocketUtils.findAvailableTcpPort();

    private InstalledPostgres(Path programs, Path home) throws IOException {
        this.programs = programs;
        this.data = home.resolve("data");
        this.log = home.resolve("log");
        serve("initdb", "--pgdata=" + data, "--username=postgres", "--auth=trust", "--encoding=UTF8");
        serve(
                "pg_ctl",
                "start",
                "--pgdata=" + data,
                "--wait",
                "--log=" + home.resolve("server.log"),
                "--options=-p %d -h 127.0.0.1 -c unix_socket_directories=".formatted(port));
    }

    /** A server for a test, which is skipped, loudly, where none is installed; {@code REQUIRE_POSTGRES=true} forbids that. */
    public static InstalledPostgres startIfFound(Path home) throws IOException {
        Optional<Path> programs = programs();
        if (programs.isEmpty()) {
            if (Boolean.parseBoolean(System.getenv("REQUIRE_POSTGRES"))) {
                throw new AssertionError(
                        "No PostgreSQL 15 to 17 with its programs was found, and REQUIRE_POSTGRES is set");
            }
            LoggerFactory.getLogger(InstalledPostgres.class)
                    .error(
                            "*** BACKUP AND RESTORE ARE NOT TESTED: no PostgreSQL 15 to 17 with {} was found on the path"
                                    + " ***",
                            PROGRAMS);
        }
        Assumptions.assumeTrue(programs.isPresent(), "no PostgreSQL 15 to 17 with its programs is installed");
        return new InstalledPostgres(programs.orElseThrow(), home);
    }

    private static Optional<Path> programs() throws IOException {
        List<Path> places = new ArrayList<>(
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .map(Path::of)
                        .toList());
        if (Files.isDirectory(DEBIAN)) {
            try (DirectoryStream<Path> versions = Files.newDirectoryStream(DEBIAN)) {
                versions.forEach(version -> places.add(version.resolve("bin")));
            }
        }
        for (Path place : places) {
            if (PROGRAMS.stream().allMatch(program -> Files.isExecutable(place.resolve(program)))
                    && version(place).matches(SUPPORTED)) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    private static String version(Path place) throws IOException {
        Process process = new ProcessBuilder(place.resolve("postgres").toString(), "--version").start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    /** The JDBC address of a database; its user is {@code postgres}, who needs no password. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    /**
     * Runs commands of a shell, as an administrator does in a folder of theirs, to whom this server is the usual one.
     *
     * @throws AssertionError with what they said, if one of them fails
     */
    public void run(String commands, Path folder) throws IOException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-eu", "-c", commands).directory(folder.toFile());
        shell.environment()
                .putAll(Map.of(
                        "PGHOST",
                        "127.0.0.1",
                        "PGPORT",
                        String.valueOf(port),
                        "PGUSER",
                        "postgres",
                        "PATH",
                        programs + File.pathSeparator + System.getenv("PATH")));
        finish(shell);
    }

    /** The server's own programs do not work for {@code root}, who is somebody else in a namespace of their own. */
    private void serve(String program, String... arguments) throws IOException {
        Stream<String> prefix =
                System.getProperty("user.name").equals("root") ? Stream.of("unshare", "--user") : Stream.of();
        finish(new ProcessBuilder(
                Stream.of(prefix, Stream.of(programs.resolve(program).toString()), Stream.of(arguments))
                        .flatMap(words -> words)
                        .toList()));
    }

    private void finish(ProcessBuilder command) throws IOException {
        // To a file: the server would keep a pipe open.
        Process process = command.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError("%s failed:\n%s".formatted(command.command(), Files.readString(log)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        serve("pg_ctl", "stop", "--pgdata=" + data, "--mode=fast", "--wait");
    }
}
