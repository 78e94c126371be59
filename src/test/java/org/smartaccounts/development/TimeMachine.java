package org.smartaccounts.development;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The application's clock, which can travel. It is the engine's clock, so both always agree. How far it is ahead is kept beside the
 * database's data: time does not fall back when the application starts again.
 */
@Component
public class TimeMachine extends Clock {

    private final @Nullable Path offsetFile;
    private Duration offset = Duration.ZERO;

    TimeMachine(DevelopmentProperties properties) throws IOException {
        @Nullable Path directory = properties.dataDirectory();
        offsetFile = directory == null ? null : directory.resolve("clock-offset");
        if (offsetFile != null && Files.exists(offsetFile)) {
            offset = Duration.parse(Files.readString(offsetFile).strip());
        }
        apply();
    }

    /** Moves the clock on. */
    public synchronized void travel(Duration distance) {
        offset = offset.plus(distance);
        apply();
        if (offsetFile != null) {
            try {
                Files.createDirectories(offsetFile.getParent());
                Files.writeString(offsetFile, offset + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Moves the clock on to that moment, or back. */
    public void travelTo(Instant moment) {
        travel(Duration.between(instant(), moment));
    }

    /** Back to the present. */
    public synchronized void returnToPresent() {
        travel(offset.negated());
    }

    private void apply() {
        ClockUtil.offset(offset.toMillis());
    }

    @Override
    public Instant instant() {
        return ClockUtil.getCurrentTime().toInstant();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone);
    }
}
