package org.smartaccounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.smartaccounts.development.EmbeddedDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** All nodes go by one clock, the database's, whatever their own says. */
class DatabaseClockTest {

    private final AtomicLong nanos = new AtomicLong(Duration.ofDays(3).toNanos());
    private final DriverManagerDataSource dataSource =
            new DriverManagerDataSource(EmbeddedDatabase.newDatabase(), "postgres", "");
    private final JdbcClient jdbc = JdbcClient.create(dataSource);

    DatabaseClockTest() throws IOException, SQLException {}

    @AfterEach
    void backToTheClockOfThisMachine() {
        ClockUtil.reset();
    }

    @Test
    void itSaysWhatTheDatabaseSays() {
        DatabaseClock clock = new DatabaseClock(jdbc, System::nanoTime);

        assertThat(clock.instant()).isCloseTo(timeOfDatabase(), within(1, ChronoUnit.SECONDS));
    }

    @Test
    void inBetweenNothingButATimerMovesIt() {
        DatabaseClock clock = new DatabaseClock(jdbc, nanos::get);
        Instant begin = clock.instant();

        assertThat(clock.instant()).as("the machine's clock goes on").isEqualTo(begin);
        nanos.addAndGet(Duration.ofMinutes(7).toNanos());

        assertThat(clock.instant()).isEqualTo(begin.plus(Duration.ofMinutes(7)));
        assertThat(clock.withZone(clock.getZone()).instant()).isEqualTo(clock.instant());
    }

    @Test
    void theEngineGoesByIt() {
        DatabaseClock clock = new DatabaseClock(jdbc, nanos::get);
        nanos.addAndGet(Duration.ofMinutes(7).toNanos());

        assertThat(ClockUtil.getCurrentTime()).hasTime(clock.millis());
    }

    @Test
    void itIsAdjustedToTheDatabaseAgain() {
        DatabaseClock clock = new DatabaseClock(jdbc, nanos::get);
        nanos.addAndGet(Duration.ofMinutes(7).toNanos());

        clock.adjust();

        assertThat(clock.instant()).isCloseTo(timeOfDatabase(), within(1, ChronoUnit.SECONDS));
    }

    @Test
    void withoutTheDatabaseItCountsOn() {
        DatabaseClock clock = new DatabaseClock(jdbc, nanos::get);
        Instant begin = clock.instant();
        nanos.addAndGet(Duration.ofMinutes(7).toNanos());

        dataSource.setUrl("jdbc:postgresql://localhost:1/gone");
        clock.adjust();

        assertThat(clock.instant()).isEqualTo(begin.plus(Duration.ofMinutes(7)));
    }

    private Instant timeOfDatabase() {
        return jdbc.sql("SELECT clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }
}
