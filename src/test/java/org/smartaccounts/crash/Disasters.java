package org.smartaccounts.crash;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.awaitility.core.ConditionTimeoutException;
import org.smartaccounts.crash.CrashDatabase.Stop;
import org.smartaccounts.crash.CrashMail.Accepted;
import org.smartaccounts.crash.CrashMail.Day;

/** Lets things go wrong, one after the other, and puts each right again. */
final class Disasters {

    private static final Duration A_WHILE = Duration.ofSeconds(4);
    private static final Duration LONG = Duration.ofSeconds(40);

    private final CrashDatabase database;
    private final CrashMail mail;
    private final List<Node> nodes;
    private final Crowd crowd;
    private final PassingTime time;
    private final RandomGenerator random;
    private final Map<Fault, Integer> count = new EnumMap<>(Fault.class);
    private final List<Set<String>> unrecordedAtKill = new ArrayList<>();
    private String processes;
    private CompletableFuture<Void> starting = CompletableFuture.completedFuture(null);

    /** @param processes the folder with which the nodes run, before the update */
    Disasters(
            CrashDatabase database,
            CrashMail mail,
            List<Node> nodes,
            Crowd crowd,
            PassingTime time,
            RandomGenerator random,
            String processes) {
        this.database = database;
        this.mail = mail;
        this.nodes = nodes;
        this.crowd = crowd;
        this.time = time;
        this.random = random;
        this.processes = processes;
    }

    Map<Fault, Integer> count() {
        return count;
    }

    /** For each kill, the Message-IDs that the server had accepted from the killed node, and that it could not write down any more. */
    List<Set<String>> unrecordedAtKill() {
        return unrecordedAtKill;
    }

    void happen(Fault fault) {
        Node node = nodes.get(random.nextInt(nodes.size()));
        Node other = nodes.get((nodes.indexOf(node) + 1) % nodes.size());
        switch (fault) {
            case KILL_AT_RANDOM -> {
                healNodes();
                letThemWork(random.nextInt(20));
                kill(node);
            }
            case KILL_AFTER_ACCEPTANCE -> {
                healNodes();
                CompletableFuture<Node> killed = new CompletableFuture<>();
                mail.atNextAcceptance(email -> {
                    Node sender = named(email);
                    sender.kill();
                    killed.complete(sender);
                });
                kill(killed.orTimeout(60, TimeUnit.SECONDS).join());
            }
            case KILL_BEFORE_COMMIT -> {
                healNodes();
                database.whileNobodyWrites(random.nextBoolean() ? "act_hi_actinst" : "act_ru_execution", () -> {
                    until(() -> database.isHeld(node.name()), Duration.ofSeconds(20));
                    node.kill();
                });
                kill(node);
            }
            case DATABASE_FAST, DATABASE_IMMEDIATE -> {
                database.stop(fault == Fault.DATABASE_FAST ? Stop.FAST : Stop.IMMEDIATE);
                database.start();
                letThemWork(10);
            }
            case DATABASE_IMMEDIATE_AFTER_ACCEPTANCE -> {
                atAcceptance(email -> database.stop(Stop.IMMEDIATE));
                database.start();
                letThemWork(10);
            }
            case CONNECTIONS_CUT -> {
                database.cut(node.name());
                letThemWork(10);
            }
            case CONNECTIONS_CUT_AFTER_ACCEPTANCE -> {
                atAcceptance(email -> database.cut(email.node()));
                letThemWork(10);
            }
            case MAIL_DOWN -> endure(Day.DOWN);
            case MAIL_SLOW -> endure(Day.SLOW);
            case MAIL_REFUSING -> endure(Day.REFUSING);
            case MAIL_REFUSING_FOR_LONG -> {
                healNodes();
                long before = time.failedJobs();
                mail.have(Day.REFUSING);
                until(
                        () -> {
                            time.hurry();
                            return time.failedJobs() > before;
                        },
                        LONG);
                mail.have(Day.GOOD);
            }
            case MAIL_HANGING -> endure(Day.HANGING);
            case CLOCK_JUMP -> {
                healNodes();
                node.clock().set(aFewMinutes());
                endure(Day.SLOW);
                node.clock().set(Duration.ZERO);
            }
            case CLOCK_JUMP_WITH_CONNECTIONS_CUT -> {
                healNodes();
                node.clock().set(aFewMinutes());
                mail.have(Day.SLOW);
                for (int i = 0; i < 3; i++) {
                    atAcceptance(email -> database.cut(email.node()));
                    until(() -> mail.inFlight(other.name()) > 0, A_WHILE);
                    database.cut(other.name());
                }
                mail.have(Day.GOOD);
                node.clock().set(Duration.ZERO);
            }
            case ROLLING_UPDATE -> {
                healNodes();
                processes = "";
                for (Node next : nodes) {
                    next.stop();
                    next.start(processes);
                }
            }
        }
        count.merge(fault, 1, Integer::sum);
    }

    private Duration aFewMinutes() {
        Duration minutes = Duration.ofMinutes(2 + random.nextInt(9));
        return random.nextInt(3) == 0 ? minutes.negated() : minutes;
    }

    private void endure(Day day) {
        mail.have(day);
        letThemWork(30);
        mail.have(Day.GOOD);
    }

    private interface AtAcceptance {
        void happen(Accepted email);
    }

    /** Waits until an email is accepted, and lets something happen before its node hears of it. */
    private void atAcceptance(AtAcceptance act) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        mail.atNextAcceptance(email -> {
            act.happen(email);
            done.complete(true);
        });
        done.orTimeout(60, TimeUnit.SECONDS).join();
    }

    private Node named(Accepted email) {
        return nodes.stream()
                .filter(node -> node.name().equals(email.node()))
                .findFirst()
                .orElseThrow();
    }

    /** It may be dead already. */
    private void kill(Node node) {
        node.kill();
        // What it had handed over completely the server may still take.
        until(() -> !database.isConnected(node.name()) && mail.inFlight(node.name()) == 0, Duration.ofSeconds(20));
        unrecordedAtKill.add(unrecorded(node));
        starting = CompletableFuture.runAsync(() -> node.start(processes));
    }

    private Set<String> unrecorded(Node node) {
        Set<String> accepted = new HashSet<>();
        mail.accepted().stream()
                .filter(email -> email.node().equals(node.name()))
                .forEach(email -> accepted.add(email.messageId()));
        // What has failed was refused, or accepted long ago and given back.
        Set<String> waiting = new HashSet<>(database.client()
                .sql("SELECT message_id FROM email WHERE state NOT IN ('SENT', 'FAILED')")
                .query(String.class)
                .list());
        accepted.retainAll(waiting);
        return accepted;
    }

    /** All nodes are up again, those too that the database has let down at the end of their start. */
    void healNodes() {
        starting.join();
        nodes.stream().filter(node -> !node.isUp()).forEach(node -> node.start(processes));
    }

    private void letThemWork(int deeds) {
        int before = crowd.told();
        until(() -> crowd.told() >= before + deeds, A_WHILE);
    }

    /** Waits for a condition, but not for ever: on a bad day some things do not happen. */
    private static void until(BooleanSupplier condition, Duration atMost) {
        try {
            await().pollInterval(Duration.ofMillis(50)).atMost(atMost).until(condition::getAsBoolean);
        } catch (ConditionTimeoutException e) {
            // So be it.
        }
    }
}
