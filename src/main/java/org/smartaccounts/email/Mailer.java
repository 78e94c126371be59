package org.smartaccounts.email;

import jakarta.mail.internet.MimeMessage;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.email.EmailLedger.Claim;
import org.smartaccounts.email.LateRecords.Acceptance;
import org.smartaccounts.email.LedgerEntry.State;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends what the {@link EmailLedger} says is to be sent, once. It claims the row, hands the email to the mail server and writes down
 * what the server said, in a transaction of its own: whatever becomes of the caller's, an email that was accepted is known to be,
 * and is not sent again. If the database is lost under it, {@link LateRecords} write down what was accepted as soon as it is back. Only
 * a node that is killed in the moment between the server's answer and this commit can send it twice.
 *
 * <p>The caller's transaction may not have written to the row, or each would wait for the other.
 */
@Component
public class Mailer {

    /** Names the template in each message. */
    public static final String TEMPLATE_HEADER = "Smart-Account-Email";

    private final EmailLedger ledger;
    private final EmailWriter writer;
    private final MailServer server;
    private final MailTimes times;
    private final LateRecords lateRecords;
    private final TransactionTemplate ownTransaction;

    Mailer(
            EmailLedger ledger,
            EmailWriter writer,
            MailServer server,
            MailTimes times,
            LateRecords lateRecords,
            PlatformTransactionManager transactions) {
        this.ledger = ledger;
        this.writer = writer;
        this.server = server;
        this.times = times;
        this.lateRecords = lateRecords;
        ownTransaction = new TransactionTemplate(transactions);
        ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Sends an email, unless that has been done. When this returns, a mail server has accepted the message; whether it arrives
     * nobody knows yet.
     *
     * @param occurrence under which it is written down if nobody has planned it
     * @throws RecipientRefusedException if it will never be accepted
     * @throws EmailNotAcceptedException if no server accepted it now
     */
    public void send(Email email, Occurrence occurrence) {
        AtomicReference<@Nullable Acceptance> accepted = new AtomicReference<>();
        @Nullable RuntimeException failure;
        try {
            failure = ownTransaction.execute(status -> {
                Optional<Claim> claim = claim(email, occurrence);
                return claim.isEmpty() ? null : send(email, claim.get(), accepted);
            });
        } catch (DataAccessException | TransactionException e) {
            @Nullable Acceptance acceptance = accepted.get();
            if (acceptance == null) {
                throw e;
            }
            lateRecords.write(acceptance, e);
            return;
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** No further try will be made by itself: the email counts as failed until somebody has it sent after all. */
    public void giveUp(EmailKey key) {
        ownTransaction.executeWithoutResult(status -> ledger.giveUp(key));
    }

    private Optional<Claim> claim(Email email, Occurrence occurrence) {
        Optional<Claim> claim = ledger.claim(email.key());
        if (claim.isEmpty() && !ledger.knows(email.key(), occurrence.turn())) {
            ledger.plan(email.key(), occurrence, email.language());
            return ledger.claim(email.key());
        }
        return claim;
    }

    /** @return why it was not accepted; null if it was */
    private @Nullable RuntimeException send(Email email, Claim claim, AtomicReference<@Nullable Acceptance> accepted) {
        String answer;
        try {
            MimeMessage message = writer.write(email, claim.messageId());
            answer = times.of(() -> server.accept(message));
        } catch (RecipientRefusedException e) {
            ledger.tried(claim, State.FAILED, e.answer());
            return e;
        } catch (EmailNotAcceptedException e) {
            ledger.tried(claim, State.WAITING, e.answer());
            return e;
        } catch (RuntimeException e) {
            // A template, perhaps. Its words may contain what is nobody's business.
            ledger.tried(claim, State.WAITING, "The email could not be written");
            return e;
        }
        accepted.set(new Acceptance(claim, answer));
        ledger.tried(claim, State.SENT, answer);
        return null;
    }
}
