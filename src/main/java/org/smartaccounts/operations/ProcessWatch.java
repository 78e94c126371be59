package org.smartaccounts.operations;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Lets people try a change: looks at the folder again and again, and what was saved is live within two seconds. Only what two looks
 * have found the same is taken, since an editor may still be writing. It reads everything each time: that is little, and times and
 * sizes of files do not tell every change.
 */
@Component
class ProcessWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ProcessWatch.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ProcessProperties properties;
    private final ProcessFolder folder;
    private final LiveProcesses processes;

    private @Nullable ScheduledExecutorService looking;
    private @Nullable ProcessFiles lastLook;

    ProcessWatch(ProcessProperties properties, ProcessFolder folder, LiveProcesses processes) {
        this.properties = properties;
        this.folder = folder;
        this.processes = processes;
    }

    @Override
    public void start() {
        if (properties.isWatched()) {
            looking = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "watch of the processes");
                thread.setDaemon(true);
                return thread;
            });
            ScheduledFuture<?> unused =
                    looking.scheduleWithFixedDelay(this::look, 0, BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
            log.info("Whatever is saved in {} is live at once", properties.folder());
        }
    }

    private void look() {
        try {
            ProcessFiles found = folder.external();
            if (!found.equals(processes.present()) && found.equals(lastLook)) {
                processes.update(found);
            }
            lastLook = found;
        } catch (RuntimeException e) {
            // Perhaps the database was away; an exception would end the watch.
            log.warn("The processes in {} could not be deployed", properties.folder(), e);
        }
    }

    @Override
    public void stop() {
        ScheduledExecutorService current = looking;
        looking = null;
        if (current != null) {
            current.shutdown();
            try {
                if (!current.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    current.shutdownNow();
                }
            } catch (InterruptedException e) {
                current.shutdownNow();
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return looking != null;
    }
}
