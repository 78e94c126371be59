package org.smartaccounts.operations.metrics;

import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smartaccounts.email.EmailLedger;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks into the database twice a minute, and lets the meters show what it says. Every node does: somebody has to add the marks of the tally
 * up, whether or not anybody reads the meters. When the database does not answer, the meters show what they did, and how old that is.
 */
@Component
class Snapshots {

    private static final Logger log = LoggerFactory.getLogger(Snapshots.class);

    /** A look takes some milliseconds; one that takes longer is given up. */
    private static final int SECONDS = 10;

    private final Tally tally;
    private final EmailLedger ledger;
    private final Engine engine;
    private final DatabaseMeters meters;
    private final TransactionTemplate reading;

    Snapshots(
            Tally tally,
            EmailLedger ledger,
            Engine engine,
            DatabaseMeters meters,
            PlatformTransactionManager transactions) {
        this.tally = tally;
        this.ledger = ledger;
        this.engine = engine;
        this.meters = meters;
        reading = new TransactionTemplate(transactions);
        reading.setReadOnly(true);
        reading.setTimeout(SECONDS);
    }

    @Scheduled(fixedDelayString = "PT30S")
    void look() {
        try {
            take();
        } catch (DataAccessException | TransactionException e) {
            log.warn("The metrics show what was so before, since the database does not answer: {}", e.getMessage());
        }
    }

    /** Looks now. */
    void take() {
        while (tally.addUp()) {
            // There are more.
        }
        meters.show(Objects.requireNonNull(reading.execute(
                status -> new Snapshot(tally.read(), ledger.countTriedInVain(), engine.waiting(), engine.live()))));
    }
}
