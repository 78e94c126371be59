package org.smartaccounts.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.PAULA;
import static org.smartaccounts.support.Tasklist.SAM;

import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.development.Mailbox.Received;
import org.smartaccounts.request.ActivationLink;
import org.smartaccounts.request.RequestProcess;
import org.smartaccounts.request.RequestProcess.Answer;
import org.smartaccounts.request.Seen;
import org.smartaccounts.security.Finding.State;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.Browser;
import org.smartaccounts.support.Races;
import org.smartaccounts.support.RequestForm;
import org.smartaccounts.support.Visitor;
import org.springframework.beans.factory.annotation.Autowired;

/** What licensing support and administrators see of the checks, and what support does about a finding, in a browser and in a race. */
class SecurityChecksPageTest extends ApplicationTest {

    private static final String PAGE = "/operations/security-checks";
    private static final String REVIEW = "Activity_reviewSuspiciousAccount";

    @Autowired
    SecurityCheckRuns runs;

    @Autowired
    SecurityChecks checks;

    @Autowired
    WrongLinks wrongLinks;

    @Autowired
    Findings findings;

    @Autowired
    SmartAccounts accounts;

    @Autowired
    RequestProcess process;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    @Autowired
    TaskService tasks;

    @Autowired
    Races races;

    private String request = "";

    @BeforeEach
    void somebodyGuessesLinks() {
        RequestForm form = RequestForm.forNewCustomer();
        request = tasklist.submit(PAULA, form);
        jobs.run(request, "Activity_sendActivationInstructions");
        Visitor guesser = new Visitor(url);
        String wrong = "/activation/%s.1.%s".formatted(request, "a".repeat(43));
        assertThat(guesser.get(wrong).statusCode()).isEqualTo(404);
        for (int i = 1; i < 50; i++) {
            wrongLinks.tried(request);
        }
    }

    @AfterEach
    void nothingIsUnderWay() {
        runtime.createProcessInstanceQuery()
                .processDefinitionKey("accountSecurityCheck")
                .list()
                .forEach(check -> runtime.deleteProcessInstance(check.getId(), "the test is over"));
    }

    @Test
    void anAdministratorHasAllAccountsCheckedAndSupportReadsWhatWasFound() {
        Visitor admin = loggedIn("admin");
        assertThat(admin.get(PAGE).body()).contains("Check now", "The last checks");

        assertThat(begin(admin)).isEqualTo(302);
        onlyThisOne();
        assertThat(admin.get(PAGE).body())
                .contains("A check is under way", "by admin", "http-equiv=\"refresh\"")
                .doesNotContain("Check now");
        assertThat(admin.submit(PAGE + "/begin", Map.of("_csrf", admin.token("/logout")))
                        .statusCode())
                .isEqualTo(409);
        drain();

        Visitor sam = loggedIn(SAM);
        assertThat(sam.get(PAGE).body())
                .contains("Finished", "1 finding to review", request, "50 wrong activation links were tried")
                .contains("Waits for licensing support", "/requests/" + request)
                .doesNotContain("Check now");
        assertThat(sam.get("/requests").body()).contains(PAGE);
        assertThat(sam.submit(PAGE + "/begin", Map.of("_csrf", sam.token("/logout")))
                        .statusCode())
                .isEqualTo(403);
        Visitor paula = loggedIn(PAULA);
        assertThat(paula.get(PAGE).statusCode()).isEqualTo(403);
        assertThat(paula.get("/requests").body()).doesNotContain(PAGE);
    }

    @Test
    void supportReviewsInTasklist() {
        check();
        String task = tasklist.task(request, REVIEW).getId();
        tasklist.as(SAM, () -> {
            tasks.claim(task, SAM);
        });
        try (Browser browser = Browser.openIfFound()) {
            browser.logIn(url, SAM, password);
            browser.go(url + "/camunda/app/tasklist/default/#/?task=" + task);
            browser.see(By.cssSelector("[id$=Field_findings]"));
            assertThat(browser.typed(By.cssSelector("[id$=Field_findings]"))).contains("50 wrong activation links");
            browser.screenshot("security-review");
            assertThat(browser.barriers(".fjs-form")).isEmpty();
            browser.click(By.xpath("//label[contains(., 'Clear it')]"));
            browser.type(By.cssSelector("[id$=Field_suspicionReason]"), " ");
            browser.click("Complete");
            browser.see("Please say why");
            browser.screenshot("security-review-without-reason");
            assertThat(findings.of(request)).extracting(Finding::state).containsOnly(State.OPEN);

            // The mistake lies over the button.
            browser.reload();
            browser.click(By.xpath("//label[contains(., 'Clear it')]"));
            browser.type(By.cssSelector("[id$=Field_suspicionReason]"), "They have called: a broken mail program.");
            browser.click("Complete");
            browser.seeNo(By.cssSelector("[id$=Field_suspicionReason]"));

            browser.go(url + PAGE);
            browser.see("They have called: a broken mail program.");
            for (int width : new int[] {1300, 390}) {
                browser.resize(width, 900);
                browser.screenshot("security-checks-" + width);
                assertThat(browser.isTooWide()).isFalse();
                assertThat(browser.barriers()).isEmpty();
            }
            browser.preferColours("dark");
            browser.screenshot("security-checks-dark");
            assertThat(browser.barriers()).isEmpty();
        }
        assertThat(findings.of(request)).extracting(Finding::state).containsOnly(State.CLEARED);
    }

