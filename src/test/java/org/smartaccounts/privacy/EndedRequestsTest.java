package org.smartaccounts.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.smartaccounts.support.Tasklist.PAULA;
import static org.smartaccounts.support.Tasklist.SAM;

import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.Test;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.DeclineReason;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.account.Timeline;
import org.smartaccounts.account.TimelineEntry;
import org.smartaccounts.email.EmailLedger;
import org.smartaccounts.email.LedgerEntry;
import org.smartaccounts.request.ActivationLink;
import org.smartaccounts.request.RequestProcess;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.PageVotes;
import org.smartaccounts.support.Races;
import org.smartaccounts.support.RequestForm;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** What remains of a request a year after its end. */
class EndedRequestsTest extends ApplicationTest {

    private static final Duration A_YEAR = Duration.ofDays(365);
    private static final Duration HALF_A_YEAR = Duration.ofDays(180);

    @Autowired
    EndedRequests ended;

    @Autowired
    SmartAccounts accounts;

    @Autowired
    Timeline timeline;

    @Autowired
    EmailLedger ledger;

    @Autowired
    RequestProcess process;

    @Autowired
    HistoryService history;

    @Autowired
    ManagementService management;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Races races;

    @Autowired
    PageVotes votes;

    private final RequestForm form = RequestForm.forNewCustomer();

    @Test
    void aYearAfterItsEndNothingSaysWhoAndWhatItWasAbout() {
        String request = declined();
        List<TimelineEntry> steps = timeline.of(request);
        List<LedgerEntry> emails = ledger.of(request);

        clock.travel(A_YEAR.minusHours(1));
        ended.anonymise();
        assertThat(accounts.get(request).anonymisedAt()).as("a day too early").isNull();
        clock.travel(Duration.ofHours(2));
        assertThat(ended.anonymise()).isPositive();

        for (String words : List.of(
                form.domain(), "As agreed on the telephone " + form.domain(), "We want none of " + form.domain())) {
            assertThat(Everywhere.tablesThatSay(words, database)).as(words).isEmpty();
        }
        SmartAccount forgotten = accounts.get(request);
        assertThat(forgotten.anonymisedAt()).isNotNull();
        assertThat(forgotten.status()).isEqualTo(AccountStatus.DECLINED);
        assertThat(forgotten.declineReason()).isEqualTo(DeclineReason.NOT_WANTED);
        assertThat(forgotten.requester().name()).isEmpty();
        assertThat(forgotten.requester().companyId())
                .as("a company is no person")
                .isNotEmpty();
        assertThat(timeline.of(request))
                .extracting(TimelineEntry::at, TimelineEntry::status)
                .containsExactlyElementsOf(steps.stream()
                        .map(step -> tuple(step.at(), step.status()))
                        .toList());
        assertThat(timeline.of(request))
                .allSatisfy(
                        step -> assertThat(step.actor().name() + step.details()).isEmpty());
        assertThat(ledger.of(request))
                .extracting(email -> email.key().template())
                .containsExactlyElementsOf(
                        emails.stream().map(email -> email.key().template()).toList());
        assertThat(ended.anonymise()).as("done once").isZero();
    }

