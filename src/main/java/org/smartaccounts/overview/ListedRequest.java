package org.smartaccounts.overview;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.RequestDetails;
import org.smartaccounts.account.TimelineEntry;

/**
 * A request in a list.
 *
 * @param requesterName  as it was when the request was made
 * @param companyName    likewise
 * @param deadline       until when the customer has time; null while nobody has asked the customer
 * @param lastEvent      what happened to it last
 * @param lastStatus     what it was afterwards
 * @param lastEventAt    when
 * @param waitsFor       the user for whom it waits at the requester's side; null if it does not
 * @param waitsForName   that person's name; null if nobody knows it
 */
public record ListedRequest(
        String requestNumber,
        AccountStatus status,
        String accountName,
        String accountDomain,
        String approver,
        String requesterName,
        String companyName,
        Instant requestedAt,
        @Nullable Instant deadline,
        TimelineEntry.Event lastEvent,
        AccountStatus lastStatus,
        Instant lastEventAt,
        @Nullable String waitsFor,
        @Nullable String waitsForName) {

    /** What it is called: by its number, as long as the account has no name that can be read. */
    public String title() {
        return RequestDetails.isName(accountName) ? accountName : requestNumber;
    }

    /** Whether the customer's time is running. */
    public boolean isTimed() {
        return status == AccountStatus.PENDING && deadline != null;
    }

    /** How many days the customer has left; one that has begun counts. */
    public long daysLeftAt(Instant now) {
        return deadline == null ? 0 : daysBetween(now, deadline);
    }

    /** How many days there were between the request and its deadline. */
    public long daysInAll() {
        return deadline == null ? 0 : daysBetween(requestedAt, deadline);
    }

    private static long daysBetween(Instant from, Instant to) {
        return from.isBefore(to)
                ? Duration.between(from, to).plusDays(1).minusNanos(1).toDays()
                : 0;
    }
}