    /** Either it is suspended before the customer decides, who is too late then; or what is suspended is an active account. */
    @Test
    void acceptingAndSuspendingAtTheSameMomentHaveOneOrder() {
        check();
        String task = tasklist.task(request, REVIEW).getId();

        Object answer = races.<Object>together(() -> process.accept(new ActivationLink(request, 1)), () -> {
                    suspend(task);
                    return "suspended";
                })
                .get(0);

        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.SUSPENDED);
        assertThat(accounts.get(request).statusBefore())
                .isEqualTo(answer == Answer.RECORDED ? AccountStatus.ACTIVE : AccountStatus.PENDING);
        reinstate();
    }

    @Test
    void whoeverAcceptsAMomentAfterItWasSuspendedIsTooLate() {
        check();
        String task = tasklist.task(request, REVIEW).getId();

        races.secondWaitsForFirst(
                () -> suspend(task),
                () -> assertThat(process.accept(new ActivationLink(request, 1))).isEqualTo(Answer.TOO_LATE));

        assertThat(accounts.get(request).statusBefore()).isEqualTo(AccountStatus.PENDING);
        reinstate();
    }

    @Test
    void whoeverSuspendsAMomentAfterItWasAcceptedSuspendsAnActiveAccount() {
        check();
        String task = tasklist.task(request, REVIEW).getId();

        races.secondWaitsForFirst(
                () -> assertThat(process.accept(new ActivationLink(request, 1))).isEqualTo(Answer.RECORDED),
                () -> suspend(task));

        assertThat(accounts.get(request).statusBefore()).isEqualTo(AccountStatus.ACTIVE);
        reinstate();
    }

    @Test
    void whoIsAskedForTheFirstTimeWhenItIsReinstatedHearsOfTheCancellation() {
        RequestForm form = RequestForm.forNewCustomer().with("userEmails", "dora@mailinator.com");
        request = tasklist.submit(PAULA, form);
        check();
        suspend(tasklist.task(request, REVIEW).getId());
        jobs.drain(request);
        reinstate();

        tasklist.as(PAULA, () -> process.cancel(Seen.anyhow(request), "Ordered twice."));
        jobs.drain(request);

        assertThat(mailbox.about(request, form.approver()))
                .extracting(Received::template)
                .containsExactly(
                        "accountSuspendedForApprover", "accountReinstatedForApprover", "requestCanceledForApprover");
    }

    private void suspend(String task) {
        tasklist.as(SAM, () -> {
            tasks.complete(task, Map.of("suspicionDecision", "suspend", "suspicionReason", "Let us see."));
        });
    }

    private void reinstate() {
        String task =
                tasklist.task(request, "Activity_decideOnSuspendedAccount").getId();
        tasklist.as(SAM, () -> {
            tasks.complete(task, Map.of("suspendedDecision", "reinstate", "suspendedReason", "All is well."));
        });
        jobs.drain(request);
    }

    private int begin(Visitor admin) {
        return admin.submit(PAGE + "/begin", Map.of("_csrf", admin.token(PAGE))).statusCode();
    }

    private void check() {
        assertThat(tasklist.as("admin", () -> checks.begin())).isTrue();
        onlyThisOne();
        drain();
        assertThat(runs.isUnderWay()).isFalse();
    }

    /** The accounts before this one are those of other tests. */
    private void onlyThisOne() {
        database.sql("UPDATE security_check_run SET checked_up_to = ? WHERE state = 'RUNNING'")
                .param("SAR-%06d".formatted(Long.parseLong(request.substring(4)) - 1))
                .update();
    }

    private void drain() {
        for (Job job = next(); job != null; job = next()) {
            management.executeJob(job.getId());
        }
    }

    private @Nullable Job next() {
        return management
                .createJobQuery()
                .messages()
                .processDefinitionKey("accountSecurityCheck")
                .singleResult();
    }
}
