package org.smartaccounts.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.smartaccounts.support.Tasklist.PAULA;
import static org.smartaccounts.support.Tasklist.SAM;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.account.Timeline;
import org.smartaccounts.account.TimelineEntry;
import org.smartaccounts.development.Mailbox.Received;
import org.smartaccounts.security.Finding.State;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.PathsTaken;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Every way a check can go, and every way a review can: this class takes each path of both diagrams at least once. */
class SecurityProcessesTest extends ApplicationTest {

    private static final String REVIEW = "Activity_reviewSuspiciousAccount";
    private static final String DECIDE = "Activity_decideOnSuspendedAccount";

    @Autowired
    AccountsToCheck toCheck;

    @Autowired
    SecurityCheckRuns runs;

    @Autowired
    SecurityChecks checks;

    @Autowired
    Findings findings;

    @Autowired
    WrongLinks wrongLinks;

    @Autowired
    SmartAccounts accounts;

    @Autowired
    Timeline timeline;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @Autowired
    FormService forms;

    @Autowired
    ManagementService management;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Clock now;

    @AfterAll
    static void everyPathIsTaken() {
        PathsTaken.shouldBeAll();
    }

    @AfterEach
    void nothingIsUnderWay() {
        runtime.createProcessInstanceQuery()
                .processDefinitionKey("accountSecurityCheck")
                .list()
                .forEach(check -> runtime.deleteProcessInstance(check.getId(), "the test is over"));
        database.sql("UPDATE security_check_run SET state = 'BROKEN_OFF', ended_at = now() WHERE state = 'RUNNING'")
                .update();
        database.sql(
                        "UPDATE smart_account SET status = 'CLOSED', end_of_wait = coalesce(end_of_wait, now()) WHERE status = 'SUSPENDED' AND requester_id = 'checked-partner'")
                .update();
        runtime.createProcessInstanceQuery()
                .processDefinitionKey("suspiciousAccount")
                .list()
                .forEach(review -> runtime.deleteProcessInstance(review.getId(), "the test is over"));
        toCheck.takeAway();
    }

    @Test
    void atNightAllAccountsAreCheckedSomeHundredsAtATime() {
        String first = toCheck.addMany(SecurityCheck.BATCH + 1);
        String suspicious = suspicious("ACTIVE");
        Job timer = management
                .createJobQuery()
                .timers()
                .processDefinitionKey("accountSecurityCheck")
                .active()
                .singleResult();

        clock.travelTo(timer.getDuedate().toInstant());
        management.executeJob(timer.getId());
        assertThat(runs.isUnderWay()).isTrue();
        checkFrom(first);
        drain();

        SecurityCheckRun run = runs.last(1).get(0);
        assertThat(run.state()).isEqualTo(SecurityCheckRun.State.FINISHED);
        assertThat(run.startedBy()).isEmpty();
        assertThat(run.checked()).isGreaterThanOrEqualTo(SecurityCheck.BATCH + 2L);
        assertThat(run.toReview()).isPositive();
        assertThat(run.seconds()).isPositive();
        assertThat(states(suspicious)).containsExactly(State.OPEN);
        // It comes again tomorrow.
        assertThat(management
                        .createJobQuery()
                        .timers()
                        .processDefinitionKey("accountSecurityCheck")
                        .active()
                        .singleResult()
                        .getDuedate())
                .isAfter(timer.getDuedate());
    }

    @Test
    void aSecondCheckFindsNothingNewAndAChangedFactIsFoundAnew() {
        String suspicious = suspicious("PENDING");
        check(suspicious);
        assertThat(states(suspicious)).containsExactly(State.OPEN);

        check(suspicious);
        assertThat(states(suspicious)).containsExactly(State.OPEN);
        assertThat(runs.last(1).get(0).known()).isPositive();
        assertThat(runs.last(1).get(0).toReview()).isZero();

        review(suspicious, "clear", "We have telephoned.");
        check(suspicious);
        assertThat(states(suspicious)).containsExactly(State.CLEARED);
        assertThat(reviewsOf(suspicious)).isEmpty();

        toCheck.set(suspicious, "customer_email", "anna@yopmail.com");
        check(suspicious);
        assertThat(states(suspicious)).containsExactly(State.OPEN, State.CLEARED);
    }

