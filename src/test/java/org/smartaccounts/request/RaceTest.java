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
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.DeclineReason;
import org.smartaccounts.account.Members;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.account.Timeline;
import org.smartaccounts.account.TimelineEntry;
import org.smartaccounts.development.Mailbox.Received;
import org.smartaccounts.email.EmailLedger;
import org.smartaccounts.email.LedgerEntry;
import org.smartaccounts.email.LedgerEntry.State;
import org.smartaccounts.request.RequestProcess.Answer;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.Races;
import org.smartaccounts.support.RequestForm;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Two do something to a request at the same moment: accept, pass the decision on, cancel, or let the time be over. What comes of it is one
 * thing, whoever came second is told what is so, and everybody reads the same.
 */
class RaceTest extends ApplicationTest {

    private static final Set<String> BEFORE_THE_OUTCOME =
            Set.of("requestReceipt", "activationInstructions", "approverChanged");

    @Autowired
    ManagementService management;

    @Autowired
    EmailLedger ledger;

    @Autowired
    SmartAccounts accounts;

    @Autowired
    Members members;

    @Autowired
    Timeline timeline;

    @Autowired
    RequestProcess process;

    @Autowired
    Suspensions suspensions;

    @Autowired
    Races races;

    private final RequestForm form = RequestForm.forNewCustomer();

