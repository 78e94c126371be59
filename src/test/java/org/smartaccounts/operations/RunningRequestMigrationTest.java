package org.smartaccounts.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.smartaccounts.support.Tasklist.PAULA;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.operations.MigrationReports.Line;
import org.smartaccounts.operations.MigrationReports.Report;
import org.smartaccounts.operations.MoveResult.Outcome;
import org.smartaccounts.request.ActivationLink;
import org.smartaccounts.request.RequestProcess;
import org.smartaccounts.request.RequestProcess.Answer;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.Races;
import org.smartaccounts.support.Releases;
import org.smartaccounts.support.RequestForm;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mail.MailException;

/** An analyst changes the diagram while requests are under way. Each test makes up two versions that nobody else uses. */
class RunningRequestMigrationTest extends ApplicationTest {

    private static final String EXPIRY = "Event_waitExpired";
    private static final String REMINDER = "Event_reminderDue";
    private static final String INSTRUCTIONS = "Activity_sendActivationInstructions";

    @Autowired
    Releases releases;

    @Autowired
    VersionChanges versions;

    @Autowired
    RequestMover mover;

    @Autowired
    RunningRequestMigration migration;

    @Autowired
    MigrationReports reports;

    @Autowired
    MigrationTurn turn;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    @Autowired
    SmartAccounts accounts;

    @Autowired
    RequestProcess process;

    @Autowired
    Races races;

    private final RequestForm form = RequestForm.forNewCustomer();

    @AfterEach
    void takeAway() {
        releases.takeAway();
    }

    @ParameterizedTest
    @CsvSource({"P60D, 60, 30", "P120D, 120, 60"})
    void aChangedDurationAppliesFromTheStartOfTheWaitIfTheReleaseSaysSo(String duration, int days, int nextReminder) {
        ProcessDefinition older = releases.deploy(Releases.sampleAs("7.0.0"));
        WaitingRequest request = pending(older);
        Instant begun = jobs.only(number(request), EXPIRY).getCreateTime().toInstant();
        clock.travel(Duration.ofDays(3));

        VersionChange change = to(
                older,
                property(lasting(Releases.sampleAs("7.1.0"), duration), EXPIRY, "appliesToRunningRequests", "true"));
        assertThat(mover.move(change, request).outcome()).isEqualTo(Outcome.MOVED);

        Instant deadline = begun.plus(Duration.ofDays(days));
        assertThat(jobs.only(number(request), EXPIRY).getDuedate()).isEqualTo(deadline);
        assertThat(accounts.get(number(request)).deadline()).isEqualTo(deadline);
        assertThat(activation(request).getDueDate()).isEqualTo(deadline);
        assertThat(jobs.only(number(request), REMINDER).getDuedate())
                .isEqualTo(deadline.minus(Duration.ofDays(nextReminder)));
        assertThat(process.accept(new ActivationLink(number(request), 1))).isEqualTo(Answer.RECORDED);
        assertEnds(request, AccountStatus.ACTIVE);
    }

    @Test
    void aDeadlineThatIsOverWithTheNewDurationLeavesNoReminderAndEndsTheRequest() {
        ProcessDefinition older = releases.deploy(Releases.sampleAs("7.0.0"));
        WaitingRequest request = pending(older);
        clock.travel(Duration.ofDays(70));

        VersionChange change = to(
                older,
                property(lasting(Releases.sampleAs("7.1.0"), "P60D"), EXPIRY, "appliesToRunningRequests", "true"));
        assertThat(mover.move(change, request).outcome()).isEqualTo(Outcome.MOVED);

        assertThat(accounts.get(number(request)).deadline())
                .isBefore(clock.instant())
                .isEqualTo(jobs.only(number(request), EXPIRY).getDuedate().toInstant());
        assertThat(jobs.at(number(request), REMINDER)).isEmpty();
        assertThat(process.accept(new ActivationLink(number(request), 1))).isEqualTo(Answer.TOO_LATE);
        jobs.run(number(request), EXPIRY);
        assertEnds(request, AccountStatus.EXPIRED);
    }

