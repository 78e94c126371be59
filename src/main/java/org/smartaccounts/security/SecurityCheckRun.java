package org.smartaccounts.security;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A check of all live accounts. Its methods are public for templates.
 *
 * @param id           which
 * @param startedAt    when it began
 * @param startedBy    a user; empty for the timer
 * @param state        where it stands
 * @param endedAt      when it ended; null while it is under way
 * @param checkedUpTo  the number of the last account that was checked; empty before the first
 * @param checked      how many accounts were checked
 * @param watched      how many findings were only noted
 * @param toReview     how many findings were given to licensing support
 * @param known        how many findings a run before has had already
 */
public record SecurityCheckRun(
        long id,
        Instant startedAt,
        String startedBy,
        State state,
        @Nullable Instant endedAt,
        String checkedUpTo,
        long checked,
        long watched,
        long toReview,
        long known) {

    /** Where a run stands. */
    public enum State {
        RUNNING,
        FINISHED,
        /** Somebody has deleted its process. */
        BROKEN_OFF
    }

    /** How many seconds it took, at least one; null while it is under way. */
    public @Nullable Long seconds() {
        return endedAt == null
                ? null
                : Math.max(1, Duration.between(startedAt, endedAt).toSeconds());
    }
}
