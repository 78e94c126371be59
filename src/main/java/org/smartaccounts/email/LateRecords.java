package org.smartaccounts.email;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smartaccounts.email.EmailLedger.Claim;
import org.smartaccounts.email.LedgerEntry.State;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Writes down that a mail server has accepted an email when the database was lost in that moment, on a connection of its own and as often as
 * it takes. Whoever sends waits for it, which costs nothing: without the database there is nothing else to do. Meanwhile the lock of
 * the job keeps the other nodes from sending it again.
 */
@Component
class LateRecords {

    /**
     * A mail server has taken the email.
     *
     * @param answer what it said
     */
    record Acceptance(Claim claim, String answer) {}

    private static final Logger log = LoggerFactory.getLogger(LateRecords.class);

    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 500;

    private final EmailLedger ledger;
    private final TransactionTemplate ownTransaction;

    LateRecords(EmailLedger ledger, PlatformTransactionManager transactions) {
        this.ledger = ledger;
        ownTransaction = new TransactionTemplate(transactions);
        ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Writes it down.
     *
     * @param loss with which the database was lost; thrown if the node ends before the database is back
     */
    void write(Acceptance acceptance, RuntimeException loss) {
        log.warn(
                "The database was lost after a mail server had accepted the email {}; it is written down as soon as the database is"
                        + " back",
                acceptance.claim().id());
        BackOffExecution pauses = pauses();
        while (!isWritten(acceptance)) {
            try {
                Thread.sleep(pauses.nextBackOff());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw loss;
            }
        }
        log.info("The email {} is written down as sent", acceptance.claim().id());
    }

    private boolean isWritten(Acceptance acceptance) {
        try {
            ownTransaction.executeWithoutResult(
                    status -> ledger.tried(acceptance.claim(), State.SENT, acceptance.answer()));
            return true;
        } catch (NonTransientDataAccessException e) {
            if (e instanceof NonTransientDataAccessResourceException) {
                return false;
            }
            // The database is there, and will say the same again.
            throw e;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static BackOffExecution pauses() {
        ExponentialBackOff backOff = new ExponentialBackOff(FIRST_PAUSE_MILLIS, 2);
        backOff.setMaxInterval(LONGEST_PAUSE_MILLIS);
        return backOff.start();
    }
}
