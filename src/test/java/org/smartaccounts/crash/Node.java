package org.smartaccounts.crash;

import static java.util.Map.entry;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.support.RunningApplication;
import org.springframework.test.util.TestSocketUtils;

/** One of the nodes: the application as it is in production, in a process of its own, on a machine whose clock can jump. */
final class Node implements AutoCloseable {

    static final String PASSWORD = "Try-it-2026";
    private static final String PUBLIC_URL = "http://smart-accounts.example";

    private static final int MAX_STARTS = 5;

    private final String name;
    private final CrashDatabase database;
    private final Path extraClasses;
    private final WrongClock clock;
    private final int port = TestSocketUtils.findAvailableTcpPort();
    private final int mailPort;
    private final int returnMailboxPort;
    private final StringBuilder said = new StringBuilder();
    private @Nullable RunningApplication process;
    private volatile boolean up;

    Node(String name, CrashDatabase database, CrashMail mail, WrongClock clock, Path extraClasses) {
        this.name = name;
        this.database = database;
        this.extraClasses = extraClasses;
        this.clock = clock;
        mailPort = mail.openFor(name);
        returnMailboxPort = mail.returnMailboxPort();
    }

    String name() {
        return name;
    }

    /** Whether a load balancer would send people there. */
    boolean isUp() {
        return up && process != null && process.isAlive();
    }

    URI at(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    /**
     * Starts it; returns when people can use it.
     *
     * @param processes the folder of its diagrams; empty for the packaged ones
     */
    void start(String processes) {
        for (int start = 1; !isUp(); start++) {
            said.append(output(process));
            process = RunningApplication.inProduction(environment(processes), extraClasses);
            try {
                process.awaitReady();
                up = true;
            } catch (AssertionError e) {
                // The database may have gone away under it, a moment later too. Whoever watches over it starts it
                // again.
                process.kill();
                if (start == MAX_STARTS) {
                    throw e;
                }
            }
        }
    }

    private Map<String, String> environment(String processes) {
        Map<String, String> environment = new HashMap<>(clock.environment());
        environment.putAll(Map.ofEntries(
                entry("DATABASE_URL", database.urlFor(name)),
                entry("DATABASE_USER", "postgres"),
                entry("DATABASE_PASSWORD", "none is asked for"),
                entry("MAIL_HOST", "localhost"),
                entry("MAIL_PORT", String.valueOf(mailPort)),
                entry("MAIL_FROM", "Smart Account Requests <no-reply@smartaccounts.example>"),
                entry("RETURN_MAILBOX_HOST", "127.0.0.1"),
                entry("RETURN_MAILBOX_PORT", String.valueOf(returnMailboxPort)),
                entry("RETURN_MAILBOX_USER", CrashMail.BOUNCES),
                entry("RETURN_MAILBOX_PASSWORD", PASSWORD),
                entry("RETURN_MAILBOX_TLS", "false"),
                // The load balancer says from where people come.
                entry("FORWARD_HEADERS", "native"),
                entry("TRUSTED_PROXIES", "127\\.0\\.0\\.1|0:0:0:0:0:0:0:1"),
                entry("SUPPORT_EMAIL", "licensing-support@smartaccounts.example"),
                entry("PORT", String.valueOf(port)),
                entry("PUBLIC_URL", PUBLIC_URL),
                entry("ACTIVATION_KEYS", "for-the-crash-harness-only-0123456789"),
                entry("ADMIN_USER", "admin"),
                entry("ADMIN_PASSWORD", PASSWORD),
                entry("DEVELOPMENT_PASSWORD", PASSWORD),
                entry("PROCESSES_FOLDER", processes),
                // The jobs of a killed node wait for its lock to end; a talk with the mail server is over before.
                entry("SPRING_APPLICATION_JSON", """
                        {"camunda.bpm.job-execution.lock-time-in-millis": 30000,
                         "spring.mail.properties.mail.smtp.connectiontimeout": 3000,
                         "spring.mail.properties.mail.smtp.timeout": 4000,
                         "spring.mail.properties.mail.smtp.writetimeout": 4000}""")));
        return environment;
    }

    /** {@code kill -9}. */
    void kill() {
        up = false;
        if (process != null) {
            process.kill();
        }
    }

    /** Asks it to end, as a rolling update does; returns when it has. */
    void stop() {
        up = false;
        if (process != null) {
            process.close();
        }
    }

    WrongClock clock() {
        return clock;
    }

    /** Everything on its console so far, from all of its starts. */
    String output() {
        return said + output(process);
    }

    private static String output(@Nullable RunningApplication process) {
        return process == null ? "" : process.output() + "\n";
    }

    @Override
    public void close() {
        kill();
    }
}
