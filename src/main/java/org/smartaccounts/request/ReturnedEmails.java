package org.smartaccounts.request;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.email.Email;
import org.smartaccounts.email.EmailKey;
import org.smartaccounts.email.EmailLedger;
import org.smartaccounts.email.EmailNotAcceptedException;
import org.smartaccounts.email.LedgerEntry;
import org.smartaccounts.email.LedgerEntry.State;
import org.smartaccounts.email.Mailer;
import org.smartaccounts.email.Occurrence;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What follows when an email comes back that a mail server had accepted. It takes the way of one that is refused at once: the ledger knows,
 * and if it was for the present approver of a request that waits, the diagram has the address corrected. What was for added users, their
 * requester is told together. When a request has ended, only the ledger knows.
 */
@Component
public class ReturnedEmails {

    /** What became of the news. */
    public enum Outcome {
        /** It is written down, with everything that follows. */
        RECORDED,
        /** That was known, or is of no interest any more. */
        KNOWN,
        /** Nobody knows yet that the email was accepted; moments later they will. */
        TOO_EARLY,
        /** There is no such email to that recipient. */
        NOT_OURS
    }

    private static final Logger log = LoggerFactory.getLogger(ReturnedEmails.class);

    private static final String USERS_REFUSED = "usersRefused";

    private static final int AT_ONCE = 20;

    /** Between one try to tell of added users and the next, and how many there are. */
    private static final Duration BETWEEN_TRIES = Duration.ofMinutes(10);

    private static final int TRIES = 10;

    private final SmartAccounts accounts;
    private final EmailLedger ledger;
    private final Mailer mailer;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final Clock clock;

    ReturnedEmails(
            SmartAccounts accounts,
            EmailLedger ledger,
            Mailer mailer,
            RuntimeService runtime,
            TaskService tasks,
            Clock clock) {
        this.accounts = accounts;
        this.ledger = ledger;
        this.mailer = mailer;
        this.runtime = runtime;
        this.tasks = tasks;
        this.clock = clock;
    }

    /**
     * Somebody says that an email has come back. It is believed if there is an email with that id to that recipient.
     *
     * @param messageId as in {@code Message-ID}, with its angle brackets
     * @param refused   whether no email will ever reach the recipient
     * @param answer    why, in a mail server's words
     */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public Outcome cameBack(String messageId, String recipient, boolean refused, String answer) {
        Optional<LedgerEntry> known =
                ledger.find(messageId).filter(entry -> entry.key().recipient().equalsIgnoreCase(recipient));
        if (known.isEmpty()) {
            return Outcome.NOT_OURS;
        }
        LedgerEntry email = known.get();
        // Whoever acts locks the account before its emails. One about a support case has none.
        Optional<SmartAccount> concerned = accounts.findLocked(email.key().about());
        if (!ledger.cameBack(messageId, answer)) {
            boolean isWaiting = ledger.find(messageId)
                    .filter(entry -> entry.state() == State.WAITING)
                    .isPresent();
            return isWaiting ? Outcome.TOO_EARLY : Outcome.KNOWN;
        }
        log.info("{}: the email {} came back", email.key().about(), email.key().template());
        concerned.ifPresent(account -> follow(email, account, refused));
        return Outcome.RECORDED;
    }

    private void follow(LedgerEntry email, SmartAccount account, boolean refused) {
        if (email.key().template().equals(SentEmails.WELCOME)) {
            planToTellOfUsers(account);
        } else if (refused && isToPresentApprover(email, account) && account.isUndecided()) {
            haveAddressCorrected(account);
        }
    }

    private static boolean isToPresentApprover(LedgerEntry email, SmartAccount account) {
        return email.occurrence().approverVersion() == account.approverVersion()
                && email.key().recipient().equals(account.details().customerEmail());
    }

    /** A request that still follows an older diagram goes on as it is: there, nobody waits for this. */
    private void haveAddressCorrected(SmartAccount account) {
        boolean isBeingCorrected = tasks.createTaskQuery()
                        .processInstanceBusinessKey(account.requestNumber())
                        .taskDefinitionKey(ProcessElements.CORRECT_CUSTOMER_EMAIL)
                        .count()
                > 0;
        if (!isBeingCorrected) {
            runtime.createMessageCorrelation(ProcessElements.ADDRESS_CAME_BACK)
                    .processInstanceBusinessKey(account.requestNumber())
                    .correlateAll();
        }
    }

    private void planToTellOfUsers(SmartAccount account) {
        int failed = ledger.failedRecipients(account.requestNumber(), SentEmails.WELCOME)
                .size();
        ledger.plan(
                new EmailKey(
                        account.requestNumber(),
                        USERS_REFUSED,
                        account.requester().email()),
                new Occurrence(account.approverVersion(), account.resends() + failed, 0),
                Locale.forLanguageTag(account.requester().language()));
    }

    /**
     * Tells requesters of the added users whose emails have come back. The process has ended long ago, so nobody else tries again when a
     * mail server does not answer.
     */
    public void tellOfUsers() {
        for (LedgerEntry email : ledger.waiting(USERS_REFUSED, AT_ONCE)) {
            SmartAccount account = accounts.get(email.key().about());
            // What the process has planned, the process sends.
            boolean isOurs = email.occurrence().resend() > account.resends();
            boolean isDue = email.tries() == 0
                    || !clock.instant().isBefore(email.changedAt().plus(BETWEEN_TRIES));
            if (isOurs && isDue) {
                tellOfUsers(email, account);
            }
        }
    }

    private void tellOfUsers(LedgerEntry email, SmartAccount account) {
        List<String> refused = ledger.failedRecipients(account.requestNumber(), SentEmails.WELCOME);
        Map<String, Object> facts = Map.of(
                "requestNumber", account.requestNumber(),
                "requester", account.requester(),
                "accountName", account.details().accountName(),
                "details", account.details(),
                "refusedUsers", refused,
                "reader", Recipients.REQUESTER);
        try {
            mailer.send(new Email(email.key(), email.language(), facts), email.occurrence());
        } catch (EmailNotAcceptedException e) {
            log.warn("{}: {}", account.requestNumber(), Objects.requireNonNull(e.getMessage()));
            if (email.tries() + 1 >= TRIES) {
                mailer.giveUp(email.key());
            }
        }
    }
}
