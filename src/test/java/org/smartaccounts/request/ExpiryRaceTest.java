package org.smartaccounts.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.smartaccounts.support.Tasklist.PAULA;
import static org.smartaccounts.support.Tasklist.SAM;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.ManagementService;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.DeclineReason;
import org.smartaccounts.account.Members;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.account.Timeline;
import org.smartaccounts.development.Mailbox.Received;
import org.smartaccounts.request.RequestProcess.Answer;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.Races;
import org.smartaccounts.support.RequestForm;
import org.springframework.beans.factory.annotation.Autowired;

/** The customer accepts in the moment in which the time is over: one of them wins, and everybody is told the same. */
class ExpiryRaceTest extends ApplicationTest {

    @Autowired
    ManagementService management;

    @Autowired
    SmartAccounts accounts;

    @Autowired
    Members members;

    @Autowired
    Timeline timeline;

    @Autowired
    RequestProcess process;

    @Autowired
    Races races;

    private final RequestForm form = RequestForm.forNewCustomer();

    @RepeatedTest(25)
    void whoeverWinsTheOutcomeIsOne() {
        String request = pending();
        String timer = jobs.only(request, "Event_waitExpired").getId();

        races.together(() -> process.accept(new ActivationLink(request, 1)), () -> {
            fire(timer);
            return Answer.TOO_LATE;
        });

        assertOneOutcome(request);
    }

    @Test
    void theTimerThatComesSecondFindsTheAccountActive() {
        String request = pending();
        String timer = jobs.only(request, "Event_waitExpired").getId();

        races.secondWaitsForFirst(() -> process.accept(new ActivationLink(request, 1)), () -> fire(timer));

        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.ACTIVE);
        assertOneOutcome(request);
    }

    @Test
    void theCustomerWhoComesSecondIsToldThatItIsTooLate() {
        String request = pending();
        String timer = jobs.only(request, "Event_waitExpired").getId();
        Set<Answer> answers = new HashSet<>();

        races.secondWaitsForFirst(() -> fire(timer), () -> answers.add(process.accept(new ActivationLink(request, 1))));

        assertThat(answers).containsExactly(Answer.TOO_LATE);
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.EXPIRED);
        assertOneOutcome(request);
    }

    @Test
    void supportThatComesSecondIsToldInWords() {
        String request = pending();
        List<String> words = new ArrayList<>();
        Map<String, Object> word = Map.of(
                "activationOutcome", "decline",
                "declineReason", "OTHER",
                "customerWordFrom", "Anna Weber",
                "customerWordBy", "telephone",
                "customerWordOn", clock.instant().toString().substring(0, 10));

        races.secondWaitsForFirst(
                () -> process.accept(new ActivationLink(request, 1)),
                () -> words.add(catchThrowable(() -> tasklist.activate(SAM, request, word))
                        .getMessage()));

        assertThat(words).singleElement().asString().contains(request + " has changed meanwhile");
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.ACTIVE);
        assertOneOutcome(request);
    }

    @Test
    void whoSubmitsInTheMomentInWhichTheReviewIsAbandonedIsToldInWords() {
        String request = tasklist.request(PAULA, form);
        String timer = jobs.only(request, "Event_reviewAbandoned").getId();
        List<String> words = new ArrayList<>();

        races.secondWaitsForFirst(
                () -> fire(timer),
                () -> words.add(
                        catchThrowable(() -> tasklist.review(PAULA, request, Map.of("reviewDecision", "submit")))
                                .getMessage()));

        assertThat(words).singleElement().asString().contains(request + " has changed meanwhile");
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.WITHDRAWN);
    }

    @Test
    void ofTwoClicksOneCounts() {
        String request = pending();

        var answers = races.together(
                () -> process.accept(new ActivationLink(request, 1)),
                () -> process.decline(new ActivationLink(request, 1), DeclineReason.OTHER, ""));

        assertThat(answers).containsExactlyInAnyOrder(Answer.RECORDED, Answer.TOO_LATE);
        assertOneOutcome(request);
    }

    private String pending() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        return request;
    }

    /** As the job executor does it: whatever goes wrong stays with the job. */
    private void fire(String timer) {
        try {
            management.executeJob(timer);
        } catch (RuntimeException e) {
            // The job is gone, or its transaction lost.
            assertThat(e).isNotNull();
        }
    }

    private void assertOneOutcome(String request) {
        AccountStatus status = accounts.get(request).status();
        jobs.drain(request);

        assertThat(tasklist.instance(request)).as("ended").isNull();
        assertThat(timeline.of(request))
                .as("timeline")
                .hasSize(3)
                .last()
                .satisfies(entry -> assertThat(entry.status()).isEqualTo(status));
        assertThat(mailbox.about(request).stream().map(Received::template).toList())
                .containsExactlyInAnyOrderElementsOf(
                        switch (status) {
                            case ACTIVE ->
                                List.of(
                                        "requestReceipt",
                                        "activationInstructions",
                                        "accountActivated",
                                        "welcome",
                                        "welcome");
                            case DECLINED -> List.of("requestReceipt", "activationInstructions", "requestDeclined");
                            case EXPIRED ->
                                List.of(
                                        "requestReceipt",
                                        "activationInstructions",
                                        "requestExpired",
                                        "requestExpiredForApprover");
                            default -> throw new AssertionError(status);
                        });
        assertThat(members.of(request)).hasSize(status == AccountStatus.ACTIVE ? 3 : 0);
    }
}
