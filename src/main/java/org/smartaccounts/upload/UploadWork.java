package org.smartaccounts.upload;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smartaccounts.upload.UploadTurn.Outcome;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sends the good rows of uploads that were started, in the background: of each upload one row after the other, and of several uploads in
 * turn, so that a small one need not wait for the end of a large one. What a node leaves behind that ends, the next look on any node takes
 * up.
 */
@Component
public class UploadWork {

    private static final Logger log = LoggerFactory.getLogger(UploadWork.class);

    private static final int PATIENCE_IN_SECONDS = 10;
    private static final Duration PREVIEWED_FOR = Duration.ofDays(7);
    private static final Duration KEPT_FOR = Duration.ofDays(90);
    private static final int FORGOTTEN_AT_ONCE = 20;

    private final Uploads uploads;
    private final UploadTurn turn;
    private final Clock clock;
    private final ExecutorService background = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "uploads");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Future<?> lastLook = CompletableFuture.completedFuture(null);
    private volatile boolean stopping;

    UploadWork(Uploads uploads, UploadTurn turn, Clock clock) {
        this.uploads = uploads;
        this.turn = turn;
        this.clock = clock;
    }

    /** Starts an upload; false if that has happened already. It goes on in the background. */
    public boolean start(UUID upload) {
        boolean first = uploads.start(upload);
        if (first) {
            look();
        }
        return first;
    }

    /** Looks for something to do, after what is under way. */
    void look() {
        lastLook = background.submit(this::goOn);
    }

    /** For whoever waits for its end. */
    Future<?> lastLook() {
        return lastLook;
    }

    @Scheduled(initialDelayString = "PT15S", fixedDelayString = "PT15S")
    void lookAgain() {
        if (lastLook.isDone() && !stopping) {
            look();
        }
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1H")
    void forget() {
        Instant now = clock.instant();
        while (uploads.forget(now.minus(PREVIEWED_FOR), now.minus(KEPT_FOR), FORGOTTEN_AT_ONCE) == FORGOTTEN_AT_ONCE) {
            // There are more.
        }
    }

    @PreDestroy
    void stop() throws InterruptedException {
        stopping = true;
        background.shutdown();
        if (!background.awaitTermination(PATIENCE_IN_SECONDS, TimeUnit.SECONDS)) {
            background.shutdownNow();
        }
    }

    private void goOn() {
        try {
            Set<UUID> left = new HashSet<>();
            boolean more = true;
            while (more && !stopping) {
                more = false;
                for (UUID upload : uploads.started()) {
                    if (!stopping && !left.contains(upload)) {
                        if (turn.take(upload) == Outcome.DONE) {
                            more = true;
                        } else {
                            left.add(upload);
                        }
                    }
                }
            }
        } catch (RuntimeException e) {
            log.error("Sending uploaded rows was broken off; the next look goes on", e);
        }
    }
}
