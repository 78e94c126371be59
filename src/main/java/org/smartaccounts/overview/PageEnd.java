package org.smartaccounts.overview;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of a list ends and the next one begins: at a moment, and of several requests at that moment after one of them. It names
 * nobody's secrets: it says no more than its reader has seen.
 *
 * @param at in microseconds, as the database keeps time
 */
public record PageEnd(Instant at, String requestNumber) {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,16})-(SAR-[0-9]{6,12})");
    private static final long MICROS = 1_000_000;

    /** What an address says; empty if it makes no sense. */
    public static Optional<PageEnd> of(@Nullable String text) {
        Matcher form = FORM.matcher(text == null ? "" : text);
        return form.matches()
                ? Optional.of(new PageEnd(
                        Instant.EPOCH.plus(Long.parseLong(form.group(1)), ChronoUnit.MICROS), form.group(2)))
                : Optional.empty();
    }

    /** For an address. */
    @Override
    public String toString() {
        return (at.getEpochSecond() * MICROS + at.getNano() / 1_000) + "-" + requestNumber;
    }
}
