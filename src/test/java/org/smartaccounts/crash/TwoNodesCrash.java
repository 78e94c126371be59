package org.smartaccounts.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.smartaccounts.support.Releases;
import org.springframework.util.FileSystemUtils;

/**
 * Two nodes on one database, requests on every path, and a sequence of faults. Afterwards every request is where its people were told that it
 * is, and everybody has the emails that are owed to them.
 *
 * <p>{@code -Dcrash.seed} repeats a sequence, {@code -Dcrash.faults} says how long it is, and {@code -Dcrash.minutes} when it breaks off on a
 * machine that is too slow for it.
 */
class TwoNodesCrash {

    private static final Path HOME = Path.of("target/crash").toAbsolutePath();
    private static final String PREVIOUS = "1.5.0";

    private final long seed = Long.getLong("crash.seed", System.nanoTime() % 1_000_000);
    private final int faults = Integer.getInteger("crash.faults", 60);
    private final int minutes = Integer.getInteger("crash.minutes", 20);
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(seed);

    @Test
    void nothingIsLostAndNobodyIsToldAnythingUntrue() throws IOException {
        for (String noisy : List.of("io.zonky", "com.icegreen", "org.awaitility")) {
            ((Logger) LoggerFactory.getLogger(noisy)).setLevel(Level.OFF);
        }
        // A mail server that a killed node leaves in the middle of a word says so in a thread of its own.
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
        say("crash.seed=%d crash.faults=%d", seed, faults);
        FileSystemUtils.deleteRecursively(HOME);
        Files.createDirectories(HOME);
        Path classes = classesOfNodes();
        String previous = Releases.processes(HOME.resolve("previous"), Releases.released(PREVIOUS))
                .toString();
        try (CrashDatabase database = new CrashDatabase(HOME);
                CrashMail mail = new CrashMail();
                Node one = new Node("one", database, mail, new WrongClock(HOME, "one"), classes);
                Node two = new Node("two", database, mail, new WrongClock(HOME, "two"), classes)) {
            database.start();
            assertThat(database.keepsItsWord()).isTrue();
            if (!one.clock().isPossible()) {
                say("No C compiler: the clocks are always right");
            }
            one.start(previous);
            two.start(previous);
            List<Node> nodes = List.of(one, two);
            PassingTime time = new PassingTime(database);
            try (Crowd crowd =
                    new Crowd(seed, () -> anyOf(nodes), () -> nodes.stream().allMatch(Node::isUp), mail, time)) {
                await().atMost(Duration.ofMinutes(2)).until(() -> crowd.told() > 20);
                Disasters disasters = new Disasters(database, mail, nodes, crowd, time, random, previous);
                int number = 0;
                long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
                for (Fault fault : Fault.sequence(faults, random)) {
                    long begin = System.nanoTime();
                    if (begin > end) {
                        say("%d minutes are over", minutes);
                        break;
                    }
                    disasters.happen(fault);
                    say(
                            "%3d %-36s %5.1f s, %d told, %d emails",
                            ++number, fault, (System.nanoTime() - begin) / 1e9, crowd.told(), mail.count());
                }
                disasters.healNodes();
                Set<String> retried = quietDown(crowd, time, nodes);
                Audit audit = new Audit(database, crowd.stories(), mail.accepted(), disasters.unrecordedAtKill());
                audit.look();
                report(disasters, crowd, audit, mail, retried);
                keepLogs(nodes);
                assertThat(crowd.unexpected()).isEmpty();
                assertThat(crowd.stuck()).as("stuck").isEmpty();
                assertThat(audit.findings()).isEmpty();
            } finally {
                keepLogs(nodes);
            }
        }
    }

    private Node anyOf(List<Node> nodes) {
        List<Node> up = nodes.stream().filter(Node::isUp).toList();
        return up.isEmpty() ? nodes.get(0) : up.get((int) (System.nanoTime() / 1000 % up.size()));
    }

    /** Everything is well again. Waits until nothing moves any more; what the engine has given up, an administrator retries, once. */
    private static Set<String> quietDown(Crowd crowd, PassingTime time, List<Node> nodes) {
        crowd.goHome();
        Set<String> retried = new TreeSet<>();
        Person administrator = new Person("admin", () -> nodes.get(0));
        try {
            await().pollInterval(Duration.ofSeconds(1))
                    .atMost(Duration.ofMinutes(4))
                    .until(() -> {
                        time.hurry();
                        time.failedJobs(job -> {
                            if (retried.add(job)) {
                                retry(administrator, job);
                            }
                        });
                        return crowd.isHome() && time.jobsToDo() == 0;
                    });
        } catch (ConditionTimeoutException e) {
            say("It does not quieten down: %s, %d jobs", crowd.stuck(), time.jobsToDo());
        }
        return retried;
    }

    private static void retry(Person administrator, String job) {
        try {
            administrator.call("PUT", "/job/%s/retries".formatted(job), "{\"retries\": 1}");
        } catch (Person.NobodyKnows e) {
            throw new AssertionError(e);
        }
    }

    private void report(Disasters disasters, Crowd crowd, Audit audit, CrashMail mail, Set<String> retried) {
        int killed = disasters.unrecordedAtKill().size();
        int unrecorded =
                disasters.unrecordedAtKill().stream().mapToInt(Set::size).sum();
        say("");
        say("| crash.seed %d | |", seed);
        say("|---|---|");
        for (Map.Entry<Fault, Integer> fault : disasters.count().entrySet()) {
            say("| fault: %s | %d |", fault.getKey(), fault.getValue());
        }
        for (Map.Entry<String, Integer> status : audit.byStatus().entrySet()) {
            say("| requests: %s | %d |", status.getKey(), status.getValue());
        }
        say("| acts that somebody was told are done | %d |", crowd.told());
        for (Map.Entry<String, Integer> unanswered : crowd.unanswered().entrySet()) {
            say("| acts without an answer: %s | %d |", unanswered.getKey(), unanswered.getValue());
        }
        say("| emails that the server took | %d |", mail.count());
        say("| of these more than once | %d |", audit.duplicates());
        say("| taken and not yet written down at one of %d kills | %d |", killed, unrecorded);
        say("| incidents that one retry mended | %d |", retried.size());
        say("| findings | %d |", audit.findings().size());
        audit.findings().stream().limit(30).forEach(finding -> say("  %s", finding));
    }

    private static void keepLogs(List<Node> nodes) throws IOException {
        for (Node node : nodes) {
            Files.writeString(HOME.resolve(node.name() + ".log"), node.output());
        }
    }

    /** The classes that a node has beside the application: the people of development. */
    private static Path classesOfNodes() throws IOException {
        Path tests = Path.of("target/test-classes");
        Path classes = HOME.resolve("classes");
        try (Stream<Path> files = Files.list(tests.resolve("org/smartaccounts/development"))) {
            files.filter(file -> file.getFileName().toString().matches("Development(Users|Properties).*"))
                    .forEach(file -> copy(file, classes.resolve(tests.relativize(file))));
        }
        return classes;
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void say(String words, Object... arguments) {
        System.out.printf(words + "%n", arguments);
    }
}
