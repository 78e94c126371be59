package org.smartaccounts.support;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.smartaccounts.support.CaseMessage.Author;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All support cases, each with its thread. */
@Component
class SupportCases {

    private final JdbcClient jdbc;
    private final Clock clock;

    SupportCases(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Writes a new case down; empty if that form has become one already. Whoever sends the same form at the same moment waits here. */
    Optional<String> open(Report report) {
        Optional<String> number = jdbc.sql("""
                INSERT INTO support_case (case_number, form, status, request_number, request_named, reporter_email, reporter_id, language,
                                          acknowledged, reported_at)
                VALUES ('CASE-' || lpad(nextval('case_number')::text, 6, '0'), :form, 'OPEN',
                        (SELECT request_number FROM smart_account WHERE request_number = :request), :named, :email, :reporter, :language,
                        :acknowledge, :now)
                ON CONFLICT (form) DO NOTHING RETURNING case_number""")
                .param("form", report.form())
                .param("request", report.knownRequest().orElse(report.namedRequest()))
                .param("named", report.namedRequest())
                .param("email", report.email().toString())
                .param("reporter", report.reporterId())
                .param("language", report.language().toLanguageTag())
                .param("acknowledge", report.acknowledge())
                .param("now", now())
                .query(String.class)
                .optional();
        number.ifPresent(opened -> say(opened, Author.REPORTER, "", report.words()));
        return number;
    }

    /** The number of the case that a form has become. */
    Optional<String> ofForm(UUID form) {
        return jdbc.sql("SELECT case_number FROM support_case WHERE form = ?")
                .param(form)
                .query(String.class)
                .optional();
    }

    Optional<SupportCase> find(String number) {
        return jdbc.sql("SELECT * FROM support_case WHERE case_number = ?")
                .param(number)
                .query((row, index) -> supportCase(row))
                .optional();
    }

    SupportCase get(String number) {
        return find(number).orElseThrow(() -> new IllegalStateException("There is no case " + number));
    }

    /** The case for a change: until the end of the transaction nobody else can change it. */
    Optional<SupportCase> lock(String number) {
        return jdbc.sql("SELECT * FROM support_case WHERE case_number = ? FOR NO KEY UPDATE")
                .param(number)
                .query((row, index) -> supportCase(row))
                .optional();
    }

    /** What was said, oldest first. */
    List<CaseMessage> thread(String number) {
        return jdbc.sql(
                        "SELECT author, author_id, written_at, words FROM case_message WHERE case_number = ? ORDER BY id")
                .param(number)
                .query((row, index) -> new CaseMessage(
                        Author.valueOf(row.getString("author")),
                        row.getString("author_id"),
                        row.getTimestamp("written_at").toInstant(),
                        row.getString("words")))
                .list();
    }

    /** How often the case has been answered. */
    int turn(String number) {
        return (int) thread(number).stream().filter(CaseMessage::isFromSupport).count();
    }

    void answer(String number, String supporter, String words) {
        say(number, Author.SUPPORT, supporter, words);
        become(number, SupportCase.Status.ANSWERED);
    }

    void reply(String number, String words) {
        say(number, Author.REPORTER, "", words);
        become(number, SupportCase.Status.OPEN);
    }

    /** The last answer did not reach anybody. */
    void reopen(String number) {
        become(number, SupportCase.Status.OPEN);
    }

    /** A case that is closed stays so. */
    void close(String number) {
        jdbc.sql(
                        "UPDATE support_case SET status = 'CLOSED', closed_at = ? WHERE case_number = ? AND status <> 'CLOSED'")
                .params(now(), number)
                .update();
    }

    private void become(String number, SupportCase.Status status) {
        jdbc.sql("UPDATE support_case SET status = ? WHERE case_number = ? AND status <> 'CLOSED'")
                .params(status.name(), number)
                .update();
    }

    private void say(String number, Author author, String authorId, String words) {
        jdbc.sql("INSERT INTO case_message (case_number, author, author_id, written_at, words) VALUES (?, ?, ?, ?, ?)")
                .params(number, author.name(), authorId, now(), words)
                .update();
    }

    private static SupportCase supportCase(ResultSet row) throws SQLException {
        return new SupportCase(
                row.getString("case_number"),
                SupportCase.Status.valueOf(row.getString("status")),
                row.getString("request_number"),
                row.getString("request_named"),
                row.getString("reporter_email"),
                row.getString("reporter_id"),
                Locale.forLanguageTag(row.getString("language")),
                row.getBoolean("acknowledged"),
                row.getTimestamp("reported_at").toInstant());
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