    @RepeatedTest(10)
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
    void whoAcceptsAnAccountThatHasJustBeenSuspendedIsToldSo() {
        String request = pending();
        Set<Answer> answers = new HashSet<>();

        races.secondWaitsForFirst(
                () -> suspensions.suspend(request, Actor.support(SAM), "Looks odd"),
                () -> answers.add(process.accept(new ActivationLink(request, 1))));

        assertThat(answers).containsExactly(Answer.TOO_LATE);
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.SUSPENDED);
        assertThat(members.of(request)).isEmpty();
        suspensions.reinstate(request, Actor.support(SAM), "All is well");
        assertThat(process.accept(new ActivationLink(request, 1))).isEqualTo(Answer.RECORDED);
    }

    @Test
    void whoSuspendsAnAccountThatHasJustBeenAcceptedSuspendsAnActiveOne() {
        String request = pending();

        races.secondWaitsForFirst(
                () -> process.accept(new ActivationLink(request, 1)),
                () -> suspensions.suspend(request, Actor.support(SAM), "Looks odd"));

        assertThat(accounts.get(request).statusBefore()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(members.of(request)).isNotEmpty();
        suspensions.reinstate(request, Actor.support(SAM), "All is well");
        jobs.drain(request);
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(mailbox.about(request)).extracting(Received::template).contains("accountActivated", "welcome");
    }

    @Test
    void whoClosesAnAccountWhoseTimeIsJustOverComesTooLate() {
        String request = pending();
        String timer = jobs.only(request, "Event_waitExpired").getId();
        List<Throwable> failures = new ArrayList<>();

        races.secondWaitsForFirst(() -> fire(timer), () -> {
            try {
                suspensions.close(request, Actor.support(SAM), "Looks odd");
            } catch (IllegalStateException e) {
                failures.add(e);
            }
        });

        assertThat(failures).singleElement().asString().contains("EXPIRED");
        assertOneOutcome(request);
    }

    @Test
    void whoApprovesADomainThatSomebodyElseHasJustRefusedIsToldInWords() {
        String request = toBeApproved();
        List<String> words = new ArrayList<>();

        races.secondWaitsForFirst(
                () -> tasklist.approve(
                        SAM, request, Map.of("domainDecision", "refuse", "refusalReason", "Nobody knows Anna.")),
                () -> words.add(
                        catchThrowable(() -> tasklist.approve(SAM, request, Map.of("domainDecision", "approve")))
                                .getMessage()));

        assertThat(words).singleElement().asString().contains(request + " has changed meanwhile");
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.IN_REVIEW);
    }

    @Test
    void anApprovalBeatsTheEndOfItsTimeThatComesSecond() {
        String request = toBeApproved();
        String timer = jobs.only(request, "Event_approvalOverdue").getId();

        races.secondWaitsForFirst(
                () -> tasklist.approve(SAM, request, Map.of("domainDecision", "approve")), () -> fire(timer));

        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.PENDING);
    }

    private String toBeApproved() {
        return tasklist.submit(
                PAULA,
                form.with("customerEmail", "anna@holding-of-" + form.domain())
                        .with("justification", "The holding decides for all its companies."));
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
    void supportThatActsOnATaskThatIsNoMoreIsToldInWords() {
        String request = pending();
        List<String> words = new ArrayList<>();

        races.secondWaitsForFirst(
                () -> tasklist.as(PAULA, () -> process.resend(Seen.anyhow(request))),
                () -> words.add(catchThrowable(() -> tasklist.activate(
                                SAM, request, Map.of("activationOutcome", "cancel", "cancelReason", "Because.")))
                        .getMessage()));

        assertThat(words).singleElement().asString().contains("Somebody else was faster");
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.PENDING);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void anEmailThatWaitsMakesNoDifference(Act first, Act second) {
        String request = pending();
        String timer = jobs.only(request, "Event_waitExpired").getId();
        tasklist.as(PAULA, () -> process.resend(Seen.anyhow(request)));
        List<String> told = new ArrayList<>();

        races.secondWaitsForFirst(() -> doIt(first, request, timer), () -> told.add(doIt(second, request, timer)));

        boolean secondCounts = first == Act.PASS_ON && second != Act.ACCEPT;
        assertThat(accounts.get(request).status()).isEqualTo(outcomeOf(secondCounts ? second : first));
        assertThat(told).singleElement().asString().matches(secondCounts ? "done" : whatIsSaidTo(second));
        assertThat(timeline.of(request))
                .extracting(TimelineEntry::event)
                .filteredOn(event -> event == TimelineEntry.Event.RESEND)
                .hasSize(1);
        jobs.drain(request);
        assertThat(ledger.of(request)).extracting(LedgerEntry::state).doesNotContain(State.WAITING, State.FAILED);
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

    /** Acts of which any two may meet. */
    private enum Act {
        ACCEPT,
        PASS_ON,
        CANCEL,
        EXPIRE
    }

    static Stream<Arguments> pairs() {
        return Stream.of(Act.values())
                .flatMap(first -> Stream.of(Act.values())
                        .filter(second -> second != first)
                        .map(second -> Arguments.of(first, second)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void whoComesSecondIsToldWhatIsSo(Act first, Act second) {
        String request = pending();
        String timer = jobs.only(request, "Event_waitExpired").getId();
        List<String> told = new ArrayList<>();

        races.secondWaitsForFirst(() -> doIt(first, request, timer), () -> told.add(doIt(second, request, timer)));

        // Another approver is no end: the request can still be canceled, or expire.
        boolean secondCounts = first == Act.PASS_ON && second != Act.ACCEPT;
        assertThat(accounts.get(request).status()).isEqualTo(outcomeOf(secondCounts ? second : first));
        assertThat(told).singleElement().asString().matches(secondCounts ? "done" : whatIsSaidTo(second));
        assertOneOutcome(request);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void ofTwoAtTheSameMomentWhicheverWins(Act one, Act other) {
        String request = pending();
        String timer = jobs.only(request, "Event_waitExpired").getId();

        List<String> told = races.together(() -> doIt(one, request, timer), () -> doIt(other, request, timer));

        assertThat(told).contains("done");
        assertOneOutcome(request);
    }

    private static AccountStatus outcomeOf(Act act) {
        return switch (act) {
            case ACCEPT -> AccountStatus.ACTIVE;
            case PASS_ON -> AccountStatus.PENDING;
            case CANCEL -> AccountStatus.CANCELED;
            case EXPIRE -> AccountStatus.EXPIRED;
        };
    }

    private static String whatIsSaidTo(Act act) {
        return switch (act) {
            case ACCEPT, PASS_ON -> "TOO_LATE";
            case CANCEL -> ".*so this is not possible\\.";
            // The engine: the timer is gone, or its transaction lost.
            case EXPIRE -> ".*";
        };
    }

    /** What comes of it, in words. */
    private String doIt(Act act, String request, String timer) {
        try {
            return switch (act) {
                case ACCEPT -> word(process.accept(new ActivationLink(request, 1)));
                case PASS_ON -> word(process.passOn(new ActivationLink(request, 1), "boss@" + form.domain()));
                case CANCEL -> {
                    tasklist.as(PAULA, () -> process.cancel(Seen.anyhow(request), "Never mind."));
                    yield "done";
                }
                case EXPIRE -> {
                    management.executeJob(timer);
                    yield "done";
                }
            };
        } catch (OptimisticLockingException e) {
            // The engine runs the job again.
            return doIt(act, request, timer);
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String word(Answer answer) {
        return answer == Answer.RECORDED ? "done" : answer.name();
    }

    private void assertOneOutcome(String request) {
        AccountStatus status = accounts.get(request).status();
        if (status == AccountStatus.PENDING) {
            assertThat(accounts.get(request).approverVersion()).isEqualTo(2);
        }
        jobs.drain(request);

        assertThat(tasklist.instance(request) == null).as("ended").isEqualTo(status != AccountStatus.PENDING);
        assertThat(timeline.of(request))
                .filteredOn(entry -> entry.event() == TimelineEntry.Event.STATUS)
                .extracting(TimelineEntry::status)
                .as("timeline")
                .startsWith(AccountStatus.IN_REVIEW, AccountStatus.PENDING)
                .hasSize(status == AccountStatus.PENDING ? 2 : 3)
                .endsWith(status);
        assertThat(mailbox.about(request))
                .extracting(Received::template)
                .filteredOn(template -> !BEFORE_THE_OUTCOME.contains(template))
                .containsExactlyInAnyOrderElementsOf(
                        switch (status) {
                            case ACTIVE -> List.of("accountActivated", "welcome", "welcome");
                            case DECLINED -> List.of("requestDeclined");
                            case EXPIRED -> List.of("requestExpired", "requestExpiredForApprover");
                            case CANCELED -> canceledEmails(request);
                            default -> List.of();
                        });
        assertThat(ledger.of(request)).extracting(LedgerEntry::state).doesNotContain(State.WAITING, State.FAILED);
        assertThat(members.of(request)).hasSize(status == AccountStatus.ACTIVE ? 3 : 0);
    }

    /** A new approver who was not asked in time is not told either. */
    private List<String> canceledEmails(String request) {
        boolean asked = !mailbox.about(request, accounts.get(request).details().customerEmail())
                .isEmpty();
        return asked ? List.of("requestCanceled", "requestCanceledForApprover") : List.of("requestCanceled");
    }
}
