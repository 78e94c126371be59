package org.smartaccounts.privacy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Anonymises requests so long after their end, every night: so many at once, each time in a transaction of its own, on one node. What a
 * node leaves behind that ends, the next night takes up. An active account has not ended.
 */
@Component
class EndedRequests {

    private static final Logger log = LoggerFactory.getLogger(EndedRequests.class);

    /** Any number, as long as nothing else in this database locks it. */
    private static final long LOCK = 7_240_015;

    static final int AT_ONCE = 100;

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

    /** Anonymises all that ended long enough ago; says how many. */
    @Scheduled(cron = "${smart-accounts.keep.at}")
    int anonymise() {
        int all = 0;
        int some;
        do {
            some = anonymiseSome();
            all += some;
        } while (some == AT_ONCE);
        if (all > 0) {
            log.info("Anonymised {} requests that had ended", all);
        }
        return all;
    }

    /** Says how many it did; none if another node is at it. */
    int anonymiseSome() {
        Integer done = transaction.execute(status -> {
            if (!isMyTurn()) {
                return 0;
            }
            Instant now = clock.instant();
            List<String> due = due(now);
            if (!due.isEmpty()) {
                traces.forget(due, now);
            }
            return due.size();
        });
        return done == null ? 0 : done;
    }

    private boolean isMyTurn() {
        return jdbc.sql("SELECT pg_try_advisory_xact_lock(?)")
                .param(LOCK)
                .query(Boolean.class)
                .single();
    }

    private List<String> due(Instant now) {
        return jdbc.sql("""
                SELECT request_number FROM smart_account
                WHERE ended_at <= ? AND anonymised_at IS NULL
                ORDER BY ended_at, request_number LIMIT ? FOR NO KEY UPDATE""")
                .params(now.minus(properties.endedRequests()).atOffset(ZoneOffset.UTC), AT_ONCE)
                .query(String.class)
                .list();
    }
}
