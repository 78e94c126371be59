package org.smartaccounts.bounce;

import jakarta.mail.Flags;
import jakarta.mail.Flags.Flag;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.FlagTerm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smartaccounts.bounce.DeliveryNotice.Failure;
import org.smartaccounts.request.ReturnedEmails;
import org.smartaccounts.request.ReturnedEmails.Outcome;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads the mailbox that undeliverable emails come back to, over IMAP, one node at a time and so many messages at a time. A message is
 * marked only after what follows from it is written down, so a node that ends in between loses nothing; the next one reads it again, and
 * the second time it changes nothing.
 *
 * <p>Notices about our emails are deleted, the ledger knows what they said. What is about something else is marked as read. What says that it
 * is a notice and cannot be understood is marked as read and flagged, for people to look at; it holds up nothing.
 */
@Component
class ReturnMailbox {

    private static final Logger log = LoggerFactory.getLogger(ReturnMailbox.class);

    /** Any number, as long as nothing else in this database locks it. */
    private static final long LOCK = 7_240_014;

    private static final int AT_ONCE = 100;

    /** In bytes. Our emails are far smaller, and a notice may return all of one. */
    private static final int MAX_SIZE = 1_000_000;

    /** For how long a message is tried that is understood and still cannot be written down. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    /** In milliseconds. */
    private static final String TIMEOUT = "15000";

    /** What a message was. */
    enum Verdict {
        /** It is about an email of ours, and has been taken note of. */
        OURS,
        /** It is something else. */
        SOMETHING_ELSE,
        /** It should be about an email, and cannot be understood. */
        SET_ASIDE,
        /** It is read again the next time. */
        LATER
    }

    /**
     * That the mailbox cannot be read.
     *
     * @param since when it was first seen by this node
     * @param words what is wrong
     */
    record Trouble(Instant since, String words) {}

    private final ReturnMailboxProperties properties;
    private final ReturnedEmails returned;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private volatile @Nullable Trouble trouble;

