package org.smartaccounts.measure;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * A real SMTP server in a process of its own, so that its work is not mistaken for the application's. It forgets what it has taken at once, and
 * ends with whoever has started it.
 */
public final class MailServerProcess implements AutoCloseable {

    private static final long FORGET_MILLIS = 500;

    private final Process process;
    private final int port;

    private MailServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    public static MailServerProcess start() {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                MailServerProcess.class.getName()));
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = builder.start();
            BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("port ")) {
                    return new MailServerProcess(process, Integer.parseInt(line.substring(5)));
                }
            }
            throw new IllegalStateException("The mail server did not start");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** The time of a processor that it has used so far. */
    public Duration used() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroy();
    }

    public static void main(String[] arguments) throws Exception {
        // Nobody reads what it says, and a full pipe would stop it.
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        Postbox postbox = new Postbox();
        System.out.println("port " + postbox.port());
        System.out.flush();
        Thread forgetting = new Thread(() -> forget(postbox));
        forgetting.setDaemon(true);
        forgetting.start();
        ProcessHandle.current().parent().orElseThrow().onExit().join();
        postbox.close();
    }

    private static void forget(Postbox postbox) {
        try {
            while (true) {
                Thread.sleep(FORGET_MILLIS);
                postbox.empty();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
