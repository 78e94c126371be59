package org.smartaccounts.operations.metrics;

import java.time.Duration;

/**
 * What the engine has to do, and what it cannot do.
 *
 * @param executable jobs that could run at once, and that no node has taken
 * @param overdue    those of them that should have run five minutes ago
 * @param lag        how long the oldest of them has been waiting; zero if none is
 * @param failed     jobs that are not tried any more
 * @param incidents  that are open, one for each cause
 * @param oldest     for how long the oldest incident has been open; zero if none is
 */
record WaitingWork(long executable, long overdue, Duration lag, long failed, long incidents, Duration oldest) {

    static final Duration PATIENCE = Duration.ofMinutes(5);
}
