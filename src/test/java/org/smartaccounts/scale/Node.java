package org.smartaccounts.scale;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.smartaccounts.support.RunningApplication;
import org.smartaccounts.support.Visitor;
import org.springframework.test.util.TestSocketUtils;

/** The application as it is in production, in a process of its own with 512 MiB for its objects. */
final class Node implements AutoCloseable {

    static final String PASSWORD = "Measured-2026";

    static final String KEY = "a key that is used nowhere but in measurements";

    private static final String METRICS_PASSWORD = "a password of measurements";

    private final RunningApplication process;
    private final String url;
    private final double secondsToStart;

    private Node(RunningApplication process, String url, double secondsToStart) {
        this.process = process;
        this.url = url;
        this.secondsToStart = secondsToStart;
    }

    /**
     * Starts it.
     *
     * @param database its JDBC address
     * @param mailPort of an SMTP server on this machine
     * @param settings further ones, as environment variables
     */
    static Node start(String database, int mailPort, Map<String, String> settings) {
        int port = TestSocketUtils.findAvailableTcpPort();
        String url = "http://localhost:" + port;
        Map<String, String> environment = new HashMap<>(Map.ofEntries(
                Map.entry("DATABASE_URL", database),
                Map.entry("DATABASE_USER", "postgres"),
                Map.entry("DATABASE_PASSWORD", "not asked for"),
                Map.entry("MAIL_HOST", "127.0.0.1"),
                Map.entry("MAIL_PORT", String.valueOf(mailPort)),
                Map.entry("MAIL_FROM", "Smart Accounts <smart-accounts@accounts.example>"),
                Map.entry("SUPPORT_EMAIL", "support@accounts.example"),
                Map.entry("PORT", String.valueOf(port)),
                Map.entry("PUBLIC_URL", url),
                Map.entry("ACTIVATION_KEYS", KEY),
                Map.entry("ADMIN_USER", "admin"),
                Map.entry("ADMIN_PASSWORD", PASSWORD),
                Map.entry("METRICS_PASSWORD", METRICS_PASSWORD)));
        environment.putAll(settings);
        long begin = System.nanoTime();
        RunningApplication process = RunningApplication.inProductionForLong(environment);
        try {
            process.awaitReady();
        } catch (AssertionError e) {
            process.kill();
            throw e;
        }
        return new Node(process, url, (System.nanoTime() - begin) / 1e9);
    }

    double secondsToStart() {
        return secondsToStart;
    }

    String url() {
        return url;
    }

    /** Bytes of objects, right now. */
    double heapInUse() {
        String login =
                Base64.getEncoder().encodeToString(("prometheus:" + METRICS_PASSWORD).getBytes(StandardCharsets.UTF_8));
        Visitor prometheus = new Visitor(url);
        return prometheus
                .send(HttpRequest.newBuilder(prometheus.at("/actuator/prometheus"))
                        .header("Authorization", "Basic " + login))
                .body()
                .lines()
                .filter(line -> line.startsWith("jvm_memory_used_bytes") && line.contains("area=\"heap\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    String output() {
        return process.output();
    }

    /** Somebody who has logged in. */
    Visitor visitor(String person) {
        Visitor visitor = new Visitor(url);
        visitor.logIn(person, PASSWORD);
        // With a page of theirs the web applications begin.
        visitor.get("/camunda/app/welcome/default/");
        return visitor;
    }

    @Override
    public void close() {
        process.close();
    }
}