    @Test
    void aSecondAtTheSameTimeEndsAtOnce() {
        assertThat(begin()).isTrue();
        assertThat(begin()).isFalse();

        tasklist.as("admin", () -> {
            assertThat(runtime.startProcessInstanceByKey("accountSecurityCheck").isEnded())
                    .isTrue();
        });
        assertThat(runs.last(1).get(0).startedBy()).isEqualTo("admin");
    }

    @Test
    void afterAFailureInTheMiddleItGoesOnWhereItWas() {
        String first = toCheck.addMany(SecurityCheck.BATCH);
        String suspicious = suspicious("ACTIVE");
        begin();
        checkFrom(first);
        runUntilAt("Activity_checkAccounts");
        management.executeJob(only().getId());
        SecurityCheckRun halfway = runs.last(1).get(0);
        assertThat(halfway.checked()).isEqualTo(SecurityCheck.BATCH);

        Job next = only();
        // What is found cannot be written down.
        database.sql(
                        "ALTER TABLE security_finding ADD CONSTRAINT nothing_more CHECK (found_at < '2020-01-01') NOT VALID")
                .update();
        try {
            assertThatThrownBy(() -> management.executeJob(next.getId())).hasStackTraceContaining("nothing_more");
        } finally {
            database.sql("ALTER TABLE security_finding DROP CONSTRAINT nothing_more")
                    .update();
        }
        assertThat(runs.last(1).get(0)).isEqualTo(halfway);
        assertThat(reviewsOf(suspicious)).isEmpty();

        drain();
        SecurityCheckRun whole = runs.last(1).get(0);
        assertThat(whole.state()).isEqualTo(SecurityCheckRun.State.FINISHED);
        assertThat(whole.id()).isEqualTo(halfway.id());
        assertThat(whole.checked()).isGreaterThan(SecurityCheck.BATCH);
        assertThat(states(suspicious)).containsExactly(State.OPEN);
        assertThat(reviewsOf(suspicious)).hasSize(1);
    }

    @Test
    void aCheckThatSomebodyDeletesIsBrokenOffAndTheNextCanBegin() {
        begin();
        runtime.deleteProcessInstance(
                runtime.createProcessInstanceQuery()
                        .processDefinitionKey("accountSecurityCheck")
                        .singleResult()
                        .getId(),
                "enough");

        assertThat(runs.last(1).get(0).state()).isEqualTo(SecurityCheckRun.State.BROKEN_OFF);
        assertThat(begin()).isTrue();
    }

    @Test
    void everythingAboutAnAccountIsOneReview() {
        String older = AccountsToCheck.newDomain();
        toCheck.add("ACTIVE", older);
        String younger = toCheck.add("PENDING", older.replace("holding", "ho1ding"), "anna@mailinator.com");
        check(younger);

        assertThat(findings.of(younger))
                .extracting(finding -> finding.words().key())
                .containsExactlyInAnyOrder("security.finding.sameLook", "security.finding.approverDisposable");
        assertThat(reviewsOf(younger)).hasSize(1);
        assertThat(shown(younger, "findings"))
                .contains("looks the same as " + older, "mailinator.com")
                .hasLineCount(2);
        assertThat(shown(younger, "severity")).isEqualTo("high");
    }

    @Test
    void nobodyIsTakenForAnAccountThatHasEnded() {
        String domain = AccountsToCheck.newDomain();
        String older = toCheck.add("PENDING", domain);
        check(older);
        transaction.executeWithoutResult(status -> {
            SmartAccount locked = accounts.lock(older);
            locked.expire(now.instant());
            accounts.save(locked);
        });
        String younger = toCheck.add("IN_REVIEW", domain.replace("holding", "ho1ding"));
        check(younger);
        toCheck.set(younger, "status", "PENDING");
        String youngest = toCheck.add("ACTIVE", domain);
        check(younger);

        assertThat(findings.of(younger)).isEmpty();
        assertThat(shown(youngest, "findings")).contains("looks the same as " + domain.replace("holding", "ho1ding"));
    }

