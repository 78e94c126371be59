package org.smartaccounts.privacy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.smartaccounts.account.EmailAddress;
import org.smartaccounts.request.EngineTraces;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Forgets one person who asks for it, found by a mail address. What is found, and what becomes of it, {@link PersonalData} says.
 *
 * <p>Nothing is erased while somebody still needs it: a request under way has to end first, or to get another approver, and the administrator
 * of an active account stays known until it is closed; a support case has to be closed. Who has asked for an active account answers for it, and stays known with it; that
 * alone keeps nobody from having the rest erased. Users themselves are deleted where they are kept.
 */
@Component
public class Erasure {

    /** As long as a reference may be, in characters. */
    public static final int MAX_REFERENCE = 200;

    /**
     * That somebody was erased.
     *
     * @param by        the user who did it
     * @param reference why, or the case in which it was asked for
     * @param requests  how many requests have forgotten something; and so on
     */
    public record Done(
            Instant at,
            String by,
            String reference,
            int requests,
            int cases,
            int emails,
            int members,
            int uploadRows) {}

    /** What a file or a request says of added users, by its own column; addresses are compared in small letters, and as a whole. */
    private static final String AMONG_USERS = ":address = ANY(string_to_array(lower(%s), E'\\n'))";

    private static final String SPOKEN_OF =
            "event = 'APPROVER' AND :address = ANY(string_to_array(lower(details), ' '))";

    /** It reads whole tables, which may take seconds, and is seldom done. */
    private static final String NAMED = """
            SELECT request_number, ended_at IS NOT NULL AS ended, status = 'ACTIVE' AS active,
                lower(customer_email) = :address AS approver,
                lower(requester_email) = :address AS requester,
                %1$s OR EXISTS (SELECT 1 FROM member
                    WHERE member.request_number = account.request_number AND lower(email) = :address AND role = 'USER') AS added
            FROM smart_account account
            WHERE anonymised_at IS NULL
              AND (lower(customer_email) = :address OR lower(requester_email) = :address OR lower(passed_on_by) = :address OR %1$s
                   OR request_number IN (
                        SELECT request_number FROM member WHERE lower(email) = :address
                        UNION ALL
                        SELECT request_number FROM timeline_entry WHERE actor_role = 'APPROVER' AND lower(actor_name) = :address OR %2$s))
            ORDER BY request_number""".formatted(AMONG_USERS.formatted("user_emails"), SPOKEN_OF);

    private static final String IN_FILE =
            "(lower(customer_email) = :address OR %s)".formatted(AMONG_USERS.formatted("user_emails"));

    /** What is said of the person anywhere, once the requests that were decided by the person say nothing any more. */
    private static final List<String> FORGETTING = List.of(
            "UPDATE timeline_entry SET actor_name = '' WHERE actor_role = 'APPROVER' AND lower(actor_name) = :address",
            "UPDATE timeline_entry SET details = '' WHERE " + SPOKEN_OF,
            "UPDATE smart_account SET passed_on_by = '', version = version + 1 WHERE lower(passed_on_by) = :address",
            """
            UPDATE smart_account SET version = version + 1, user_emails = array_to_string(ARRAY(
                SELECT line FROM unnest(string_to_array(user_emails, E'\\n')) WITH ORDINALITY AS lines(line, place)
                WHERE lower(line) <> :address ORDER BY place), E'\\n')
            WHERE %s""".formatted(AMONG_USERS.formatted("user_emails")),
            // As whom the person acted for requests of the same company, too.
            """
            UPDATE timeline_entry entry SET actor_name = '' FROM smart_account account
            WHERE account.request_number = entry.request_number AND account.ended_at IS NOT NULL
              AND entry.actor_role <> 'APPROVER' AND entry.actor_name = ANY(:users)""",
            """
            UPDATE timeline_entry entry SET actor_name = '' FROM smart_account account
            WHERE account.request_number = entry.request_number AND account.ended_at IS NOT NULL
              AND lower(account.requester_email) = :address AND entry.actor_name = account.requester_id""",
            """
            UPDATE smart_account SET requester_id = '', requester_name = '', requester_email = '', version = version + 1
            WHERE lower(requester_email) = :address AND ended_at IS NOT NULL""",
            "UPDATE upload SET uploaded_by = '' WHERE uploaded_by = ANY(:users) AND state = 'FINISHED'",
            "DELETE FROM sent_form WHERE sender = ANY(:users)");

    private record Named(
            String requestNumber, boolean ended, boolean active, boolean approver, boolean requester, boolean added) {}

    private final JdbcClient jdbc;
    private final Traces traces;
    private final EngineTraces engine;
    private final AddressHash hash;
    private final Clock clock;

    Erasure(JdbcClient jdbc, Traces traces, EngineTraces engine, AddressHash hash, Clock clock) {
        this.jdbc = jdbc;
        this.traces = traces;
        this.engine = engine;
        this.hash = hash;
        this.clock = clock;
    }

