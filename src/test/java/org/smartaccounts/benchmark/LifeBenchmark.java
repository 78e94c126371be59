package org.smartaccounts.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.smartaccounts.measure.Cost;
import org.smartaccounts.measure.Lives;
import org.smartaccounts.measure.MailServerProcess;
import org.smartaccounts.measure.MeasuredDatabase;
import org.smartaccounts.measure.OurLives;
import org.smartaccounts.measure.Stopwatch;

/**
 * What the application costs beside the engine alone: <b>ours</b> does all its real work, <b>bare</b> leads the same diagram's lives on the engine
 * as its starter configures it, and does nothing.
 */
class LifeBenchmark {

    private static final int COUNTED = Integer.getInteger("benchmark.counted", 50);
    private static final int WARM_UP = 30;

    private static MeasuredDatabase database;
    private static MailServerProcess mailServer;
    private static OurLives ours;
    private static BareLives bare;
    private static String ourDatabase;
    private static String bareDatabase;

    @BeforeAll
    static void start() {
        database = MeasuredDatabase.start("benchmark");
        mailServer = MailServerProcess.start();
        ourDatabase = database.create("ours");
        bareDatabase = database.create("bare");
        ours = OurLives.start(ourDatabase, mailServer.port());
        ours.pause();
        bare = BareLives.start(bareDatabase);
        bare.pause();
    }

    @AfterAll
    static void stop() throws IOException {
        bare.close();
        ours.close();
        mailServer.close();
        database.close();
    }

    @Test
    void costs() throws IOException {
        Cost oursCost = cost(ours, ourDatabase);
        Cost bareCost = cost(bare, bareDatabase);
        System.out.println("ours " + oursCost);
        System.out.println("bare " + bareCost);
        assertThat(oursCost.statements()).isLessThanOrEqualTo(bareCost.statements());
    }

    private static Cost cost(Lives lives, String url) throws IOException {
        lives.resume();
        Stopwatch stopwatch = new Stopwatch();
        IntStream.range(0, WARM_UP).forEach(life -> lives.live(stopwatch));
        Cost.Meter meter = new Cost.Meter(url);
        meter.begin();
        IntStream.range(0, COUNTED).forEach(life -> lives.live(stopwatch));
        Cost cost = meter.end(COUNTED);
        Files.writeString(Path.of("target", "statements-" + lives.name() + ".txt"), meter.statements(COUNTED));
        lives.pause();
        return cost;
    }
}
