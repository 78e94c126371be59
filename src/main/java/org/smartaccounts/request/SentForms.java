package org.smartaccounts.request;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which forms have become which requests, so that one sent twice, by a double click or from the browser's history, is one request. */
@Component
class SentForms {

    private final JdbcClient jdbc;

    SentForms(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Begins the request of a form, unless that has been done. Whoever sends it at the same moment waits until the transaction of the
     * first ends.
     *
     * @param start begins it, and says its number
     * @return its number
     */
    String once(UUID form, String sender, Supplier<String> start) {
        int mine = jdbc.sql("INSERT INTO sent_form (form, sender) VALUES (?, ?) ON CONFLICT DO NOTHING")
                .params(form, sender)
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
}