    /** What there is about the person with that address, and what stands in the way. */
    public PersonalData find(EmailAddress address) {
        String wanted = inSmallLetters(address);
        List<String> decided = new ArrayList<>();
        List<String> requested = new ArrayList<>();
        List<String> added = new ArrayList<>();
        List<String> mentioned = new ArrayList<>();
        List<String> underWay = new ArrayList<>();
        List<String> administered = new ArrayList<>();
        List<String> answeredFor = new ArrayList<>();
        for (Named request :
                jdbc.sql(NAMED).param("address", wanted).query(Named.class).list()) {
            List<String> group;
            if (request.ended()) {
                group = request.requester() && !request.approver() && !request.added() ? requested : decided;
            } else if (!request.active()) {
                group = request.approver() || request.added() || request.requester() ? underWay : mentioned;
            } else if (request.approver()) {
                group = administered;
            } else if (request.added()) {
                group = added;
            } else {
                group = request.requester() ? answeredFor : mentioned;
            }
            group.add(request.requestNumber());
        }
        return new PersonalData(
                decided,
                requested,
                added,
                mentioned,
                underWay,
                administered,
                answeredFor,
                cases("status <> 'CLOSED'", wanted),
                cases("status = 'CLOSED'", wanted).size(),
                count("SELECT count(*) FROM email WHERE lower(recipient) = :address", wanted),
                count("SELECT count(*) FROM upload_row WHERE " + IN_FILE, wanted),
                users(wanted));
    }

    /**
     * Erases what there is, and writes down that it was done.
     *
     * @param by        the user who does it
     * @param reference why, or the case in which it was asked for; 1 to {@link #MAX_REFERENCE} characters
     * @return empty, and nothing is done, if something has to be done first, see {@link PersonalData#isBlocked}
     */
    @Transactional
    public Optional<Done> erase(EmailAddress address, String by, String reference) {
        String wanted = inSmallLetters(address);
        lock(find(address));
        // As it is now, that nobody changes it.
        PersonalData found = find(address);
        if (found.isBlocked()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (!found.decided().isEmpty()) {
            traces.forget(found.decided(), now);
        }
        if (!found.requested().isEmpty()) {
            engine.forget(found.requested());
        }
        if (found.closedCases() > 0) {
            traces.forgetCases(cases("status = 'CLOSED'", wanted));
        }
        Map<String, Object> person =
                Map.of("address", wanted, "users", found.users().toArray(String[]::new));
        FORGETTING.forEach(statement -> jdbc.sql(statement).params(person).update());
        int members = update("DELETE FROM member WHERE lower(email) = :address", wanted);
        update("""
                UPDATE email SET recipient = id::text, last_answer = '', state = CASE state WHEN 'WAITING' THEN 'DROPPED' ELSE state END
                WHERE lower(recipient) = :address""", wanted);
        update("""
                UPDATE upload_row SET account_name = '', customer_email = '', account_domain = '', note_to_customer = '',
                    user_emails = '', note_to_users = '', justification = '', remarks = '[]'
                WHERE %s""".formatted(IN_FILE), wanted);
        Done done = new Done(
                now, by, reference, found.requests(), found.closedCases(), found.emails(), members, found.uploadRows());
        record(done, address);
        return Optional.of(done);
    }

    /** When somebody with that address was erased; the newest first. */
    public List<Done> recordsOf(EmailAddress address) {
        return jdbc.sql("""
                SELECT erased_at, erased_by, reference, requests, cases, emails, members, upload_rows
                FROM erasure WHERE address_hash = ? ORDER BY id DESC""")
                .param(hash.of(address))
                .query((row, index) -> new Done(
                        row.getTimestamp("erased_at").toInstant(),
                        row.getString("erased_by"),
                        row.getString("reference"),
                        row.getInt("requests"),
                        row.getInt("cases"),
                        row.getInt("emails"),
                        row.getInt("members"),
                        row.getInt("upload_rows")))
                .list();
    }

    private void lock(PersonalData found) {
        jdbc.sql("SELECT 1 FROM smart_account WHERE request_number = ANY(?) ORDER BY request_number FOR NO KEY UPDATE")
                .param(found.named().toArray(String[]::new))
                .query(Integer.class)
                .list();
    }

    private void record(Done done, EmailAddress address) {
        jdbc.sql("""
                INSERT INTO erasure (erased_at, erased_by, reference, address_hash, requests, cases, emails, members, upload_rows)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        done.at().atOffset(ZoneOffset.UTC),
                        done.by(),
                        done.reference(),
                        hash.of(address),
                        done.requests(),
                        done.cases(),
                        done.emails(),
                        done.members(),
                        done.uploadRows())
                .update();
    }

    private List<String> cases(String which, String address) {
        return jdbc.sql(
                        "SELECT case_number FROM support_case WHERE lower(reporter_email) = ? AND %s ORDER BY case_number"
                                .formatted(which))
                .param(address)
                .query(String.class)
                .list();
    }

    private int count(String sql, String address) {
        return jdbc.sql(sql).param("address", address).query(Integer.class).single();
    }

    private int update(String sql, String address) {
        return jdbc.sql(sql).param("address", address).update();
    }

    private List<String> users(String address) {
        return jdbc.sql("SELECT id_ FROM act_id_user WHERE lower(email_) = ? ORDER BY id_")
                .param(address)
                .query(String.class)
                .list();
    }

    private static String inSmallLetters(EmailAddress address) {
        return address.toString().toLowerCase(Locale.ROOT);
    }
}