    ReturnMailbox(
            ReturnMailboxProperties properties,
            ReturnedEmails returned,
            JdbcClient jdbc,
            TransactionTemplate transaction) {
        this.properties = properties;
        this.returned = returned;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void lookAgain() {
        if (properties.isConfigured()) {
            look();
            returned.tellOfUsers();
        }
    }

    /** Reads what has come, unless another node does at this moment; says how many messages were what. */
    Map<Verdict, Integer> look() {
        Map<Verdict, Integer> seen = new EnumMap<>(Verdict.class);
        // The lock ends with this transaction; each message has one of its own.
        transaction.executeWithoutResult(status -> {
            if (isMyTurn()) {
                try {
                    read(seen);
                    trouble = null;
                } catch (MessagingException e) {
                    @Nullable Trouble before = trouble;
                    trouble = new Trouble(before == null ? Instant.now() : before.since(), e.toString());
                    // The words of the server do not matter; what is wrong, its name says.
                    log.warn("The return mailbox cannot be read now: {}", e.toString());
                }
            }
        });
        if (!seen.isEmpty()) {
            log.info("Read the return mailbox: {}", seen);
        }
        return seen;
    }

    /** Why it could not be read when this node last looked; empty if it could, or if there is none. */
    Optional<Trouble> trouble() {
        return Optional.ofNullable(trouble);
    }

    private boolean isMyTurn() {
        return jdbc.sql("SELECT pg_try_advisory_xact_lock(?)")
                .param(LOCK)
                .query(Boolean.class)
                .single();
    }

    private void read(Map<Verdict, Integer> seen) throws MessagingException {
        Session session = Session.getInstance(settings());
        try (Store store = session.getStore(properties.tls() ? "imaps" : "imap")) {
            store.connect(properties.host(), properties.port(), properties.user(), properties.password());
            try (Folder folder = store.getFolder(properties.folder())) {
                folder.open(Folder.READ_WRITE);
                Message[] unread = folder.search(new FlagTerm(new Flags(Flag.SEEN), false));
                for (int i = 0; i < Math.min(unread.length, AT_ONCE); i++) {
                    if (!unread[i].isSet(Flag.DELETED)) {
                        seen.merge(handle(unread[i], session), 1, Integer::sum);
                    }
                }
            }
        }
    }

    private Properties settings() {
        Properties settings = new Properties();
        for (String protocol : new String[] {"mail.imap.", "mail.imaps."}) {
            settings.setProperty(protocol + "connectiontimeout", TIMEOUT);
            settings.setProperty(protocol + "timeout", TIMEOUT);
            settings.setProperty(protocol + "writetimeout", TIMEOUT);
            // To read is not to mark as read.
            settings.setProperty(protocol + "peek", "true");
            settings.setProperty(protocol + "ssl.checkserveridentity", "true");
        }
        settings.setProperty("mail.imap.starttls.enable", "true");
        return settings;
    }

    private Verdict handle(Message message, Session session) throws MessagingException {
        Verdict verdict = judge(message, session);
        switch (verdict) {
            case OURS -> message.setFlag(Flag.DELETED, true);
            case SOMETHING_ELSE -> message.setFlag(Flag.SEEN, true);
            case SET_ASIDE -> {
                message.setFlag(Flag.FLAGGED, true);
                message.setFlag(Flag.SEEN, true);
            }
            case LATER -> {
                // As it is.
            }
        }
        return verdict;
    }

    private Verdict judge(Message message, Session session) {
        Optional<DeliveryNotice> notice;
        try {
            notice = DeliveryNotice.read(whole(message, session));
        } catch (MessagingException | IOException | RuntimeException e) {
            // Whatever a stranger has made of it.
            log.warn(
                    "A message in the return mailbox cannot be understood: {}",
                    e.getClass().getSimpleName());
            return Verdict.SET_ASIDE;
        }
        try {
            return notice.map(this::takeNote).orElse(Verdict.SOMETHING_ELSE);
        } catch (RuntimeException e) {
            boolean patient = receivedAt(message).plus(PATIENCE).isAfter(Instant.now());
            log.error(
                    "What a notice in the return mailbox says could not be written down; {}",
                    patient ? "the next look tries again" : "it is set aside",
                    e);
            return patient ? Verdict.LATER : Verdict.SET_ASIDE;
        }
    }

    private Verdict takeNote(DeliveryNotice notice) {
        Verdict verdict = Verdict.SOMETHING_ELSE;
        for (String email : notice.emails()) {
            for (Failure failure : notice.failures()) {
                for (String address : failure.addresses()) {
                    Outcome outcome = returned.cameBack(email, address, failure.forGood(), failure.answer());
                    if (outcome == Outcome.TOO_EARLY) {
                        return Verdict.LATER;
                    }
                    if (outcome != Outcome.NOT_OURS) {
                        verdict = Verdict.OURS;
                    }
                }
            }
        }
        return verdict;
    }

    private static MimeMessage whole(Message message, Session session) throws MessagingException, IOException {
        BoundedBytes bytes = new BoundedBytes();
        if (message.getSize() > MAX_SIZE) {
            throw new IOException("Too large");
        }
        message.writeTo(bytes);
        return new MimeMessage(session, new ByteArrayInputStream(bytes.kept.toByteArray()));
    }

    private static Instant receivedAt(Message message) {
        try {
            @Nullable Date date = message.getReceivedDate();
            return date == null ? Instant.MIN : date.toInstant();
        } catch (MessagingException e) {
            return Instant.MIN;
        }
    }

    /** A server may say that a message is small. */
    private static final class BoundedBytes extends OutputStream {

        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int from, int count) throws IOException {
            if (kept.size() + count > MAX_SIZE) {
                throw new IOException("Too large");
            }
            kept.write(octets, from, count);
        }
    }
}
