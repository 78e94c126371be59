package org.smartaccounts.security;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.Problem;

/**
 * Something that a check has found, and what became of it. Its methods are public for templates.
 *
 * @param requestNumber about which account
 * @param severity      how serious it looks
 * @param words         what is suspicious, for readers of any language
 * @param foundAt       when
 * @param state         where it stands
 * @param decidedBy     who decided: a user, or empty
 * @param decidedAt     when; null before
 * @param reason        why, in that person's words; may be empty
 */
public record Finding(
        String requestNumber,
        Severity severity,
        Problem words,
        Instant foundAt,
        State state,
        String decidedBy,
        @Nullable Instant decidedAt,
        String reason) {

    /** How serious a finding looks. */
    public enum Severity {
        LOW,
        MEDIUM,
        HIGH
    }

    /** Where a finding stands. */
    public enum State {
        /** Only noted; nobody has to decide. */
        WATCHED,
        /** Licensing support has not decided yet. */
        OPEN,
        /** No reason to worry. */
        CLEARED,
        /** The account is suspended because of it. */
        SUSPENDED,
        /** The account was suspended because of it, and is not any more. */
        REINSTATED,
        /** The account was closed because of it. */
        CLOSED,
        /** Nobody has decided in time; the next check finds it anew. */
        UNDECIDED,
        /** The account has ended in another way. */
        ENDED
    }
}
