package org.smartaccounts.security;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Accounts as they lie in the database, without the request from which they came. */
@Component
class AccountsToCheck {

    static final String PARTNER = "partner@checked-partner.example";

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final JdbcClient jdbc;
    private final Clock clock;

    AccountsToCheck(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A domain that nobody takes for another. */
    static String newDomain() {
        return "%s-holding.example".formatted(word(NAMES.incrementAndGet()));
    }

    /** Differs from that of another number in all its letters. */
    private static String word(int number) {
        String letters = Integer.toString(number, 26)
                .chars()
                .mapToObj(digit -> String.valueOf((char) ('a' + Character.digit(digit, 26))))
                .reduce("", String::concat);
        return letters.repeat(3);
    }

    /** An account with an approver at its domain; its number. */
    String add(String status, String domain) {
        return add(status, domain, "anna@" + domain);
    }

    String add(String status, String domain, String approver) {
        String number = String.format(
                Locale.ROOT,
                "SAR-%06d",
                jdbc.sql("SELECT nextval('request_number')").query(Long.class).single());
        boolean active = status.equals("ACTIVE");
        jdbc.sql("""
                        INSERT INTO smart_account (request_number, version, status, requester_id, requester_name, requester_email,
                            requester_company_id, requester_company_name, requested_at, account_name, customer_email, account_domain,
                            note_to_customer, user_emails, note_to_users, approver_version, deadline, end_of_wait, decline_note)
                        VALUES (:number, 1, :status, 'checked-partner', 'Checked Partner', :partner, 'checked-partner', 'Checked Partner',
                            :now, :name, :approver, :domain, '', '', '', 1, :now + interval '90 days', CASE WHEN :active THEN :now END, '')""")
                .param("number", number)
                .param("status", status)
                .param("partner", PARTNER)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("name", "Customer at " + domain)
                .param("approver", approver)
                .param("domain", domain)
                .param("active", active)
                .update();
        return number;
    }

    /** Changes what a column says. */
    void set(String number, String column, Object value) {
        jdbc.sql("UPDATE smart_account SET %s = ? WHERE request_number = ?".formatted(column))
                .params(value, number)
                .update();
    }

    /** So many active accounts of which nothing is suspicious; the first number. */
    String addMany(int count) {
        List<String> numbers = jdbc.sql("""
                        INSERT INTO smart_account (request_number, version, status, requester_id, requester_name, requester_email,
                            requester_company_id, requester_company_name, requested_at, account_name, customer_email, account_domain,
                            note_to_customer, user_emails, note_to_users, approver_version, deadline, end_of_wait, decline_note)
                        SELECT 'SAR-' || lpad(nextval('request_number')::text, 6, '0'), 1, 'ACTIVE', 'many-partner', 'Many', 'many@partner.example',
                            'many-partner', 'Many', timestamptz '2020-01-01', 'Many', 'anna@' || domain, domain, '', '', '', 1,
                            timestamptz '2020-04-01', timestamptz '2020-01-02', ''
                        FROM (SELECT md5(random()::text) || '.example' AS domain FROM generate_series(1, ?)) AS made
                        RETURNING request_number""").param(count).query(String.class).list();
        return numbers.stream().sorted().findFirst().orElseThrow();
    }

    /** Takes all of them away again. */
    void takeAway() {
        String these =
                "(SELECT request_number FROM smart_account WHERE requester_id IN ('checked-partner', 'many-partner'))";
        for (String table : List.of("security_finding", "timeline_entry", "member", "email", "request_words")) {
            jdbc.sql("DELETE FROM %s WHERE request_number IN %s".formatted(table, these))
                    .update();
        }
        jdbc.sql("DELETE FROM smart_account WHERE requester_id IN ('checked-partner', 'many-partner')")
                .update();
    }
}
