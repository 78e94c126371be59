package org.smartaccounts.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.smartaccounts.support.Tasklist.PAULA;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.account.Timeline;
import org.smartaccounts.account.TimelineEntry;
import org.smartaccounts.email.EmailLedger;
import org.smartaccounts.email.LedgerEntry;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.RequestForm;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.MailException;

/** What becomes of a request when something around it fails. */
class FailureTest extends ApplicationTest {

    private static final String INSTRUCTIONS = "Activity_sendActivationInstructions";

    @Autowired
    ManagementService management;

    @Autowired
    RuntimeService runtime;

    @Autowired
    SmartAccounts accounts;

    @Autowired
    Timeline timeline;

    @Autowired
    RequestProcess process;

    @Autowired
    EmailLedger ledger;

    @Autowired
    JdbcClient jdbc;

    private final RequestForm form = RequestForm.forNewCustomer();

    @Test
    void whileTheMailServerIsDownAnEmailIsTriedAgainThenAnIncidentAndRetriedFromThereIsSentOnce() {
        String request = tasklist.submit(PAULA, form);
        relay.goDown();
        try {
            List<Duration> waits =
                    List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1));
            for (Duration wait : waits) {
                assertThatThrownBy(() -> jobs.run(request, INSTRUCTIONS)).isInstanceOf(MailException.class);
                Job job = jobs.only(request, INSTRUCTIONS);
                assertThat(Duration.between(clock.instant(), job.getDuedate().toInstant()))
                        .isBetween(wait.minusSeconds(5), wait);
                assertThat(incidents(request)).isEmpty();
            }
            assertThatThrownBy(() -> jobs.run(request, INSTRUCTIONS)).isInstanceOf(MailException.class);
        } finally {
            relay.comeBack();
        }
        assertThat(jobs.only(request, INSTRUCTIONS).getRetries()).isZero();
        assertThat(incidents(request))
                .singleElement()
                .satisfies(incident -> assertThat(incident.getActivityId()).isEqualTo(INSTRUCTIONS));
        assertThat(accounts.get(request).deadline()).isNull();

        // The administrator clicks "retry" in Cockpit.
        management.setJobRetries(jobs.only(request, INSTRUCTIONS).getId(), 1);
        jobs.run(request, INSTRUCTIONS);

        assertThat(incidents(request)).isEmpty();
        assertThat(mailbox.about(request, form.approver())).hasSize(1);
        assertThat(accounts.get(request).deadline()).isNotNull();
    }

    @Test
    void anEmailThatCannotBeSentDoesNotHoldUpTheOthers() {
        String request = tasklist.submit(PAULA, form);
        jobs.run(request, INSTRUCTIONS);
        process.accept(new ActivationLink(request, 1));
        List<Job> welcomes = jobs.at(request, "Activity_sendWelcome");
        assertThat(welcomes).hasSize(2);
        relay.goDown();
        try {
            assertThatThrownBy(() -> management.executeJob(welcomes.get(0).getId()))
                    .isInstanceOf(MailException.class);
        } finally {
            relay.comeBack();
        }

        management.executeJob(welcomes.get(1).getId());
        jobs.run(request, "Activity_sendActivationConfirmation");
        jobs.run(request, "Activity_sendRequestReceipt");
        assertThat(mailbox.about(request)).hasSize(4);
        assertThat(jobs.only(request, "Activity_sendWelcome").getId())
                .isEqualTo(welcomes.get(0).getId());

        jobs.run(request, "Activity_sendWelcome");
        assertThat(tasklist.instance(request)).isNull();
    }

    /** Since the engine asks for jobs that are due by now, one without a date would never be done. */
    @Test
    void aStepWhoseDateAnAdministratorTakesAwayIsDueAtOnce() {
        clock.travelTo(Instant.now().minus(Duration.ofDays(1)));
        String request = tasklist.submit(PAULA, form);
        Date before = jobs.only(request, INSTRUCTIONS).getDuedate();
        assertThat(before).isBeforeOrEqualTo(clock.instant());

        management.setJobDuedate(jobs.only(request, INSTRUCTIONS).getId(), null);

        assertThat(jobs.only(request, INSTRUCTIONS).getDuedate())
                .isAfter(before)
                .isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void whenTheEngineFailsAfterTheAccountWasWrittenNeitherIsThere() {
        String request = tasklist.request(PAULA, form);
        whileTheEngineCannotWrite(
                "act_ru_job",
                () -> assertThatThrownBy(() -> tasklist.review(PAULA, request, Map.of("reviewDecision", "submit")))
                        .hasStackTraceContaining("out of order"));

        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.IN_REVIEW);
        assertThat(timeline.of(request)).extracting(TimelineEntry::status).containsExactly(AccountStatus.IN_REVIEW);
        assertThat(accounts.findLive(form.domain())).isEmpty();

        tasklist.review(PAULA, request, Map.of("reviewDecision", "submit"));
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.PENDING);
    }

    @Test
    void whenTheEngineFailsAtTheStartThereIsNoRow() {
        long before = rows();
        whileTheEngineCannotWrite(
                "act_ru_task",
                () -> assertThatThrownBy(() -> tasklist.request(PAULA, form)).hasStackTraceContaining("out of order"));

        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void whenAnAdministratorDeletesTheInstanceItsAccountDoesNotLiveOn() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        String instance = Objects.requireNonNull(tasklist.instance(request)).getId();

        tasklist.as("admin", () -> {
            runtime.deleteProcessInstance(instance, "cleaning up", true);
            return request;
        });

        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.CANCELED);
        assertThat(timeline.of(request))
                .last()
                .extracting(TimelineEntry::actor)
                .isEqualTo(Actor.administrator("admin"));
        assertThat(process.accept(new ActivationLink(request, 1))).isEqualTo(RequestProcess.Answer.TOO_LATE);
        assertThat(accounts.findLive(form.domain())).isEmpty();
    }

    @Test
    void whatAnAdministratorDeletesSendsNothingMore() {
        String request = tasklist.submit(PAULA, form);
        String instance = Objects.requireNonNull(tasklist.instance(request)).getId();

        tasklist.as("admin", () -> runtime.deleteProcessInstance(instance, "cleaning up", true));

        assertThat(ledger.of(request)).extracting(LedgerEntry::state).containsOnly(LedgerEntry.State.DROPPED);
    }

    @Test
    void whenAnAdministratorEndsTheWaitEarlyThatWasTheDeadline() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);

        jobs.run(request, "Event_waitExpired");

        assertThat(accounts.get(request).deadline())
                .isEqualTo(accounts.get(request).endOfWait())
                .isBeforeOrEqualTo(clock.instant());
    }

    private long rows() {
        return jdbc.sql("SELECT count(*) FROM smart_account").query(Long.class).single();
    }

    /** A failure of the database itself, when the engine writes what it did, after the account's row was written. */
    private void whileTheEngineCannotWrite(String table, Runnable act) {
        jdbc.sql("""
                CREATE OR REPLACE FUNCTION out_of_order() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'out of order'; END $$""").update();
        jdbc.sql("CREATE TRIGGER out_of_order BEFORE INSERT ON %s EXECUTE FUNCTION out_of_order()".formatted(table))
                .update();
        try {
            act.run();
        } finally {
            jdbc.sql("DROP TRIGGER out_of_order ON %s".formatted(table)).update();
        }
    }

    private List<Incident> incidents(String request) {
        ProcessInstance instance = Objects.requireNonNull(tasklist.instance(request));
        return runtime.createIncidentQuery().processInstanceId(instance.getId()).list();
    }
}
