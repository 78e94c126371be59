package org.smartaccounts.operations.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.Timeline;
import org.smartaccounts.account.TimelineEntry;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * How long customers take to decide, from the moment in which their account is there provisionally. The node that took the decision remembers
 * it; the sum over all nodes is what customers did, and whoever reads it keeps what a node knew that has ended.
 */
@Component
class DecisionTimes {

    /** Days, since people think in days. */
    private static final Duration[] STEPS = List.of(1, 2, 3, 5, 7, 14, 21, 30, 45, 60, 75, 90).stream()
            .map(Duration::ofDays)
            .toArray(Duration[]::new);

    private final Timeline timeline;
    private final Map<AccountStatus, Timer> timers;

    DecisionTimes(Timeline timeline, MeterRegistry registry) {
        this.timeline = timeline;
        timers = Map.of(
                AccountStatus.ACTIVE, timer("activated", registry),
                AccountStatus.DECLINED, timer("declined", registry));
    }

    private static Timer timer(String outcome, MeterRegistry registry) {
        return Timer.builder("smartaccounts.request.decision")
                .description("How long customers took to accept or decline")
                .tag("outcome", outcome)
                .serviceLevelObjectives(STEPS)
                .register(registry);
    }

    /** After the commit: what was rolled back was not decided. */
    @TransactionalEventListener
    void record(TimelineEntry entry) {
        @Nullable Timer timer = timers.get(entry.status());
        if (timer != null && entry.event() == TimelineEntry.Event.STATUS) {
            List<TimelineEntry> story = timeline.of(entry.requestNumber());
            List<Instant> asked = moments(AccountStatus.PENDING, story);
            // An account that was suspended becomes active once more.
            boolean isDecision = moments(entry.status(), story).size() == 1;
            if (isDecision && !asked.isEmpty()) {
                timer.record(Duration.between(asked.get(0), entry.at()));
            }
        }
    }

    /** When the account became that, oldest first. */
    private static List<Instant> moments(AccountStatus status, List<TimelineEntry> story) {
        return story.stream()
                .filter(entry -> entry.event() == TimelineEntry.Event.STATUS && entry.status() == status)
                .map(TimelineEntry::at)
                .toList();
    }
}
