package org.smartaccounts.support;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A problem that somebody has reported. It is open until licensing support answers; by a reply it is open again; without one, or when
 * support closes it, it is closed for good.
 *
 * @param number        such as {@code CASE-000123}
 * @param status        where it stands
 * @param requestNumber the request that it is about; null if none is known
 * @param requestNamed  what the reporter has typed as its number; empty if the link or the page that led to the form knew it
 * @param reporterEmail where the reporter can be reached
 * @param reporterId    the user who was logged in; empty if nobody was
 * @param language      in which the reporter is written to
 * @param acknowledged  whether the reporter is told that it has arrived
 * @param reportedAt    when
 */
public record SupportCase(
        String number,
        Status status,
        @Nullable String requestNumber,
        String requestNamed,
        String reporterEmail,
        String reporterId,
        Locale language,
        boolean acknowledged,
        Instant reportedAt) {

    /** Where a case stands. */
    public enum Status {
        /** Waits for licensing support. */
        OPEN,
        /** Waits for a reply. */
        ANSWERED,
        /** Has ended. */
        CLOSED
    }

    /** The request that it is about, if that is known. */
    public Optional<String> request() {
        return Optional.ofNullable(requestNumber);
    }
}
