package org.smartaccounts.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.smartaccounts.measure.Cost;
import org.smartaccounts.measure.Lives;
import org.smartaccounts.measure.MailServerProcess;
import org.smartaccounts.measure.MeasuredDatabase;
import org.smartaccounts.measure.OurLives;
import org.smartaccounts.measure.Round;
import org.smartaccounts.measure.Stopwatch;

/**
 * What the application costs: <b>ours</b> does all its real work, emails included; <b>bare</b> leads the same diagram's lives on the engine as its
 * starter configures it, and does nothing; <b>engine</b> does nothing either, on the engine as ours configures it; <b>floor</b> only writes the rows that
 * ours writes. All are on one server, and take turns. What is counted is exact, and is the gate; what is timed are ratios of one run.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LifeBenchmark {

    private static final int COUNTED = Integer.getInteger("benchmark.counted", 200);

    /** Until the compiler has done with what is run often: after a minute it still takes a third of what the JVM uses. */
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("benchmark.warmup", 180));

    private static final int CLIENTS_TO_WARM_UP = 4;
    private static final int LIVES_TO_WRITE = 200;
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 5);
    private static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("benchmark.seconds", 6));
    private static final List<Integer> CLIENTS = List.of(1, 4, 8);
    private static final double TIMES_AS_FAST = 1.2;
    private static final String JVM = "JVM";
    private static final String POSTGRES = "PostgreSQL";
    private static final String MAIL_SERVER = "mail server";

    private static MeasuredDatabase database;
    private static MailServerProcess mailServer;
    private static OurLives ours;
    private static BareLives bare;
    private static BareLives engine;
    private static FloorLives floor;
    private static String ourDatabase;
    private static String bareDatabase;
    private static String engineDatabase;

    @BeforeAll
    static void start() {
        database = MeasuredDatabase.start("benchmark");
        mailServer = MailServerProcess.start();
        ourDatabase = database.create("ours");
        bareDatabase = database.create("bare");
        engineDatabase = database.create("engine");
        ours = OurLives.start(ourDatabase, mailServer.port());
        ours.pause();
        bare = BareLives.asItComes(bareDatabase);
        bare.pause();
        engine = BareLives.asOurs(engineDatabase);
        engine.pause();
        Round.of(ours, CLIENTS_TO_WARM_UP, WARM_UP);
        Round.of(bare, CLIENTS_TO_WARM_UP, WARM_UP);
        // The same code as bare's, most of it.
        Round.of(engine, CLIENTS_TO_WARM_UP, WARM_UP.dividedBy(6));
        floor = FloorLives.like(ours, ours.application().getBean(DataSource.class));
        lead(floor, LIVES_TO_WRITE);
    }

    @AfterAll
    static void stop() throws IOException {
        engine.close();
        bare.close();
        ours.close();
        mailServer.close();
        database.close();
    }

    @Test
    @Order(1)
    void oursAsksAndWritesNoMoreThanBare() throws IOException {
        Cost ofOurs = count(ours, ourDatabase);
        Cost ofBare = count(bare, bareDatabase);
        Cost ofEngine = count(engine, engineDatabase);
        Cost ofFloor = count(floor, ourDatabase);
        say("a life     statements  inside  commits    rows      WAL     disk");
        List.of(
                        Map.entry("ours", ofOurs),
                        Map.entry("bare", ofBare),
                        Map.entry("engine", ofEngine),
                        Map.entry("floor", ofFloor))
                .forEach(entry -> say("%-10s %s".formatted(entry.getKey(), entry.getValue())));
        assertThat(ofOurs.statements()).isLessThanOrEqualTo(ofBare.statements());
        assertThat(ofOurs.wal()).isLessThanOrEqualTo(ofBare.wal());
    }

    private static Cost count(Lives lives, String url) throws IOException {
        Cost.Meter meter = new Cost.Meter(url);
        meter.begin();
        lead(lives, COUNTED);
        Cost cost = meter.end(COUNTED);
        Files.writeString(Path.of("target", "statements-" + lives.name() + ".txt"), meter.statements(COUNTED));
        return cost;
    }

    private static void lead(Lives lives, int times) {
        lives.resume();
        Stopwatch stopwatch = new Stopwatch();
        for (int life = 0; life < times; life++) {
            lives.live(stopwatch);
        }
        lives.pause();
    }

    @Test
    @Order(2)
    void oursIsFasterThanBare() {
        Map<String, List<Double>> perSecond = new HashMap<>();
        Map<String, Stopwatch> stopwatches = new HashMap<>();
        Map<String, Double> millis = new HashMap<>();
        database.countNoMore();
        say("load of the machine before: %.2f on %d cores"
                .formatted(
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                        Runtime.getRuntime().availableProcessors()));
        for (int round = 0; round <= ROUNDS; round++) {
            for (int clients : CLIENTS) {
                for (Lives lives : List.of(ours, bare, engine, floor)) {
                    String key = lives.name() + clients;
                    Map<String, Duration> before = used();
                    Round done = Round.of(lives, clients, ROUND);
                    Map<String, Duration> after = used();
                    if (round > 0) { // the first is to get warm
                        perSecond
                                .computeIfAbsent(key, name -> new ArrayList<>())
                                .add(done.perSecond());
                        stopwatches
                                .computeIfAbsent(key, name -> new Stopwatch())
                                .add(done.stopwatch());
                        after.forEach((who, used) -> millis.merge(
                                key + who,
                                used.minus(before.get(who)).toMillis() / (double) (done.lives() * ROUNDS),
                                Double::sum));
                    }
                }
            }
        }
        for (int clients : CLIENTS) {
            double oursPerSecond = median(perSecond, "ours" + clients);
            double enginePerSecond = median(perSecond, "engine" + clients);
            double barePerSecond = median(perSecond, "bare" + clients);
            say(
                    "%d clients: lives a second ours %.1f, bare %.1f, engine %.1f, floor %.1f; ours/bare %.2f, engine/bare %.2f"
                            .formatted(
                                    clients,
                                    oursPerSecond,
                                    barePerSecond,
                                    enginePerSecond,
                                    median(perSecond, "floor" + clients),
                                    oursPerSecond / barePerSecond,
                                    enginePerSecond / barePerSecond));
            for (String name : List.of("ours", "bare", "engine", "floor")) {
                say("  %-6s ms of a processor a life: this JVM %5.1f, PostgreSQL %5.1f, mail server %5.1f"
                        .formatted(
                                name,
                                millis.get(name + clients + JVM),
                                millis.get(name + clients + POSTGRES),
                                millis.get(name + clients + MAIL_SERVER)));
            }
            for (String name : List.of("ours", "bare")) {
                Stopwatch stopwatch = Objects.requireNonNull(stopwatches.get(name + clients));
                stopwatch
                        .percentile(50)
                        .forEach((call, median) -> say("  %s %-6s ms: p50 %6.1f  p95 %6.1f  p99 %6.1f"
                                .formatted(
                                        name,
                                        call,
                                        median,
                                        stopwatch.percentile(95).get(call),
                                        stopwatch.percentile(99).get(call))));
            }
        }
        for (int clients : CLIENTS) {
            assertThat(median(perSecond, "ours" + clients))
                    .as("lives a second with %d clients", clients)
                    .isGreaterThanOrEqualTo(TIMES_AS_FAST * median(perSecond, "bare" + clients));
        }
    }

    /** The time of a processor that each has used so far. */
    private static Map<String, Duration> used() {
        return Map.of(
                JVM,
                ProcessHandle.current().info().totalCpuDuration().orElseThrow(),
                POSTGRES,
                database.used(),
                MAIL_SERVER,
                mailServer.used());
    }

    private static double median(Map<String, List<Double>> figures, String key) {
        return Stopwatch.median(Objects.requireNonNull(figures.get(key)).stream()
                .mapToDouble(Double::doubleValue)
                .toArray());
    }

    private static void say(String line) {
        System.out.println("| " + line);
    }
}
