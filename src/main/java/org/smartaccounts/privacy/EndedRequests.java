package org.smartaccounts.privacy;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Anonymises requests, and support cases, so long after their end, and so long after that removes what remained of them, every night: so many
 * at once, each time in a transaction of its own, on one node. What a node leaves behind that ends, the next night takes up. An active account
 * has not ended.
 */
@Component
class EndedRequests {

    private static final Logger log = LoggerFactory.getLogger(EndedRequests.class);

    /** Any number, as long as nothing else in this database locks it. */
    private static final long LOCK = 7_240_015;

    static final int AT_ONCE = 100;

    private static final String DUE = """
            SELECT request_number FROM smart_account
            WHERE ended_at <= ? AND anonymised_at IS NULL
            ORDER BY ended_at, request_number LIMIT ? FOR NO KEY UPDATE""";

    private static final String DUE_CASES = """
            SELECT case_number FROM support_case
            WHERE closed_at <= ? AND reporter_email <> ''
            ORDER BY closed_at, case_number LIMIT ? FOR NO KEY UPDATE""";

    private static final String LONG_DUE = """
            SELECT request_number FROM smart_account request
            WHERE anonymised_at <= ? AND NOT EXISTS (SELECT FROM support_case about WHERE about.request_number = request.request_number)
            ORDER BY anonymised_at, request_number LIMIT ? FOR UPDATE""";

    private static final String LONG_DUE_CASES = """
            SELECT case_number FROM support_case
            WHERE closed_at <= ? AND reporter_email = ''
            ORDER BY closed_at, case_number LIMIT ? FOR UPDATE""";

    private final KeepProperties properties;
    private final Traces traces;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    EndedRequests(
            KeepProperties properties, Traces traces, JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
        this.properties = properties;
        this.traces = traces;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Anonymises all that ended long enough ago; says how many requests. */
    @Scheduled(cron = "${smart-accounts.keep.at}")
    int anonymise() {
        int cases = all(this::anonymiseSomeCases);
        int requests = all(this::anonymiseSome);
        if (requests + cases > 0) {
            log.info("Anonymised {} requests and {} support cases that had ended", requests, cases);
        }
        return requests;
    }

    private static int all(IntSupplier batch) {
        int all = 0;
        int some;
        do {
            some = batch.getAsInt();
            all += some;
        } while (some == AT_ONCE);
        return all;
    }

    /** Removes all that was anonymised long enough ago; says how many requests. */
    @Scheduled(cron = "${smart-accounts.keep.at}")
    int remove() {
        traces.removeOld(clock.instant().minus(properties.endedRequests()));
        int cases = all(this::removeSomeCases);
        int requests = all(this::removeSome);
        if (requests + cases > 0) {
            log.info("Removed what remained of {} requests and {} support cases", requests, cases);
        }
        return requests;
    }

    /** Says how many requests it did; none if another node is at it. */
    int anonymiseSome() {
        return some(DUE, properties.endedRequests(), due -> traces.forget(due, clock.instant()));
    }

    private int anonymiseSomeCases() {
        return some(DUE_CASES, properties.endedRequests(), traces::forgetCases);
    }

    private int removeSome() {
        return some(LONG_DUE, properties.anonymisedRequests(), traces::remove);
    }

    private int removeSomeCases() {
        return some(
                LONG_DUE_CASES, properties.endedRequests().plus(properties.anonymisedRequests()), traces::removeCases);
    }

    private int some(String dueBefore, Duration kept, Consumer<List<String>> done) {
        Integer count = transaction.execute(status -> {
            if (!isMyTurn()) {
                return 0;
            }
            List<String> due = jdbc.sql(dueBefore)
                    .params(clock.instant().minus(kept).atOffset(ZoneOffset.UTC), AT_ONCE)
                    .query(String.class)
                    .list();
            if (!due.isEmpty()) {
                done.accept(due);
            }
            return due.size();
        });
        return count == null ? 0 : count;
    }

    private boolean isMyTurn() {
        return jdbc.sql("SELECT pg_try_advisory_xact_lock(?)")
                .param(LOCK)
                .query(Boolean.class)
                .single();
    }
}
