package org.smartaccounts.account;

import java.time.Instant;

/**
 * One line of an account's history: when, who, what.
 *
 * @param requestNumber which account
 * @param at            when
 * @param actor         who
 * @param status        what it became
 * @param details       what else is worth knowing, in words; may be empty
 */
public record TimelineEntry(String requestNumber, Instant at, Actor actor, AccountStatus status, String details) {}
