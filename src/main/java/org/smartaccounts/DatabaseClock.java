package org.smartaccounts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;
import org.joda.time.DateTimeUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * The clock of all nodes, the engine's too: the database's. A node looks at it at the start and every minute, and in between counts on by a
 * timer that nobody sets. So all nodes agree on what is due and for how long a job is locked, and whoever's own clock is wrong, or jumps,
 * does nothing too early and takes no job that another node is still at.
 */
class DatabaseClock extends Clock implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(DatabaseClock.class);

    /** An answer that took longer says too little. */
    private static final Duration MAX_ANSWER_TIME = Duration.ofSeconds(1);
    /** More is no clock that runs a little fast or slow. */
    private static final Duration JUMP = Duration.ofSeconds(5);

    private final JdbcClient jdbc;
    private final LongSupplier nanos;
    /** The database's time when the timer stood at zero. */
    private volatile Instant zero;

    /** @param nanos a timer in nanoseconds, such as {@link System#nanoTime()} */
    DatabaseClock(JdbcClient jdbc, LongSupplier nanos) {
        this.jdbc = jdbc;
        this.nanos = nanos;
        zero = Instant.now().minusNanos(nanos.getAsLong());
        zero = look();
        // What the engine asks for the time.
        DateTimeUtils.setCurrentMillisProvider(this::millis);
    }

    /** Sets the clock by the database's, if the database can be asked. */
    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void adjust() {
        try {
            Instant before = zero;
            zero = look();
            Duration change = Duration.between(before, zero);
            if (change.abs().compareTo(JUMP) > 0) {
                log.warn("The clock of the database has jumped by {}, and this node follows", change);
            }
        } catch (DataAccessException e) {
            log.debug("The database does not say what time it is; this node counts on", e);
        }
    }

    private Instant look() {
        long asked = nanos.getAsLong();
        Instant time = jdbc.sql("SELECT clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
        long answered = nanos.getAsLong();
        return answered - asked > MAX_ANSWER_TIME.toNanos() ? zero : time.minusNanos(asked + (answered - asked) / 2);
    }

    @Override
    public Instant instant() {
        return zero.plusNanos(nanos.getAsLong());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        InstantSource same = () -> instant();
        return same.withZone(zone);
    }

    @Override
    public void destroy() {
        DateTimeUtils.setCurrentMillisSystem();
    }
}
