package org.smartaccounts.account;

import java.time.Instant;

/**
 * One line of an account's history: when, who, what.
 *
 * @param requestNumber which account
 * @param at            when
 * @param actor         who
 * @param event         what kind of thing happened
 * @param status        what it was afterwards
 * @param details       what else is worth knowing, in words; may be empty
 */
public record TimelineEntry(
        String requestNumber, Instant at, Actor actor, Event event, AccountStatus status, String details) {

    /** What kind of thing happened. */
    public enum Event {
        /** The account became what the status says. */
        STATUS,
        /** The approver was sent the instructions again. */
        RESEND,
        /** Somebody else became the approver; the details name both. */
        APPROVER,
        /** The account was suspended, and is again what the status says. */
        REINSTATED
    }
}
