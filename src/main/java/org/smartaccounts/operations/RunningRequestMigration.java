package org.smartaccounts.operations;

import jakarta.annotation.PreDestroy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smartaccounts.language.Languages;
import org.smartaccounts.operations.MigrationReports.Report;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Moves the requests that wait on older versions of the process to the newest of the same major version, at the start of the application
 * or when an administrator says so. What cannot be moved stays where it is and finishes there; the report says why.
 *
 * <p>Each request is moved by itself, so a run that ends in the middle leaves the moved ones moved, and the next goes on. Of several nodes
 * one runs at a time.
 */
@Component
class RunningRequestMigration {

    private static final Logger log = LoggerFactory.getLogger(RunningRequestMigration.class);

    /** In the place of a user's name. */
    static final String AT_START = "";

    private static final int PATIENCE_IN_SECONDS = 10;

    private final VersionChanges versions;
    private final WaitingRequests waiting;
    private final RequestMover mover;
    private final MigrationTurn turn;
    private final MigrationReports reports;
    private final MessageSource texts;
    private final boolean atStart;
    private final ExecutorService background = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "running-requests");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean stopping;

    RunningRequestMigration(
            VersionChanges versions,
            WaitingRequests waiting,
            RequestMover mover,
            MigrationTurn turn,
            MigrationReports reports,
            MessageSource texts,
            @Value("${smart-accounts.migration.at-start:true}") boolean atStart) {
        this.versions = versions;
        this.waiting = waiting;
        this.mover = mover;
        this.turn = turn;
        this.reports = reports;
        this.texts = texts;
        this.atStart = atStart;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        if (atStart) {
            // A node that started before, with older processes, may still be at it.
            background.execute(() -> run(turn.await(), AT_START, false));
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

    /**
     * Moves all requests that can be moved, in the background.
     *
     * @param trial whether only to find out what would become of them
     * @return whether it has begun; not while another run is under way, on whichever node
     */
    boolean start(String user, boolean trial) {
        Optional<MigrationTurn.Held> taken = turn.tryTake();
        taken.ifPresent(held -> background.execute(() -> run(held, user, trial)));
        return taken.isPresent();
    }

    boolean isUnderWay() {
        return turn.isTaken();
    }

    private void run(MigrationTurn.Held held, String user, boolean trial) {
        try (held) {
            run(user, trial, changes());
        } catch (RuntimeException e) {
            log.error("Moving the running requests was broken off", e);
        }
    }

    private List<VersionChange> changes() {
        return versions.targets(versions.versions()).entrySet().stream()
                .filter(target -> waiting.count(target.getKey()) > 0)
                .map(target -> versions.between(target.getKey(), target.getValue()))
                .toList();
    }

    /** Moves the requests of some versions, in the caller's turn; the number of the report, if there is anything to report. */
    Optional<Long> run(String user, boolean trial, List<VersionChange> changes) {
        long requests = changes.stream()
                .mapToLong(
                        change -> Math.min(waiting.count(change.from()), trial ? MigrationRun.SAMPLE : Long.MAX_VALUE))
                .sum();
        if (requests == 0) {
            log.info("No request waits on an older version of the process");
            return Optional.empty();
        }
        long run = reports.begin(user, trial, requests);
        new MigrationRun(waiting, mover, reports, () -> stopping, run, trial).through(changes);
        if (stopping) {
            log.info(
                    "Moving the running requests was broken off by the end of the application; the next start goes on");
        } else {
            reports.end(run);
            log.info("Running requests{}: {}", trial ? ", only tried" : "", inWords(reports.get(run)));
        }
        return Optional.of(run);
    }

    private String inWords(Report report) {
        return report.lines().stream()
                .map(line -> "%d from %s to %s: %s (such as %s)"
                        .formatted(
                                line.requests(),
                                line.from(),
                                line.to(),
                                texts.getMessage(
                                        line.outcome().text(), new Object[] {line.detail()}, Languages.ORIGINAL),
                                line.example()))
                .collect(Collectors.joining("; "));
    }
}
