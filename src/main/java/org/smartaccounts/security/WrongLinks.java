package org.smartaccounts.security;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts forged activation links by the request that they name, for a month. What names no request is not kept. */
@Component
public class WrongLinks {

    /** For how long they count. */
    static final Duration TIME = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final Clock clock;

    WrongLinks(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Somebody has tried a link that we have not made. */
    public void tried(String requestNumber) {
        jdbc.sql("""
                        INSERT INTO wrong_link (request_number, day, tries)
                        SELECT request_number, ?, 1 FROM smart_account WHERE request_number = ?
                        ON CONFLICT (request_number, day) DO UPDATE SET tries = wrong_link.tries + 1""").params(today(), requestNumber).update();
    }

    /** The first day that counts. */
    LocalDate since() {
        return today().minusDays(TIME.toDays());
    }

    /** Forgets what does not count any more. */
    void forgetOld() {
        jdbc.sql("DELETE FROM wrong_link WHERE day < ?").param(since()).update();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
