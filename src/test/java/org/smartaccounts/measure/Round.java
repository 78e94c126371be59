package org.smartaccounts.measure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Some clients lead one life after the other for a while.
 *
 * @param lives     how many came to their end
 * @param perSecond how many in a second
 * @param stopwatch how long the clients waited for their answers
 */
public record Round(int lives, double perSecond, Stopwatch stopwatch) {

    private static final double NANOS_A_SECOND = 1_000_000_000;

    /**
     * Runs a round; nobody is busy before or after it.
     *
     * @param clients that work at the same time
     */
    public static Round of(Lives lives, int clients, Duration duration) {
        Stopwatch stopwatch = new Stopwatch();
        AtomicInteger ended = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        lives.resume();
        long begin = System.nanoTime();
        long end = begin + duration.toNanos();
        List<CompletableFuture<Void>> work = Stream.generate(() -> CompletableFuture.runAsync(
                        () -> {
                            while (System.nanoTime() < end) {
                                lives.live(stopwatch);
                                ended.incrementAndGet();
                            }
                        },
                        threads))
                .limit(clients)
                .toList();
        work.forEach(CompletableFuture::join);
        double seconds = (System.nanoTime() - begin) / NANOS_A_SECOND;
        lives.pause();
        threads.shutdown();
        return new Round(ended.get(), ended.get() / seconds, stopwatch);
    }
}
