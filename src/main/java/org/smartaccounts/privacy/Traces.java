package org.smartaccounts.privacy;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.smartaccounts.request.EngineTraces;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Every place in which a request leaves names, addresses and words. The words by which it is found follow the request by themselves. A new
 * table that refers to requests belongs here, if it says anything about people.
 */
@Component
class Traces {

    /** Of each the parameters {@code numbers} and {@code now}. */
    private static final List<String> FORGETTING = List.of(
            "UPDATE timeline_entry SET actor_name = '', details = '' WHERE request_number IN (:numbers)",
            // An email stays one of its kind, to somebody: who it was, is a number now.
            """
            UPDATE email SET recipient = id::text, last_answer = '', state = CASE state WHEN 'WAITING' THEN 'DROPPED' ELSE state END
            WHERE request_number IN (:numbers)""",
            "DELETE FROM member WHERE request_number IN (:numbers)",
            """
            UPDATE security_finding SET fingerprint = id::text, decided_by = '', reason = '',
                facts = (facts::jsonb || '{"accountDomain": "", "approverDomain": "", "likeDomain": ""}'::jsonb)::text
            WHERE request_number IN (:numbers)""",
            "DELETE FROM sent_form WHERE request_number IN (:numbers)",
            """
            UPDATE upload_row SET account_name = '', customer_email = '', account_domain = '', note_to_customer = '', user_emails = '',
                note_to_users = '', justification = '', remarks = '[]'
            WHERE request_number IN (:numbers)""",
            """
            UPDATE smart_account SET requester_id = '', requester_name = '', requester_email = '', account_name = '',
                customer_email = '', account_domain = '', note_to_customer = '', user_emails = '', note_to_users = '',
                justification = '', passed_on_by = '', return_reason = '', decline_note = '', cancel_reason = '',
                anonymised_at = :now, version = version + 1
            WHERE request_number IN (:numbers)""");

    /** Of each the parameter {@code cases}. That there was one, when, and about which request, stays. */
    private static final List<String> FORGETTING_CASES =
            List.of("DELETE FROM case_message WHERE case_number IN (:cases)", """
            UPDATE email SET recipient = id::text, last_answer = '', state = CASE state WHEN 'WAITING' THEN 'DROPPED' ELSE state END
            WHERE case_number IN (:cases)""", """
            UPDATE support_case SET reporter_email = '', reporter_id = '', request_named = ''
            WHERE case_number IN (:cases)""");

    /** Of each the parameter {@code numbers}; the words by which it is found, and the like, go with the request by themselves. */
    private static final List<String> REMOVING = List.of(
            "DELETE FROM timeline_entry WHERE request_number IN (:numbers)",
            "DELETE FROM email WHERE request_number IN (:numbers)",
            "DELETE FROM security_finding WHERE request_number IN (:numbers)",
            "DELETE FROM upload_row WHERE request_number IN (:numbers)",
            "DELETE FROM smart_account WHERE request_number IN (:numbers)");

    /** Of each the parameter {@code cases}. */
    private static final List<String> REMOVING_CASES = List.of(
            "DELETE FROM email WHERE case_number IN (:cases)",
            "DELETE FROM support_case WHERE case_number IN (:cases)");

    /** What belongs to no request; of each the parameter {@code before}. */
    private static final List<String> REMOVING_OLD = List.of(
            "DELETE FROM page_vote WHERE given_at < :before",
            "DELETE FROM security_check_run WHERE ended_at < :before");

    private final JdbcClient jdbc;
    private final EngineTraces engine;

    Traces(JdbcClient jdbc, EngineTraces engine) {
        this.jdbc = jdbc;
        this.engine = engine;
    }

    /**
     * Forgets whom and what requests were about; that they were, and what became of them, stays.
     *
     * @param requestNumbers of requests that have ended, at least one, locked
     */
    void forget(Collection<String> requestNumbers, Instant now) {
        engine.forget(requestNumbers);
        for (String statement : FORGETTING) {
            jdbc.sql(statement)
                    .param("numbers", requestNumbers)
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .update();
        }
    }

    /**
     * Forgets whose support cases they were, and what was said in them.
     *
     * @param caseNumbers of cases that are closed, at least one
     */
    void forgetCases(Collection<String> caseNumbers) {
        for (String statement : FORGETTING_CASES) {
            jdbc.sql(statement).param("cases", caseNumbers).update();
        }
    }

    /**
     * Removes what remains of requests; how many of them there were, and how they ended, the tally still says.
     *
     * @param requestNumbers of requests that are anonymised, and about which no support case remains, at least one, locked
     */
    void remove(Collection<String> requestNumbers) {
        for (String statement : REMOVING) {
            jdbc.sql(statement).param("numbers", requestNumbers).update();
        }
    }

    /**
     * Removes what remains of support cases.
     *
     * @param caseNumbers of cases that were forgotten, at least one
     */
    void removeCases(Collection<String> caseNumbers) {
        for (String statement : REMOVING_CASES) {
            jdbc.sql(statement).param("cases", caseNumbers).update();
        }
    }

    /** Removes what was said about pages, and how security checks went. */
    void removeOld(Instant before) {
        for (String statement : REMOVING_OLD) {
            jdbc.sql(statement).param("before", before.atOffset(ZoneOffset.UTC)).update();
        }
    }
}
