package org.smartaccounts.crash;

import java.util.List;
import java.util.function.Consumer;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lets the time pass for what would take minutes, hours or 90 days, by bringing due dates forward, and looks at what became of it. */
final class PassingTime {

    private final CrashDatabase database;

    PassingTime(CrashDatabase database) {
        this.database = database;
    }

    /** The time to decide is over; false if it had not begun, or if the database is not there. */
    boolean passFor(String requestNumber) {
        try {
            // One statement, as the two are one date.
            return database.client().sql("""
                            WITH timer AS (
                                UPDATE act_ru_job SET duedate_ = localtimestamp, rev_ = rev_ + 1
                                WHERE handler_cfg_ LIKE 'Event_waitExpired%' AND lock_owner_ IS NULL
                                  AND process_instance_id_ IN (
                                      SELECT id_ FROM act_ru_execution WHERE business_key_ = :number AND parent_id_ IS NULL)
                                RETURNING duedate_)
                            UPDATE smart_account SET deadline = timer.duedate_, version = version + 1
                            FROM timer WHERE request_number = :number AND status = 'PENDING' AND deadline IS NOT NULL""").param("number", requestNumber).update() == 1;
        } catch (DataAccessException e) {
            return false;
        }
    }

    /**
     * An event of time comes now.
     *
     * @param about the number of a request or a case
     * @return false if nobody waits for it, or if the database is not there
     */
    boolean comes(String event, String about) {
        try {
            return database.client()
                            .sql("""
                            UPDATE act_ru_job SET duedate_ = localtimestamp, rev_ = rev_ + 1
                            WHERE handler_cfg_ LIKE :event || '%' AND lock_owner_ IS NULL AND duedate_ > localtimestamp
                              AND process_instance_id_ IN (
                                  SELECT id_ FROM act_ru_execution WHERE business_key_ = :about AND parent_id_ IS NULL)""")
                            .param("event", event)
                            .param("about", about)
                            .update()
                    == 1;
        } catch (DataAccessException e) {
            return false;
        }
    }

    /** Whether a request waits for a message; older diagrams do not know all of them. Not if nobody can look. */
    boolean isWaitedFor(String message, String requestNumber) {
        try {
            return database.client()
                    .sql("""
                            SELECT EXISTS (SELECT 1 FROM act_ru_event_subscr s JOIN act_ru_execution p ON p.id_ = s.proc_inst_id_
                                           WHERE p.business_key_ = ? AND s.event_name_ = ?)""")
                    .params(requestNumber, message)
                    .query(Boolean.class)
                    .single();
        } catch (DataAccessException e) {
            return false;
        }
    }

    /** Whether the step that was tried last is done, as anybody sees who looks at the page; not if nobody can look. */
    boolean isDone(Story story) {
        try {
            return reached(story);
        } catch (DataAccessException e) {
            return false;
        }
    }

    private boolean reached(Story story) {
        Step step = story.next();
        JdbcClient client = database.client();
        if (step == Step.RESEND) {
            return client.sql("SELECT resends FROM smart_account WHERE request_number = ?")
                            .param(story.requestNumber())
                            .query(Integer.class)
                            .single()
                    > 0;
        }
        if (step == Step.ANSWER || step == Step.REPLY) {
            String author = step == Step.ANSWER ? "SUPPORT" : "REPORTER";
            // The first words of the reporter are the report.
            long before = story.told(step) + (step == Step.REPLY ? 1 : 0);
            return client.sql("SELECT count(*) FROM case_message WHERE case_number = ? AND author = ?")
                            .params(story.caseNumber(), author)
                            .query(Long.class)
                            .single()
                    > before;
        }
        if (step == Step.CLOSE_CASE || step == Step.NOT_REPLY) {
            return client.sql("SELECT status = 'CLOSED' FROM support_case WHERE case_number = ?")
                    .param(story.caseNumber())
                    .query(Boolean.class)
                    .single();
        }
        if (step.changesApprover()) {
            return client.sql("SELECT approver_version FROM smart_account WHERE request_number = ?")
                            .param(story.requestNumber())
                            .query(Long.class)
                            .single()
                    > 1 + story.told().stream().filter(Step::changesApprover).count();
        }
        return client.sql("""
                        SELECT count(*) FROM timeline_entry
                        WHERE request_number = ? AND event IN ('STATUS', 'REINSTATED') AND status = ?""")
                        .params(story.requestNumber(), step.status())
                        .query(Long.class)
                        .single()
                > story.told().stream()
                        .filter(done -> done.changesStatus() && done.status().equals(step.status()))
                        .count();
    }

    /** What is to be tried again later is tried now. */
    void hurry() {
        database.client().sql("""
                UPDATE act_ru_job SET duedate_ = localtimestamp, rev_ = rev_ + 1
                WHERE retries_ > 0 AND retries_ < 5 AND lock_owner_ IS NULL AND duedate_ > localtimestamp
                  AND exception_msg_ IS NOT NULL""").update();
    }

    /** Jobs that could run now, or run. */
    long jobsToDo() {
        return database.client().sql("""
                        SELECT count(*) FROM act_ru_job
                        WHERE retries_ > 0 AND suspension_state_ = 1 AND handler_type_ <> 'history-cleanup'
                          AND (duedate_ <= localtimestamp OR lock_owner_ IS NOT NULL OR exception_msg_ IS NOT NULL)""").query(Long.class).single();
    }

    /** How many jobs the engine has given up. */
    long failedJobs() {
        return database.client()
                .sql("SELECT count(*) FROM act_ru_job WHERE retries_ = 0")
                .query(Long.class)
                .single();
    }

    /** Gives each incident to an administrator. */
    List<String> failedJobs(Consumer<String> administrator) {
        List<String> jobs = database.client()
                .sql("SELECT id_ FROM act_ru_job WHERE retries_ = 0")
                .query(String.class)
                .list();
        jobs.forEach(administrator);
        return jobs;
    }
}
