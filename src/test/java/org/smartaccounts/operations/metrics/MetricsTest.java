package org.smartaccounts.operations.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.smartaccounts.support.Tasklist.PAULA;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.junit.jupiter.api.Test;
import org.smartaccounts.request.ActivationLink;
import org.smartaccounts.request.ProcessElements;
import org.smartaccounts.request.RequestProcess;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.RequestForm;
import org.smartaccounts.support.Scrape;
import org.smartaccounts.support.Scrape.Sample;
import org.smartaccounts.support.Statements;
import org.smartaccounts.support.Visitor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.mail.MailException;

/** Each meter moves when the business does, and nobody sees them who should not. */
class MetricsTest extends ApplicationTest {

    private static final String INSTRUCTIONS = "Activity_sendActivationInstructions";
    private static final String CONVERSATIONS = "smartaccounts_mail_conversation_seconds_count";
    private static final String ENDED = "smartaccounts_requests_ended_total";
    private static final double ONE = 1;
    private static final double SECONDS_OF_DAY = 86_400;

    @Autowired
    Snapshots snapshots;

    @Autowired
    Tally tally;

    @Autowired
    RequestProcess process;

    @Autowired
    ManagementService management;

    @Autowired
    RepositoryService repository;

    @Value("${METRICS_PASSWORD}")
    String metricsPassword = "";

    private final RequestForm form = RequestForm.forNewCustomer();

    @Test
    void aRequestIsCountedWhereItStandsAndWhenItEndsAndTheTimeThatItsCustomerTook() {
        Scrape before = scrape();
        String request = tasklist.submit(PAULA, form);
        jobs.run(request, INSTRUCTIONS);
        Scrape pending = scrape();
        clock.travel(Duration.ofDays(4));
        process.accept(new ActivationLink(request, 1));
        Scrape active = scrape();

        assertThat(requests(pending, "pending")).isEqualTo(requests(before, "pending") + ONE);
        assertThat(requests(active, "pending")).isEqualTo(requests(before, "pending"));
        assertThat(requests(active, "active")).isEqualTo(requests(before, "active") + ONE);
        assertThat(ended(pending, "activated")).isEqualTo(ended(before, "activated"));
        assertThat(ended(active, "activated")).isEqualTo(ended(before, "activated") + ONE);
        String decision = "smartaccounts_request_decision_seconds";
        assertThat(active.value(decision + "_count", "outcome", "activated"))
                .isEqualTo(before.value(decision + "_count", "outcome", "activated") + ONE);
        assertThat(active.value(decision + "_sum", "outcome", "activated")
                        - before.value(decision + "_sum", "outcome", "activated"))
                .isCloseTo(4 * SECONDS_OF_DAY, within(60.0));
        assertThat(active.value(decision + "_bucket", "outcome", "activated", "le", "432000.0"))
                .isEqualTo(before.value(decision + "_bucket", "outcome", "activated", "le", "432000.0") + ONE);
        assertThat(active.value(decision + "_bucket", "outcome", "activated", "le", "259200.0"))
                .isEqualTo(before.value(decision + "_bucket", "outcome", "activated", "le", "259200.0"));
    }

    @Test
    void aRequestThatIsGivenUpInItsReviewIsWithdrawn() {
        Scrape before = scrape();
        String request = tasklist.request(PAULA, form);
        tasklist.review(PAULA, request, Map.of("reviewDecision", "withdraw"));

        assertThat(ended(scrape(), "withdrawn")).isEqualTo(ended(before, "withdrawn") + ONE);
    }

    @Test
    void anEmailThatNoMailServerTakesIsSeenUntilItIsSent() {
        String request = tasklist.submit(PAULA, form);
        Scrape before = scrape();
        relay.goDown();
        try {
            assertThatThrownBy(() -> jobs.run(request, INSTRUCTIONS)).isInstanceOf(MailException.class);
        } finally {
            relay.comeBack();
        }
        Scrape down = scrape();
        jobs.run(request, INSTRUCTIONS);
        Scrape after = scrape();

        assertThat(down.value("smartaccounts_emails_retried"))
                .isEqualTo(before.value("smartaccounts_emails_retried") + ONE);
        assertThat(after.value("smartaccounts_emails_retried")).isEqualTo(before.value("smartaccounts_emails_retried"));
        assertThat(down.value(CONVERSATIONS, "outcome", "failed"))
                .isEqualTo(before.value(CONVERSATIONS, "outcome", "failed") + ONE);
        assertThat(after.value(CONVERSATIONS, "outcome", "accepted"))
                .isEqualTo(down.value(CONVERSATIONS, "outcome", "accepted") + ONE);
        assertThat(instructions(down, "waiting")).isEqualTo(instructions(before, "waiting"));
        assertThat(instructions(after, "waiting")).isEqualTo(instructions(before, "waiting") - ONE);
        assertThat(instructions(after, "sent")).isEqualTo(instructions(before, "sent") + ONE);
    }