    @Test
    void itsPageStillWorksAndSaysThatItIsAnonymised() {
        String request = declined();
        clock.travel(A_YEAR.plusHours(1));
        ended.anonymise();

        assertThat(loggedIn(SAM).get("/requests/" + request)).satisfies(page -> {
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body())
                    .contains(request, "This request was anonymised on", "by the approver, for the customer")
                    .contains("Email to somebody whose address is forgotten")
                    .doesNotContain(form.domain());
        });
        assertThat(loggedIn(PAULA).get("/requests/" + request).body())
                .contains("What " + request + " asked for is forgotten");
        assertThat(loggedIn(SAM).get("/requests?search=" + request).body()).contains(request, ">Anonymised</span>");
        assertThat(loggedIn(SAM).get("/requests/numbers").statusCode()).isEqualTo(200);
        assertThat(loggedIn(SAM).get("/requests/export.csv").body()).contains(request);
    }

    @Test
    void anActiveAccountHasNotEnded() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        process.accept(new ActivationLink(request, 1));
        jobs.drain(request);

        clock.travel(A_YEAR.multipliedBy(3));
        ended.anonymise();

        assertThat(accounts.get(request).anonymisedAt()).isNull();
        assertThat(accounts.get(request).endedAt()).isNull();
        assertThat(accounts.get(request).details().accountDomain()).isEqualTo(form.domain());
    }

    @Test
    void whatWasWithdrawnIsForgottenToo() {
        String request = tasklist.request(PAULA, form);
        tasklist.review(PAULA, request, Map.of("reviewDecision", "withdraw"));

        clock.travel(A_YEAR.plusHours(1));
        ended.anonymise();

        assertThat(Everywhere.tablesThatSay(form.domain(), database)).isEmpty();
    }

    @Test
    void aSupportCaseIsForgottenAYearAfterItWasClosed() {
        String anna = form.approver();
        database.sql("""
                        INSERT INTO support_case (case_number, form, status, request_named, reporter_email, reporter_id, language, acknowledged, reported_at, closed_at)
                        VALUES ('CASE-900002', gen_random_uuid(), 'CLOSED', 'SAR-1', ?, 'anna', 'en', true, now(), now())""").param(anna).update();
        database.sql("""
                        INSERT INTO case_message (case_number, author, author_id, written_at, words)
                        VALUES ('CASE-900002', 'REPORTER', '', now(), ?)""").param("I am " + anna).update();

        clock.travel(A_YEAR.minusHours(1));
        ended.anonymise();
        assertThat(Everywhere.tablesThatSay(anna, database)).containsExactly("case_message", "support_case");

        clock.travel(Duration.ofHours(2));
        ended.anonymise();
        assertThat(Everywhere.tablesThatSay(anna, database)).isEmpty();
    }

    @Test
    void anEmailThatNobodyHadSentKeepsNothingAlive() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        process.decline(new ActivationLink(request, 1), DeclineReason.NOT_WANTED, "");
        assertThat(tasklist.instance(request)).as("an email still waits").isNotNull();

        clock.travel(A_YEAR.plusHours(1));
        ended.anonymise();

        assertThat(tasklist.instance(request)).isNull();
        assertThat(Everywhere.tablesThatSay(form.domain(), database)).isEmpty();
        assertThat(ledger.of(request)).extracting(LedgerEntry::state).doesNotContain(LedgerEntry.State.WAITING);
    }

    @Test
    void oneNodeIsAtItAtATime() {
        String request = declined();
        clock.travel(A_YEAR.plusHours(1));
        AtomicInteger other = new AtomicInteger(-1);

        transaction.executeWithoutResult(status -> {
            database.sql("SELECT pg_advisory_xact_lock(?)")
                    .param(7_240_015L)
                    .query()
                    .singleRow();
            assertThat(races.elsewhere(() -> other.set(ended.anonymise()))).isNull();
        });

        assertThat(other).hasValue(0);
        ended.anonymise();
        assertThat(accounts.get(request).anonymisedAt()).isNotNull();
    }

    @Test
    void theEnginesHistoryGoesWithItsTimeToLive() {
        String request = declined();
        assertThat(historyOf(request)).isEqualTo(1);

        clock.travel(Duration.ofDays(Retention.DAYS_OF_HISTORY).minusHours(1));
        cleanUp();
        assertThat(historyOf(request)).as("too early").isEqualTo(1);
        clock.travel(Duration.ofHours(2));
        cleanUp();

        assertThat(historyOf(request)).isZero();
        assertThat(database.sql("SELECT count(*) FROM act_hi_procinst WHERE business_key_ = ?")
                        .param(request)
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(loggedIn(PAULA).get("/requests/" + request).statusCode()).isEqualTo(200);
    }

    @Test
    void halfAYearLaterNothingRemainsButACount() {
        String request = declined();
        clock.travel(A_YEAR.plusHours(1));
        ended.anonymise();
        long declined = outcomes("declined");

        clock.travel(HALF_A_YEAR.minusHours(1));
        ended.remove();
        assertThat(timeline.of(request)).as("too early").isNotEmpty();
        clock.travel(Duration.ofHours(2));
        assertThat(ended.remove()).isPositive();

        assertThat(Everywhere.tablesThatSay(request, database)).isEmpty();
        assertThat(outcomes("declined")).isEqualTo(declined);
        assertThat(ended.remove()).as("done once").isZero();
        assertThat(loggedIn(SAM).get("/requests/" + request).statusCode()).isEqualTo(404);
    }

    @Test
    void aRequestStaysAsLongAsACaseAboutIt() {
        String request = declined();
        database.sql("""
                        INSERT INTO support_case (case_number, form, status, request_number, request_named, reporter_email, reporter_id, language, acknowledged, reported_at, closed_at)
                        VALUES ('CASE-900003', gen_random_uuid(), 'CLOSED', ?, '', 'anna@case.example', '', 'en', true, now(), ?)""")
                .params(request, Timestamp.from(clock.instant().plus(Duration.ofDays(100))))
                .update();
        clock.travel(A_YEAR.plusHours(1));
        ended.anonymise();

        clock.travel(HALF_A_YEAR);
        ended.remove();
        assertThat(Everywhere.tablesThatSay(request, database)).contains("smart_account", "support_case");

        clock.travel(Duration.ofDays(100));
        ended.anonymise();
        ended.remove();
        assertThat(Everywhere.tablesThatSay(request, database)).isEmpty();
    }

    @Test
    void whatWasSaidAboutPagesGoesAfterAYear() {
        String words = "Where is the button " + form.domain();
        votes.give(UUID.randomUUID(), "activation", Locale.ENGLISH, false, words);

        clock.travel(A_YEAR.minusHours(1));
        ended.remove();
        assertThat(Everywhere.tablesThatSay(words, database)).containsExactly("page_vote");
        clock.travel(Duration.ofHours(2));
        ended.remove();

        assertThat(Everywhere.tablesThatSay(words, database)).isEmpty();
    }

    /** Whoever adds a table that refers to requests has to say here whether it says something about people, see {@link Traces}. */
    @Test
    void everyTableAboutRequestsIsKnown() {
        assertThat(database.sql("""
                        SELECT table_name FROM information_schema.columns
                        WHERE table_schema = 'public' AND column_name = 'request_number' ORDER BY table_name""").query(String.class).list())
                .containsExactlyInAnyOrder(
                        "smart_account",
                        "timeline_entry",
                        "member",
                        "email",
                        "request_words",
                        "sent_form",
                        "upload_row",
                        "security_finding",
                        "domain_marks",
                        "support_case",
                        // How often, and nothing else.
                        "wrong_link");
    }

    private String declined() {
        form.with("noteToCustomer", "As agreed on the telephone " + form.domain());
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        process.decline(new ActivationLink(request, 1), DeclineReason.NOT_WANTED, "We want none of " + form.domain());
        jobs.drain(request);
        return request;
    }

    private long outcomes(String outcome) {
        return database.sql("""
                        SELECT sum(total) FROM (SELECT kind, name, total FROM tally UNION ALL SELECT kind, name, amount FROM tally_mark) marks
                        WHERE kind = 'outcome' AND name = ?""").param(outcome).query(Long.class).single();
    }

    private long historyOf(String request) {
        return history.createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(request)
                .count();
    }

    /** As often as there is something left: one turn takes a batch, and a year later all that other tests left is due too. */
    private void cleanUp() {
        long due = due();
        long before;
        do {
            history.cleanUpHistoryAsync(true);
            for (Job job : history.findHistoryCleanupJobs()) {
                management.executeJob(job.getId());
            }
            before = due;
            due = due();
        } while (due < before);
    }

    private long due() {
        return database.sql("SELECT count(*) FROM act_hi_procinst WHERE removal_time_ <= ?")
                .param(Timestamp.from(clock.instant()))
                .query(Long.class)
                .single();
    }
}
