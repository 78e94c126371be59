package org.smartaccounts.request;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Which forms have become which requests, so that one sent twice, by a double click or from the browser's history, is one request. */
@Component
class SentForms {

    /** Nobody goes back to a form that is older, or reloads it. */
    private static final Duration KEPT_FOR = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final Clock clock;

    SentForms(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Begins the request of a form, unless that has been done. Whoever sends it at the same moment waits until the transaction of the
     * first ends.
     *
     * @param start begins it, and says its number
     * @return its number
     */
    String once(UUID form, String sender, Supplier<String> start) {
        int mine = jdbc.sql("INSERT INTO sent_form (form, sender, sent_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                .params(form, sender, clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        if (mine == 0) {
            return requestOf(form, sender).orElseThrow();
        }
        String requestNumber = start.get();
        jdbc.sql("UPDATE sent_form SET request_number = ? WHERE form = ? AND sender = ?")
                .params(requestNumber, form, sender)
                .update();
        return requestNumber;
    }

    /** What has come of a form. */
    Optional<String> requestOf(UUID form, String sender) {
        return jdbc.sql("SELECT request_number FROM sent_form WHERE form = ? AND sender = ?")
                .params(form, sender)
                .query(String.class)
                .optional();
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1H")
    void forget() {
        jdbc.sql("DELETE FROM sent_form WHERE sent_at < ?")
                .param(clock.instant().minus(KEPT_FOR).atOffset(ZoneOffset.UTC))
                .update();
    }
}