    @Test
    void wrongLinksAreFoundAndWhatIsFoundMeanwhileIsReadBeforeItIsDecided() {
        String account = suspicious("PENDING");
        check(account);
        String read = shown(account, "findings");
        for (int i = 0; i < 50; i++) {
            wrongLinks.tried(account);
        }
        check(account);

        assertThat(shown(account, "findings")).contains("50 wrong activation links");
        assertThat(reviewsOf(account)).hasSize(1);
        Map<String, Object> form = new HashMap<>(decision("clear", "All is well."));
        form.put("findings", read);
        assertThatThrownBy(() -> complete(SAM, account, REVIEW, form)).hasMessageContaining("A check has found more");

        review(account, "clear", "All is well.");
        assertThat(states(account)).containsOnly(State.CLEARED);
    }

    @Test
    void wrongLinksOfLongAgoAreForgotten() {
        String account = toCheck.add("PENDING", AccountsToCheck.newDomain());
        wrongLinks.tried(account);
        wrongLinks.tried("SAR-999999");
        clock.travel(WrongLinks.TIME.plusDays(1));
        wrongLinks.forgetOld();

        assertThat(database.sql("SELECT count(*) FROM wrong_link WHERE request_number IN (?, 'SAR-999999')")
                        .param(account)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void whatIsOnlyWatchedNobodyHasToDecide() {
        String account = toCheck.add("PENDING", AccountsToCheck.newDomain(), "anna@elsewhere.example");
        check(account);

        assertThat(states(account)).containsExactly(State.WATCHED);
        assertThat(reviewsOf(account)).isEmpty();
    }

    @Test
    void somebodyElseThanFirstNamedHasAccepted() {
        String account = toCheck.add("ACTIVE", AccountsToCheck.newDomain(), "boss@elsewhere.example");
        toCheck.set(account, "approver_version", 2);
        database.sql("""
                        INSERT INTO timeline_entry (request_number, occurred_at, actor_role, actor_name, event, status, details)
                        VALUES (?, now(), 'APPROVER', '', 'APPROVER', 'PENDING', 'anna@first.example → boss@elsewhere.example')""").param(account).update();
        check(account);

        assertThat(findings.of(account))
                .extracting(finding -> finding.words().key())
                .contains("security.finding.otherActivatorOutside");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PENDING", "ACTIVE"})
    void supportSuspendsAndReinstates(String status) {
        String account = suspicious(status);
        check(account);

        review(account, "suspend", "Nobody answers the telephone.");
        assertThat(account(account).status()).isEqualTo(AccountStatus.SUSPENDED);
        assertThat(states(account)).containsExactly(State.SUSPENDED);
        jobs.run(account, "Activity_sendSuspendedToRequester");
        jobs.run(account, "Activity_sendSuspendedToApprover");
        assertThat(told(account, AccountsToCheck.PARTNER)).startsWith("Smart Account suspended");
        assertThat(told(account, approver(account))).startsWith("Smart Account suspended");
        assertThat(String.valueOf(tasks.getVariable(task(account, DECIDE).getId(), "suspicionReason")))
                .isEqualTo("Nobody answers the telephone.");

        complete(SAM, account, DECIDE, decisionOnSuspended("reinstate", "They have called back."));
        assertThat(account(account).status()).isEqualTo(AccountStatus.valueOf(status));
        assertThat(states(account)).containsExactly(State.REINSTATED);
        jobs.run(account, "Activity_sendReinstatedToRequester");
        jobs.run(account, "Activity_sendReinstatedToApprover");
        assertThat(told(account, AccountsToCheck.PARTNER)).startsWith("Smart Account no longer suspended");
        Received word = mailbox.about(account, approver(account)).get(1);
        if (status.equals("PENDING")) {
            assertThat(word.link()).contains(account);
            assertThat(word.text()).contains("You can accept or decline until");
        } else {
            assertThat(word.text()).contains("used as before").doesNotContain("/activation/");
        }
        assertThat(reviewsOf(account)).isEmpty();
        assertThat(timeline.of(account))
                .extracting(TimelineEntry::actor, TimelineEntry::details)
                .containsExactly(
                        tuple(Actor.support(SAM), "Nobody answers the telephone."),
                        tuple(Actor.support(SAM), "They have called back."));
    }

    @Test
    void whoIsSuspendedTwiceIsToldTwice() {
        String account = suspicious("ACTIVE");
        check(account);
        review(account, "suspend", "Once.");
        jobs.drain(account);
        complete(SAM, account, DECIDE, decisionOnSuspended("reinstate", "Well."));
        jobs.drain(account);

        toCheck.set(account, "customer_email", "anna@yopmail.com");
        check(account);
        review(account, "suspend", "Again.");
        jobs.drain(account);

        assertThat(mailbox.about(account, AccountsToCheck.PARTNER))
                .extracting(Received::template)
                .containsExactly("accountSuspended", "accountReinstated", "accountSuspended");
    }

    @Test
    void supportClosesAtOnce() {
        String account = suspicious("ACTIVE");
        check(account);

        review(account, "close", "A forgery.");
        assertThat(account(account).status()).isEqualTo(AccountStatus.CLOSED);
        assertThat(states(account)).containsExactly(State.CLOSED);
        jobs.run(account, "Activity_sendClosedToRequester");
        jobs.run(account, "Activity_sendClosedToApprover");
        assertThat(told(account, AccountsToCheck.PARTNER)).startsWith("Smart Account closed");
        assertThat(told(account, approver(account))).startsWith("Smart Account closed");
        assertThat(reviewsOf(account)).isEmpty();
    }

    @Test
    void supportClosesASuspendedOne() {
        String account = suspicious("PENDING");
        check(account);
        review(account, "suspend", "Let us see.");

        complete(SAM, account, DECIDE, decisionOnSuspended("close", "A forgery."));
        assertThat(account(account).status()).isEqualTo(AccountStatus.CLOSED);
        assertThat(timeline.of(account)).last().satisfies(end -> {
            assertThat(end.actor()).isEqualTo(Actor.support(SAM));
            assertThat(end.details()).isEqualTo("A forgery.");
        });
        jobs.drain(account);
        assertThat(reviewsOf(account)).isEmpty();
    }

    @Test
    void whatNobodyReviewsIsBroughtToMindAndThenFoundAnew() {
        String account = suspicious("ACTIVE");
        check(account);

        jobs.run(account, "Event_suspicionDue");
        jobs.run(account, "Activity_escalateSuspicion");
        assertThat(mailbox.about(account)).extracting(Received::template).containsExactly("suspicionOverdue");

        jobs.run(account, "Event_suspicionUndecided");
        assertThat(states(account)).containsExactly(State.UNDECIDED);
        assertThat(reviewsOf(account)).isEmpty();
        check(account);
        assertThat(states(account)).containsExactly(State.OPEN, State.UNDECIDED);
    }

    @Test
    void onASuspendedOneSomebodyDecidesInTheEnd() {
        String account = suspicious("ACTIVE");
        check(account);
        review(account, "suspend", "Let us see.");
        jobs.drain(account);

        jobs.run(account, "Event_suspensionDue");
        jobs.run(account, "Activity_escalateSuspension");
        assertThat(mailbox.about(account)).extracting(Received::template).contains("suspensionOverdue");

        jobs.run(account, "Event_suspensionUndecided");
        assertThat(account(account).status()).isEqualTo(AccountStatus.CLOSED);
        assertThat(timeline.of(account)).last().satisfies(end -> {
            assertThat(end.actor()).isEqualTo(Actor.SYSTEM);
            assertThat(end.details()).isEqualTo("Nobody has decided on the suspended account in time.");
        });
        assertThat(states(account)).containsExactly(State.CLOSED);
    }

    @Test
    void anAccountThatEndsMeanwhileNeedsNoReview() {
        String account = suspicious("PENDING");
        check(account);
        review(account, "suspend", "Let us see.");

        transaction.executeWithoutResult(status -> {
            SmartAccount locked = accounts.lock(account);
            locked.expire(now.instant());
            accounts.save(locked);
        });

        assertThat(reviewsOf(account)).isEmpty();
        assertThat(states(account)).containsExactly(State.ENDED);
        assertThat(mailbox.about(account)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"clear", "suspend", "close"})
    void whateverSupportDecidesNeedsAReason(String decision) {
        String account = suspicious("ACTIVE");
        check(account);

        assertThatThrownBy(() -> review(account, decision, " ")).hasMessageContaining("Please say why");
        assertThatThrownBy(() -> review(account, decision, "x".repeat(Findings.MAX_REASON + 1)))
                .hasMessageContaining("at most 2,000 characters");
        assertThatThrownBy(() -> review(account, "forget", "Well.")).hasMessageContaining("Please choose");
        assertThat(states(account)).containsExactly(State.OPEN);
        assertThat(account(account).status()).isEqualTo(AccountStatus.ACTIVE);
    }

    @Test
    void onlySupportDecidesAndNobodyOnTheOwnCompanysAccount() {
        String account = suspicious("ACTIVE");
        check(account);
        assertThatThrownBy(() -> complete(PAULA, account, REVIEW, decision("clear", "Mine.")));

        toCheck.set(account, "requester_id", SAM);
        assertThatThrownBy(() -> review(account, "clear", "Mine."))
                .hasMessageContaining("This account is your own, or was requested by your company");
        toCheck.set(account, "requester_id", "checked-partner");
        assertThat(states(account)).containsExactly(State.OPEN);
    }

    @Test
    void nobodyBeginsAReviewByHandOrDeletesThatOfASuspendedAccount() {
        String account = suspicious("ACTIVE");
        tasklist.as("admin", () -> {
            assertThatThrownBy(() -> runtime.startProcessInstanceByKey("suspiciousAccount", account))
                    .hasMessageContaining("begins by itself");
        });
        check(account);
        review(account, "suspend", "Let us see.");
        String review = reviewsOf(account).get(0).getId();

        assertThatThrownBy(() -> runtime.deleteProcessInstance(review, "enough"))
                .hasMessageContaining("is suspended");
        assertThat(task(account, DECIDE)).isNotNull();
    }

    /** A disposable address of the approver. */
    private String suspicious(String status) {
        return toCheck.add(status, AccountsToCheck.newDomain(), "anna@trashmail.com");
    }

    private boolean begin() {
        return tasklist.as("admin", () -> checks.begin());
    }

    /** The accounts before this one are those of other tests. */
    private void checkFrom(String requestNumber) {
        database.sql("UPDATE security_check_run SET checked_up_to = ? WHERE state = 'RUNNING'")
                .param("SAR-%06d".formatted(Long.parseLong(requestNumber.substring(4)) - 1))
                .update();
    }

    private void check(String account) {
        assertThat(begin()).isTrue();
        checkFrom(account);
        drain();
        assertThat(runs.isUnderWay()).isFalse();
    }

    private void drain() {
        while (!messages().isEmpty()) {
            management.executeJob(only().getId());
        }
    }

    private void runUntilAt(String activity) {
        while (runtime.createProcessInstanceQuery()
                        .processDefinitionKey("accountSecurityCheck")
                        .activityIdIn(activity)
                        .count()
                == 0) {
            management.executeJob(only().getId());
        }
    }

    private Job only() {
        List<Job> jobs = messages();
        assertThat(jobs).hasSize(1);
        return jobs.get(0);
    }

    private List<Job> messages() {
        return management
                .createJobQuery()
                .messages()
                .processDefinitionKey("accountSecurityCheck")
                .list();
    }

    private List<State> states(String account) {
        return findings.of(account).stream().map(Finding::state).toList();
    }

    private SmartAccount account(String requestNumber) {
        return accounts.get(requestNumber);
    }

    private String approver(String requestNumber) {
        return account(requestNumber).details().customerEmail();
    }

    private List<ProcessInstance> reviewsOf(String account) {
        return runtime.createProcessInstanceQuery()
                .processDefinitionKey("suspiciousAccount")
                .processInstanceBusinessKey(account)
                .list();
    }

    private Task task(String account, String kind) {
        return tasklist.task(account, kind);
    }

    private String shown(String account, String variable) {
        return String.valueOf(tasks.getVariable(task(account, REVIEW).getId(), variable));
    }

    private String told(String account, String to) {
        List<Received> all = mailbox.about(account, to);
        return all.get(all.size() - 1).subject();
    }

    private void review(String account, String decision, String reason) {
        complete(SAM, account, REVIEW, decision(decision, reason));
    }

    private static Map<String, Object> decision(String decision, String reason) {
        return Map.of("suspicionDecision", decision, "suspicionReason", reason);
    }

    private static Map<String, Object> decisionOnSuspended(String decision, String reason) {
        return Map.of("suspendedDecision", decision, "suspendedReason", reason);
    }

    private void complete(String user, String account, String kind, Map<String, Object> form) {
        Task task = task(account, kind);
        tasklist.as(user, () -> {
            forms.submitTaskForm(task.getId(), form);
        });
    }
}
