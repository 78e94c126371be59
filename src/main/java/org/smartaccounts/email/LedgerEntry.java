package org.smartaccounts.email;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of one email.
 *
 * @param key        what it is and for whom
 * @param occurrence which of its kind
 * @param language   in which it is written
 * @param messageId  its {@code Message-ID}, the same for every try
 * @param state      where it stands
 * @param tries      how often it was offered to a mail server
 * @param lastAnswer what the mail server, or the way to it, said last; empty before the first try, at most 500 characters
 * @param changedAt  when that was
 * @param cameBackAt when it came back, though a mail server had accepted it; null if it did not
 */
public record LedgerEntry(
        EmailKey key,
        Occurrence occurrence,
        Locale language,
        String messageId,
        State state,
        int tries,
        String lastAnswer,
        Instant changedAt,
        @Nullable Instant cameBackAt) {

    /** Where an email stands. */
    public enum State {
        /** To be sent, now or at the next try. */
        WAITING,
        /** Accepted by a mail server; it has arrived, unless it comes back later. */
        SENT,
        /** Refused for good, or given up after the last try, or come back. */
        FAILED,
        /** Not needed any more before it was sent. */
        DROPPED
    }
}
