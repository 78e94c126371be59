package org.smartaccounts.email;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.email.LedgerEntry.State;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The ledger of all emails: a row for each, from the moment in which it is certain that it is to be sent. The row is written together
 * with what makes the email due, so neither is there without the other; what becomes of it is written by {@link Mailer}. Neither the
 * body nor a link is kept.
 */
@Component
public class EmailLedger {

    /**
     * A row that is to be sent, locked until the end of the transaction.
     *
     * @param tries before this one
     */
    record Claim(long id, String messageId, int tries) {}

    private final JdbcClient jdbc;
    private final Clock clock;
    private final EmailProperties properties;

    EmailLedger(JdbcClient jdbc, Clock clock, EmailProperties properties) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.properties = properties;
    }

    /** Writes down that an email is to be sent; planned twice it is still one. */
    public void plan(EmailKey key, Occurrence occurrence, Locale language) {
        jdbc.sql("""
                INSERT INTO email (%s, template, recipient, approver_version, resend, days_left, review, turn, language, message_id,
                                   state, tries, last_answer, changed_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'WAITING', 0, '', ?)
                ON CONFLICT DO NOTHING""".formatted(column(key.about())))
                .params(
                        key.about(),
                        key.template(),
                        key.recipient(),
                        occurrence.approverVersion(),
                        occurrence.resend(),
                        occurrence.daysLeft(),
                        occurrence.review(),
                        occurrence.turn(),
                        language.toLanguageTag(),
                        "<%s@%s>".formatted(UUID.randomUUID(), properties.domain()),
                        now())
                .update();
    }

    /** The column with the number of what an email is about. */
    private static String column(String about) {
        return EmailKey.isCase(about) ? "case_number" : "request_number";
    }

    /**
     * The oldest row of that key that is still to be sent, or the last one if it was given up and is tried after all; what came back
     * would come back again. Two who send at the same time cannot both have it.
     *
     * @throws org.springframework.dao.DataAccessException if somebody else sends it at this moment
     */
    Optional<Claim> claim(EmailKey key) {
        return jdbc.sql("""
                SELECT id, message_id, tries FROM email
                WHERE %1$s = :about AND template = :template AND recipient = :recipient
                  AND (state = 'WAITING'
                       OR state = 'FAILED' AND came_back_at IS NULL AND id = (
                            SELECT max(id) FROM email
                            WHERE %1$s = :about AND template = :template AND recipient = :recipient))
                ORDER BY state DESC, id LIMIT 1 FOR UPDATE NOWAIT""".formatted(column(key.about())))
                .param("about", key.about())
                .param("template", key.template())
                .param("recipient", key.recipient())
                .query((row, index) -> new Claim(row.getLong("id"), row.getString("message_id"), row.getInt("tries")))
                .optional();
    }

    /** Whether the email was ever planned in that turn, or was planned for somebody who need not be told any more. */
    boolean knows(EmailKey key, int turn) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT 1 FROM email
                               WHERE %s = ? AND template = ? AND turn = ? AND (recipient = ? OR state = 'DROPPED'))""".formatted(column(key.about())))
                .params(key.about(), key.template(), turn, key.recipient())
                .query(Boolean.class)
                .single();
    }

    /** Writes down what came of a try, once: whoever cannot know whether it is written may say it again. */
    void tried(Claim claim, State state, String answer) {
        jdbc.sql("""
                UPDATE email SET state = ?, tries = tries + 1, last_answer = ?, changed_at = ?
                WHERE id = ? AND tries = ?""")
                .params(state.name(), answer, now(), claim.id(), claim.tries())
                .update();
    }

    /** No further try will be made by itself. */
    void giveUp(EmailKey key) {
        jdbc.sql("""
                UPDATE email SET state = 'FAILED'
                WHERE %s = ? AND template = ? AND recipient = ? AND state = 'WAITING'""".formatted(column(key.about())))
                .params(key.about(), key.template(), key.recipient())
                .update();
    }

    /** What still waits to be sent to that person about that request need not be sent any more. Waits for what is being sent. */
    public void dropFor(String requestNumber, String recipient) {
        jdbc.sql("""
                UPDATE email SET state = 'DROPPED', changed_at = ?
                WHERE request_number = ? AND recipient = ? AND state = 'WAITING'""").params(now(), requestNumber, recipient).update();
    }

    /** What still waits to be sent by one of these templates need not be sent any more. Waits for what is being sent. */
    public void dropAll(String requestNumber, Collection<String> templates) {
        jdbc.sql("""
                UPDATE email SET state = 'DROPPED', changed_at = :now
                WHERE request_number = :number AND template IN (:templates) AND state = 'WAITING'""")
                .param("now", now())
                .param("number", requestNumber)
                .param("templates", templates)
                .update();
    }

    /** Everything about a request, or a support case, that still waits to be sent need not be sent any more. Waits for what is being sent. */
    public void dropAll(String about) {
        jdbc.sql("UPDATE email SET state = 'DROPPED', changed_at = ? WHERE %s = ? AND state = 'WAITING'"
                        .formatted(column(about)))
                .params(now(), about)
                .update();
    }

    /** Whether a mail server has accepted such an email to the so-manieth approver. */
    public boolean wasSent(EmailKey key, int approverVersion) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT 1 FROM email
                               WHERE request_number = ? AND template = ? AND recipient = ? AND approver_version = ? AND state = 'SENT')""")
                .params(key.about(), key.template(), key.recipient(), approverVersion)
                .query(Boolean.class)
                .single();
    }

    /** Whether such an email was ever to be sent. */
    public boolean wasPlanned(EmailKey key) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT 1 FROM email WHERE request_number = ? AND template = ? AND recipient = ?)""")
                .params(key.about(), key.template(), key.recipient())
                .query(Boolean.class)
                .single();
    }

    /** Whether a mail server has accepted such an email. */
    public boolean wasSent(EmailKey key) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT 1 FROM email WHERE request_number = ? AND template = ? AND recipient = ? AND state = 'SENT')""")
                .params(key.about(), key.template(), key.recipient())
                .query(Boolean.class)
                .single();
    }

    /** What the mail server said when it last refused an email about that to that person; empty if it did not. */
    public String lastFailure(String about, String recipient) {
        return jdbc.sql("""
                SELECT last_answer FROM email
                WHERE %s = ? AND recipient = ? AND state = 'FAILED' ORDER BY changed_at DESC, id DESC LIMIT 1""".formatted(column(about)))
                .params(about, recipient)
                .query(String.class)
                .optional()
                .orElse("");
    }

    /** To whom such an email was refused, or given up, in the order in which they were to be told. */
    public List<String> failedRecipients(String requestNumber, String template) {
        return jdbc.sql("""
                SELECT recipient FROM email WHERE request_number = ? AND template = ? AND state = 'FAILED' ORDER BY id""").params(requestNumber, template).query(String.class).list();
    }

    /** How many emails no mail server has taken yet, of those that were tried. */
    public long countTriedInVain() {
        return jdbc.sql("SELECT count(*) FROM email WHERE state = 'WAITING' AND tries > 0")
                .query(Long.class)
                .single();
    }

    /**
     * A server on the way has returned an email that was accepted before.
     *
     * @param answer why, in a server's words
     * @return false if that is known already, or if nobody knows yet that it was accepted
     */
    public boolean cameBack(String messageId, String answer) {
        return jdbc.sql("""
                UPDATE email SET state = 'FAILED', last_answer = :answer, came_back_at = :now, changed_at = :now
                WHERE message_id = :id AND state = 'SENT'""")
                        .param("answer", MailServer.oneLine(answer))
                        .param("now", now())
                        .param("id", messageId)
                        .update()
                > 0;
    }

    /** The email with that {@code Message-ID}. */
    public Optional<LedgerEntry> find(String messageId) {
        return jdbc.sql("SELECT * FROM email WHERE message_id = ?")
                .param(messageId)
                .query((row, index) -> entry(row))
                .optional();
    }

    /** Emails of one template that are still to be sent, the oldest first, at most so many. */
    public List<LedgerEntry> waiting(String template, int max) {
        return jdbc.sql("SELECT * FROM email WHERE template = ? AND state = 'WAITING' ORDER BY id LIMIT ?")
                .params(template, max)
                .query((row, index) -> entry(row))
                .list();
    }

    /** Every email about a request, or a support case, oldest first. */
    public List<LedgerEntry> of(String about) {
        return jdbc.sql("SELECT * FROM email WHERE %s = ? ORDER BY id".formatted(column(about)))
                .param(about)
                .query((row, index) -> entry(row))
                .list();
    }

    private static String about(ResultSet row) throws SQLException {
        @Nullable String requestNumber = row.getString("request_number");
        return requestNumber == null ? row.getString("case_number") : requestNumber;
    }

    private static LedgerEntry entry(ResultSet row) throws SQLException {
        @Nullable Timestamp cameBackAt = row.getTimestamp("came_back_at");
        return new LedgerEntry(
                new EmailKey(about(row), row.getString("template"), row.getString("recipient")),
                new Occurrence(
                        row.getInt("approver_version"),
                        row.getInt("resend"),
                        row.getLong("days_left"),
                        row.getInt("review"),
                        row.getInt("turn")),
                Locale.forLanguageTag(row.getString("language")),
                row.getString("message_id"),
                State.valueOf(row.getString("state")),
                row.getInt("tries"),
                row.getString("last_answer"),
                row.getTimestamp("changed_at").toInstant(),
                cameBackAt == null ? null : cameBackAt.toInstant());
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
