package org.smartaccounts.support;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.smartaccounts.SmartAccountsApplication;
import org.smartaccounts.development.DevelopmentApplication;

/** The application in a JVM of its own, as somebody starts it. */
public final class RunningApplication implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What lives for seconds is not worth a second compiler. */
    private static final List<String> STARTS_QUICKLY = List.of("-XX:TieredStopAtLevel=1");

    private final Process process;
    private final String readyWhen;
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final Queue<String> output = new ConcurrentLinkedQueue<>();

    private RunningApplication(Process process, String readyWhen) {
        this.process = process;
        this.readyWhen = readyWhen;
        Thread reader = new Thread(this::read, "output of process " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** As {@code mvn spring-boot:test-run} starts it, with its surroundings. */
    public static RunningApplication inDevelopment(Path dataDirectory, int port, int mailPort) {
        return inDevelopment(dataDirectory, port, mailPort, Map.of());
    }

    /** The same, with further settings. */
    public static RunningApplication inDevelopment(
            Path dataDirectory, int port, int mailPort, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.putAll(Map.of(
                "PORT", String.valueOf(port),
                "PUBLIC_URL", "http://localhost:" + port,
                "MAIL_PORT", String.valueOf(mailPort),
                "DEVELOPMENT_DATADIRECTORY", dataDirectory.toString()));
        return start(
                STARTS_QUICKLY,
                classPath(),
                DevelopmentApplication.class,
                environment,
                "Smart Account Requests is ready");
    }

    /**
     * As the packaged application is started: without anything of development and tests, told everything by its environment.
     *
     * @param before what lies before the application on the class path
     */
    public static RunningApplication inProduction(Map<String, String> environment, Path... before) {
        return inProduction(STARTS_QUICKLY, environment, before);
    }

    /** The same, by a JVM that compiles as far as it can; it takes a while until that is of use. */
    public static RunningApplication inProductionForLong(Map<String, String> environment) {
        return inProduction(List.of(), environment);
    }

    private static RunningApplication inProduction(
            List<String> options, Map<String, String> environment, Path... before) {
        String withoutTests = Stream.concat(
                        Stream.of(before).map(Path::toString),
                        Arrays.stream(classPath().split(File.pathSeparator))
                                .filter(entry -> !entry.matches(".*test-classes[/\\\\]?")))
                .collect(Collectors.joining(File.pathSeparator));
        return start(
                options, withoutTests, SmartAccountsApplication.class, environment, "Started SmartAccountsApplication");
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static RunningApplication start(
            List<String> options, String classPath, Class<?> main, Map<String, String> environment, String readyWhen) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-Xmx512m");
        command.add(main.getName());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", classPath);
        builder.environment().putAll(environment);
        try {
            return new RunningApplication(builder.start(), readyWhen);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                if (line.contains(readyWhen)) {
                    ready.complete(true);
                }
            }
        } catch (IOException e) {
            output.add(e.toString());
        }
        ready.complete(false);
    }

    /** Waits until it can be used; fails if it ends before, or takes too long. */
    public RunningApplication awaitReady() {
        try {
            if (!ready.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("It did not start:\n" + output());
            }
            return this;
        } catch (TimeoutException | ExecutionException e) {
            throw new AssertionError("It did not start in time:\n" + output(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Waits until it has ended by itself; its exit code. */
    public int awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("It goes on:\n" + output());
            }
            ready.join();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Whether it has neither ended nor was killed. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Everything on its console so far. */
    public String output() {
        return String.join("\n", output);
    }

    /** Asks it to end, as whoever stops a node does ({@code SIGTERM}), and does not wait. */
    public void stop() {
        // Not the process itself: that would close its console too, and nobody would read its last words.
        process.toHandle().destroy();
    }

    /** {@code kill -9}. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    @Override
    public void close() {
        stop();
        awaitEnd();
    }
}