    @Test
    void anAddressThatIsRefusedIsAFailedEmailAndNoFailureOfTheMailServer() {
        String request = tasklist.submit(PAULA, form);
        relay.refuse(form.approver(), "550 5.1.1 No such user");
        Scrape before = scrape();

        jobs.run(request, INSTRUCTIONS);

        Scrape refused = scrape();
        assertThat(refused.value(CONVERSATIONS, "outcome", "refused"))
                .isEqualTo(before.value(CONVERSATIONS, "outcome", "refused") + ONE);
        assertThat(refused.value(CONVERSATIONS, "outcome", "failed"))
                .isEqualTo(before.value(CONVERSATIONS, "outcome", "failed"));
        assertThat(instructions(refused, "failed")).isEqualTo(instructions(before, "failed") + ONE);
    }

    @Test
    void aJobThatShouldHaveRunIsOverdueAfterFiveMinutes() {
        String request = tasklist.submit(PAULA, form);
        clock.travel(Duration.ofMinutes(6));
        Scrape late = scrape();
        jobs.run(request, INSTRUCTIONS);
        Scrape after = scrape();

        assertThat(after.value("smartaccounts_jobs_overdue")).isEqualTo(late.value("smartaccounts_jobs_overdue") - ONE);
        assertThat(after.value("smartaccounts_jobs_executable"))
                .isEqualTo(late.value("smartaccounts_jobs_executable") - ONE);
        assertThat(late.value("smartaccounts_jobs_lag_seconds")).isGreaterThanOrEqualTo(360.0);
    }

    @Test
    void aJobThatIsNotTriedAnyMoreIsAnIncidentAndGetsOlder() {
        String request = tasklist.submit(PAULA, form);
        Scrape before = scrape();
        management.setJobRetries(jobs.only(request, INSTRUCTIONS).getId(), 0);
        clock.travel(Duration.ofHours(2));
        Scrape failed = scrape();
        management.setJobRetries(jobs.only(request, INSTRUCTIONS).getId(), 1);
        Scrape mended = scrape();

        assertThat(failed.value("smartaccounts_jobs_failed"))
                .isEqualTo(before.value("smartaccounts_jobs_failed") + ONE);
        assertThat(failed.value("smartaccounts_incidents")).isEqualTo(before.value("smartaccounts_incidents") + ONE);
        assertThat(failed.value("smartaccounts_incidents_oldest_age_seconds")).isGreaterThanOrEqualTo(7200.0);
        assertThat(mended.value("smartaccounts_jobs_failed")).isEqualTo(before.value("smartaccounts_jobs_failed"));
        assertThat(mended.value("smartaccounts_incidents")).isEqualTo(before.value("smartaccounts_incidents"));
    }

    @Test
    void whatASecurityCheckFindsIsCountedAndSoIsWhatBecomesOfIt() {
        String request = tasklist.submit(PAULA, form);
        Scrape before = scrape();
        database.sql("""
                        INSERT INTO security_finding (request_number, outcome, severity, message, facts, fingerprint, found_at, state, review)
                        VALUES (?, 'REVIEW', 'HIGH', 'security.finding.suspicious', '{}', 'fingerprint', now(), 'OPEN', 1)""").param(request).update();
        Scrape found = scrape();
        database.sql("UPDATE security_finding SET state = 'CLEARED', decided_at = now() WHERE request_number = ?")
                .param(request)
                .update();
        Scrape cleared = scrape();

        assertThat(findings(found, "open")).isEqualTo(findings(before, "open") + ONE);
        assertThat(findings(cleared, "open")).isEqualTo(findings(before, "open"));
        assertThat(findings(cleared, "cleared")).isEqualTo(findings(before, "cleared") + ONE);
        // It has no facts, and nobody could read it.
        database.sql("DELETE FROM security_finding WHERE request_number = ?")
                .param(request)
                .update();
        assertThat(findings(scrape(), "cleared")).isEqualTo(findings(before, "cleared"));
    }

    private static double findings(Scrape scrape, String state) {
        return scrape.value("smartaccounts_security_findings", "state", state, "severity", "high");
    }

    @Test
    void theVersionThatIsLiveIsNamed() {
        ProcessDefinition live = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(ProcessElements.PROCESS)
                .latestVersion()
                .singleResult();

        assertThat(scrape().of("smartaccounts_process_live"))
                .filteredOn(line -> ProcessElements.PROCESS.equals(line.labels().get("process")))
                .singleElement()
                .satisfies(line -> assertThat(line.labels())
                        .containsEntry("version", live.getVersionTag())
                        .containsEntry("number", String.valueOf(live.getVersion())));
    }

    @Test
    void whileNodesAddUpWhatOthersAreDoingNothingIsMissedAndNothingCountedTwice() throws InterruptedException {
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 20; i++) {
            nodes.execute(() -> tasklist.submit(PAULA, RequestForm.forNewCustomer()));
            nodes.execute(tally::addUp);
            nodes.execute(tally::addUp);
        }
        nodes.shutdown();
        assertThat(nodes.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

        assertThat(tallied(Count.REQUEST))
                .isEqualTo(counted("SELECT lower(status), count(*) FROM smart_account GROUP BY 1"));
        assertThat(tallied(Count.EMAIL))
                .isEqualTo(counted("SELECT template || lower(state), count(*) FROM email GROUP BY 1"));
        assertThat(tallied(Count.OUTCOME)).isEqualTo(counted("""
                SELECT CASE WHEN 'ACTIVE' IN (status, status_before) THEN 'activated' ELSE lower(status) END, count(*)
                FROM smart_account WHERE end_of_wait IS NOT NULL OR status = 'WITHDRAWN' GROUP BY 1"""));
    }