    @Test
    void aChangedDurationIsForNewRequestsOnlyIfTheReleaseSaysNothing() {
        ProcessDefinition older = releases.deploy(Releases.sampleAs("7.0.0"));
        WaitingRequest request = pending(older);
        String before = jobsOf(request);
        Instant deadline = accounts.get(number(request)).deadline();

        VersionChange change = to(older, lasting(Releases.sampleAs("7.1.0"), "P60D"));
        assertThat(mover.move(change, request).outcome()).isEqualTo(Outcome.MOVED);

        assertThat(jobsOf(request)).isEqualTo(before);
        assertThat(accounts.get(number(request)).deadline()).isEqualTo(deadline);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Activity_activateSmartAccount",
                "Activity_awaitCustomer",
                "Event_waitExpired",
                "Event_reminderDue"
            })
    void whatHasAnotherIdIsTheSameIfTheReleaseSaysWhatItWas(String id) {
        ProcessDefinition older = releases.deploy(Releases.sampleAs("7.0.0"));
        WaitingRequest request = pending(older);
        String before = jobsOf(request);
        String renamed = Releases.change(Releases.sampleAs("7.1.0"), "\\b%s\\b".formatted(id), id + "Now");

        VersionChange silent = to(older, renamed);
        assertThat(mover.move(silent, request).outcome()).isEqualTo(Outcome.NO_PLACE);
        assertThat(version(request)).isEqualTo(older.getId());

        VersionChange named = to(older, property(renamed, id + "Now", "formerIds", "Activity_somethingElse, " + id));
        assertThat(mover.move(named, request).outcome()).isEqualTo(Outcome.MOVED);

        assertThat(version(request)).isEqualTo(named.to().getId());
        assertThat(jobsOf(request)).isEqualTo(before);
        assertThat(runtime.getActiveActivityIds(request.processInstance())).hasSize(3);
    }

    @Test
    void aRenamedTaskKeepsItsTimerAndATimerThatIsGoneKeepsTheRequest() {
        ProcessDefinition older = releases.deploy(Releases.sampleAs("7.0.0"));
        WaitingRequest request = inReview(older);
        String before = jobsOf(request);

        String newTimer = Releases.change(Releases.sampleAs("7.1.0"), "Event_reviewAbandoned", "Event_reviewForgotten");
        assertThat(mover.move(to(older, newTimer), request))
                .isEqualTo(new MoveResult(Outcome.TIMER_LOST, "30 days untouched (Event_reviewAbandoned)"));

        String newTask =
                Releases.change(Releases.sampleAs("7.1.0"), "Activity_reviewRequest", "Activity_lookAtRequest");
        VersionChange renamed =
                to(older, property(newTask, "Activity_lookAtRequest", "formerIds", "Activity_reviewRequest"));
        assertThat(mover.move(renamed, request).outcome()).isEqualTo(Outcome.MOVED);
        assertThat(jobsOf(request)).isEqualTo(before);
    }

    @Test
    void nothingGoesToAnotherMajorVersionOrBackwards() {
        ProcessDefinition seven = releases.deploy(Releases.sampleAs("7.2.0"));
        ProcessDefinition eight = releases.deploy(Releases.sampleAs("8.0.0"));
        assertThat(target(seven)).isEqualTo("none");
        assertThat(target(eight)).isEqualTo("none");

        ProcessDefinition back = releases.deploy(Releases.sampleAs("7.1.9"));
        assertThat(target(seven)).isEqualTo("none");
        assertThat(target(eight)).isEqualTo("none");
        assertThat(target(back)).isEqualTo("none");

        ProcessDefinition ten = releases.deploy(Releases.sampleAs("7.10.0"));
        assertThat(target(seven)).isEqualTo(ten.getId());
        assertThat(target(back)).isEqualTo(ten.getId());
        assertThat(target(eight)).isEqualTo("none");
        assertThat(target(ten)).isEqualTo("none");

        ProcessDefinition untagged = releases.deploy(Releases.sampleAs("today"));
        assertThat(target(untagged)).isEqualTo("none");
        assertThat(target(ten)).isEqualTo("none");
    }

    @Test
    void tryingItOutChangesNothingAndSaysWhatWouldBecomeOfIt() {
        ProcessDefinition older = releases.deploy(Releases.sampleAs("7.0.0"));
        WaitingRequest waits = pending(older);
        WaitingRequest reviewed = inReview(older);
        String newTask =
                Releases.change(Releases.sampleAs("7.1.0"), "Activity_reviewRequest", "Activity_lookAtRequest");
        VersionChange change =
                to(older, property(lasting(newTask, "P60D"), EXPIRY, "appliesToRunningRequests", "true"));
        String before = rowsOf(waits) + rowsOf(reviewed);

        Report report = reports.get(migration.run("ada", true, List.of(change)).orElseThrow());

        assertThat(rowsOf(waits) + rowsOf(reviewed)).isEqualTo(before);
        assertThat(report.trial()).isTrue();
        assertThat(report.startedBy()).isEqualTo("ada");
        assertThat(report.endedAt()).isNotNull();
        assertThat(report.lines())
                .extracting(Line::outcome, Line::detail, Line::requests, Line::example)
                .containsExactly(
                        tuple(Outcome.MOVED, "", 1L, number(waits)),
                        tuple(Outcome.NO_PLACE, "Review request (Activity_reviewRequest)", 1L, number(reviewed)));
    }

    @Test
    void aRunThatDiesInTheMiddleIsGoneOnWith() {
        ProcessDefinition older = releases.deploy(Releases.sampleAs("7.0.0"));
        int all = MigrationRun.PAGE + 3;
        IntStream.range(0, all).forEach(index -> inReview(older));
        VersionChange change = to(older, Releases.sampleAs("7.1.0"));
        database.sql("""
                CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'as if the node died'; END $$""").update();
        database.sql("CREATE TRIGGER die BEFORE INSERT ON running_requests_result EXECUTE FUNCTION die()")
                .update();
        try {
            assertThatThrownBy(() -> migration.run("ada", false, List.of(change)))
                    .hasMessageContaining("node died");
        } finally {
            database.sql("DROP FUNCTION die CASCADE").update();
        }
        assertThat(on(change.to())).isEqualTo(MigrationRun.PAGE);
        assertThat(on(older)).isEqualTo(3);
        Report broken = reports.last(1).get(0);
        assertThat(broken.endedAt()).isNull();
        assertThat(broken.requests()).isEqualTo(all);

        Report report = reports.get(migration.run("ada", false, List.of(change)).orElseThrow());

        assertThat(report.lines()).extracting(Line::outcome, Line::requests).containsExactly(tuple(Outcome.MOVED, 3L));
        assertThat(on(change.to())).isEqualTo(all);
        assertThat(migration.run("ada", false, List.of(change))).isEmpty();
    }

    @Test
    void ofTwoWhoMoveARequestAtOnceOneDoes() {
        ProcessDefinition older = releases.deploy(Releases.sampleAs("7.0.0"));
        WaitingRequest request = pending(older);
        VersionChange change = to(older, Releases.sampleAs("7.1.0"));

        List<MoveResult> results = races.together(() -> mover.move(change, request), () -> mover.move(change, request));

        assertThat(results).extracting(MoveResult::outcome).containsExactlyInAnyOrder(Outcome.MOVED, Outcome.GONE);
    }

    @Test
    void whileOneNodeHasItsTurnNoOtherBegins() {
        assertThat(turn.isTaken()).isFalse();
        try (MigrationTurn.Held held = turn.tryTake().orElseThrow()) {
            assertThat(held).isNotNull();
            assertThat(turn.isTaken()).isTrue();
            assertThat(turn.tryTake()).isEmpty();
            assertThat(migration.start("ada", false)).isFalse();
        }
        assertThat(turn.isTaken()).isFalse();
    }

    @Test
    void whoAcceptsWhileTheRequestIsBeingMovedHasAccepted() {
        ProcessDefinition older = releases.deploy(Releases.sampleAs("7.0.0"));
        WaitingRequest request = pending(older);
        VersionChange change = to(older, Releases.sampleAs("7.1.0"));

        races.secondWaitsForFirst(
                () -> assertThat(mover.move(change, request).outcome()).isEqualTo(Outcome.MOVED),
                () -> assertThat(process.accept(new ActivationLink(number(request), 1)))
                        .isEqualTo(Answer.RECORDED));

        assertThat(version(request)).isEqualTo(change.to().getId());
        assertEnds(request, AccountStatus.ACTIVE);
    }

    @Test
    void aRequestThatIsAcceptedAtTheSameMomentIsMovedWithWhatIsLeftToDo() {
        ProcessDefinition older = releases.deploy(Releases.sampleAs("7.0.0"));
        WaitingRequest request = pending(older);
        VersionChange change = to(older, Releases.sampleAs("7.1.0"));

        races.secondWaitsForFirst(
                () -> process.accept(new ActivationLink(number(request), 1)),
                () -> assertThat(mover.move(change, request).outcome()).isEqualTo(Outcome.MOVED));

        assertThat(version(request)).isEqualTo(change.to().getId());
        assertEnds(request, AccountStatus.ACTIVE);
    }

    @Test
    void anIncidentComesAlongAndCanBeRetried() {
        ProcessDefinition older = releases.deploy(Releases.sampleAs("7.0.0"));
        WaitingRequest request = inReview(older);
        tasklist.review(PAULA, number(request), Map.of("reviewDecision", "submit"));
        relay.goDown();
        try {
            while (jobs.only(number(request), INSTRUCTIONS).getRetries() > 0) {
                assertThatThrownBy(() -> jobs.run(number(request), INSTRUCTIONS))
                        .isInstanceOf(MailException.class);
            }
        } finally {
            relay.comeBack();
        }
        VersionChange change = to(older, Releases.sampleAs("7.1.0"));

        assertThat(mover.move(change, request).outcome()).isEqualTo(Outcome.MOVED);

        Job failed = jobs.only(number(request), INSTRUCTIONS);
        assertThat(incidents(request)).singleElement().satisfies(incident -> {
            assertThat(incident.getProcessDefinitionId()).isEqualTo(change.to().getId());
            assertThat(incident.getConfiguration()).isEqualTo(failed.getId());
        });
        management.setJobRetries(failed.getId(), 1);
        jobs.run(number(request), INSTRUCTIONS);
        assertThat(incidents(request)).isEmpty();
        assertThat(accounts.get(number(request)).deadline()).isNotNull();
    }

    @Test
    void whatIsSuspendedIsMovedAndStaysSuspended() {
        ProcessDefinition older = releases.deploy(Releases.sampleAs("7.0.0"));
        WaitingRequest request = pending(older);
        runtime.suspendProcessInstanceById(request.processInstance());
        VersionChange change = to(older, Releases.sampleAs("7.1.0"));

        assertThat(mover.move(change, request).outcome()).isEqualTo(Outcome.MOVED);

        assertThat(Objects.requireNonNull(tasklist.instance(number(request))).isSuspended())
                .isTrue();
        assertThat(jobs.only(number(request), EXPIRY).isSuspended()).isTrue();
    }

    @Test
    void aRequestWhoseEmailIsBeingSentIsLeftInPeaceAndMovedNextTime() {
        ProcessDefinition older = releases.deploy(Releases.sampleAs("7.0.0"));
        WaitingRequest request = inReview(older);
        tasklist.review(PAULA, number(request), Map.of("reviewDecision", "submit"));
        VersionChange change = to(older, Releases.sampleAs("7.1.0"));
        String job = jobs.only(number(request), INSTRUCTIONS).getId();
        database.sql(
                        "UPDATE act_ru_job SET lock_owner_ = 'a node', lock_exp_time_ = now() + interval '5 minutes' WHERE id_ = ?")
                .param(job)
                .update();

        Report report = reports.get(migration.run("ada", false, List.of(change)).orElseThrow());
        assertThat(report.lines()).extracting(Line::outcome).containsExactly(Outcome.BUSY);
        assertThat(version(request)).isEqualTo(older.getId());

        database.sql("UPDATE act_ru_job SET lock_owner_ = NULL, lock_exp_time_ = NULL WHERE id_ = ?")
                .param(job)
                .update();
        assertThat(mover.move(change, request).outcome()).isEqualTo(Outcome.MOVED);
    }

    private WaitingRequest inReview(ProcessDefinition version) {
        String request = tasklist.request(PAULA, RequestForm.forNewCustomer(), version.getId());
        return new WaitingRequest(
                Objects.requireNonNull(tasklist.instance(request)).getId(), request);
    }

    private WaitingRequest pending(ProcessDefinition version) {
        String request = tasklist.request(PAULA, form, version.getId());
        tasklist.review(PAULA, request, Map.of("reviewDecision", "submit"));
        jobs.drain(request);
        return new WaitingRequest(
                Objects.requireNonNull(tasklist.instance(request)).getId(), request);
    }

    private VersionChange to(ProcessDefinition older, String diagram) {
        return versions.between(older, releases.deploy(diagram));
    }

    private static String lasting(String diagram, String duration) {
        return Releases.change(
                diagram,
                "(?s)(id=\"TimerEventDefinition_waitExpired\">\\s*<bpmn:timeDuration[^>]*>)[^<]+",
                "$1" + duration);
    }

    private static String property(String diagram, String element, String name, String value) {
        String property = "<camunda:property name=\"%s\" value=\"%s\" />".formatted(name, value);
        String start = "(?s)(<bpmn:\\w+ id=\"%s\"[^>]*>\\s*)".formatted(element);
        String among = start + "(<bpmn:extensionElements>\\s*<camunda:properties>)";
        return diagram.matches("(?s).*" + among + ".*")
                ? Releases.change(diagram, among, "$1$2" + property)
                : Releases.change(
                        diagram,
                        start,
                        "$1<bpmn:extensionElements><camunda:properties>%s</camunda:properties></bpmn:extensionElements>"
                                .formatted(property));
    }

    private static String number(WaitingRequest request) {
        return request.requestNumber();
    }

    private String version(WaitingRequest request) {
        return Objects.requireNonNull(tasklist.instance(number(request))).getProcessDefinitionId();
    }

    private String target(ProcessDefinition from) {
        return versions.targets(versions.versions()).entrySet().stream()
                .filter(target -> target.getKey().getId().equals(from.getId()))
                .map(target -> target.getValue().getId())
                .findFirst()
                .orElse("none");
    }

    private long on(ProcessDefinition version) {
        return runtime.createProcessInstanceQuery()
                .processDefinitionId(version.getId())
                .count();
    }

    private Task activation(WaitingRequest request) {
        return tasklist.task(number(request), "Activity_activateSmartAccount");
    }

    private List<Incident> incidents(WaitingRequest request) {
        return runtime.createIncidentQuery()
                .processInstanceId(request.processInstance())
                .list();
    }

    private String jobsOf(WaitingRequest request) {
        return rows(
                "SELECT id_ || ' ' || coalesce(duedate_::text, '') FROM act_ru_job WHERE process_instance_id_ = ? ORDER BY 1",
                request.processInstance());
    }

    /** Everything that there is about a request while it waits. */
    private String rowsOf(WaitingRequest request) {
        String id = request.processInstance();
        return rows("SELECT row::text FROM act_ru_execution row WHERE proc_inst_id_ = ? ORDER BY id_", id)
                + rows("SELECT row::text FROM act_ru_job row WHERE process_instance_id_ = ? ORDER BY id_", id)
                + rows("SELECT row::text FROM act_ru_task row WHERE proc_inst_id_ = ? ORDER BY id_", id)
                + rows("SELECT row::text FROM act_ru_variable row WHERE proc_inst_id_ = ? ORDER BY id_", id)
                + rows("SELECT row::text FROM act_hi_actinst row WHERE proc_inst_id_ = ? ORDER BY id_", id)
                + rows("SELECT row::text FROM smart_account row WHERE request_number = ?", number(request))
                + rows(
                        "SELECT row::text FROM timeline_entry row WHERE request_number = ? ORDER BY id",
                        number(request));
    }

    private String rows(String sql, String parameter) {
        return String.join(
                "\n", database.sql(sql).param(parameter).query(String.class).list());
    }

    private void assertEnds(WaitingRequest request, AccountStatus end) {
        jobs.drain(number(request));
        assertThat(accounts.get(number(request)).status()).isEqualTo(end);
        assertThat(tasklist.instance(number(request))).isNull();
    }
}