    @Test
    void howManyRequestsThereAreDoesNotChangeWhatALookCosts() {
        snapshots.take();
        List<String> few = Statements.of(snapshots::take);
        for (int i = 0; i < 10; i++) {
            tasklist.submit(PAULA, RequestForm.forNewCustomer());
        }

        assertThat(Statements.of(snapshots::take)).isEqualTo(few).hasSize(5);
    }

    @Test
    void readingTheMetricsAsksTheDatabaseForNothingButTheLogin() {
        scrape();

        assertThat(Statements.of(loggedIn("admin"), "/actuator/prometheus"))
                .noneMatch(statement -> statement.matches("(?is).*\\b(tally|smart_account|act_ru_job|email)\\b.*"));
    }

    @Test
    void onlyAdministratorsAndTheMachineWithThePasswordReadTheMetrics() {
        assertThat(new Visitor(url).get("/actuator/prometheus").statusCode()).isEqualTo(302);
        assertThat(loggedIn(PAULA).get("/actuator/prometheus").statusCode()).isEqualTo(403);
        assertThat(loggedIn("admin").get("/actuator/prometheus").body()).contains("smartaccounts_requests");
        assertThat(Scrape.answer(url, "prometheus", "guessed").statusCode()).isEqualTo(401);
        assertThat(Scrape.answer(url, "prometheus", "").statusCode()).isEqualTo(401);
        assertThat(Scrape.answer(url, "admin", password).statusCode()).isEqualTo(401);
        assertThat(Scrape.answer(url, "admin", metricsPassword).statusCode()).isEqualTo(401);
        assertThat(Scrape.answer(url, "prometheus", metricsPassword)).satisfies(answer -> {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        });
        // Nowhere else is it worth anything.
        assertThat(Scrape.answer(url, "/operations/running-requests", "prometheus", metricsPassword)
                        .statusCode())
                .isEqualTo(302);
        assertThat(Scrape.answer(url, "/actuator", "prometheus", metricsPassword)
                        .statusCode())
                .isEqualTo(302);
    }

    @Test
    void whoGuessesThePasswordIsSoonNotListenedTo() {
        for (int guess = 0; guess < 8; guess++) {
            assertThat(Scrape.answer(url, "prometheus", "guess " + guess).statusCode())
                    .isEqualTo(401);
        }

        assertThat(Scrape.answer(url, "prometheus", metricsPassword).statusCode())
                .isEqualTo(429);
    }

    @Test
    void howeverOftenPrometheusReadsItIsNotTakenForGuessing() {
        for (int i = 0; i < 20; i++) {
            assertThat(Scrape.answer(url, "prometheus", metricsPassword).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void whateverStrangersAskForTheNamesOfTheMetricsAreBounded() {
        Visitor stranger = new Visitor(url);
        Visitor admin = loggedIn("admin");
        for (int i = 0; i < 5; i++) {
            stranger.get("/nowhere/at/all/" + i);
            stranger.get("/activation/guessed" + i);
            stranger.send(HttpRequest.newBuilder(stranger.at("/")).method("INVENTED" + i, BodyPublishers.noBody()));
            admin.get("/requests/SAR-99999" + i);
            admin.get("/camunda/api/engine/engine/default/task/made-up-" + i);
        }

        assertThat(scrape().of("http_server_requests_seconds_count"))
                .isNotEmpty()
                .allSatisfy(line -> {
                    assertThat(line.labels().get("uri")).doesNotContain("nowhere", "guessed", "SAR-", "made-up");
                    assertThat(line.labels().get("method")).doesNotContain("INVENTED");
                });
    }

    private Scrape scrape() {
        snapshots.take();
        return Scrape.of(url, metricsPassword);
    }

    private static double requests(Scrape scrape, String status) {
        return scrape.value("smartaccounts_requests", "status", status);
    }

    private static double ended(Scrape scrape, String outcome) {
        return scrape.value(ENDED, "outcome", outcome);
    }

    private static double instructions(Scrape scrape, String state) {
        return scrape.of("smartaccounts_emails").stream()
                .filter(line -> "activationInstructions".equals(line.labels().get("template"))
                        && state.equals(line.labels().get("state")))
                .mapToDouble(Sample::value)
                .sum();
    }

    private Map<String, Long> tallied(String kind) {
        return tally.read().stream()
                .filter(count -> count.kind().equals(kind) && count.total() != 0)
                .collect(Collectors.toMap(count -> count.name() + count.detail(), Count::total));
    }

    private Map<String, Long> counted(String sql) {
        return database.sql(sql).query((row, index) -> Map.entry(row.getString(1), row.getLong(2))).list().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
