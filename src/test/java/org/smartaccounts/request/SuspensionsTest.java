package org.smartaccounts.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.smartaccounts.support.Tasklist.PAULA;
import static org.smartaccounts.support.Tasklist.SAM;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.account.Timeline;
import org.smartaccounts.account.TimelineEntry;
import org.smartaccounts.process.Refusal;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.Releases;
import org.smartaccounts.support.RequestForm;
import org.springframework.beans.factory.annotation.Autowired;

/** Licensing support stops an account while it looks at it: nothing can be done to it, and nothing of it is lost. */
class SuspensionsTest extends ApplicationTest {

    private static final Actor SUPPORT = Actor.support(SAM);

    @Autowired
    Suspensions suspensions;

    @Autowired
    SmartAccounts accounts;

    @Autowired
    Timeline timeline;

    @Autowired
    RequestProcess process;

    @Autowired
    PossibleActs acts;

    @Autowired
    Releases releases;

    private final RequestForm form = RequestForm.forNewCustomer();

    @Test
    void aSuspendedRequestRefusesEveryActInWords() {
        String request = pending();
        suspensions.suspend(request, SUPPORT, "Looks odd");
        Seen seen = new Seen(request, account(request).version());
        String words =
                "Licensing support looks at request %s for security reasons. Until it has decided, nothing can be done with it."
                        .formatted(request);

        assertThatThrownBy(() -> tasklist.as(PAULA, () -> process.resend(seen)))
                .isInstanceOf(Refusal.class)
                .hasMessage(words);
        assertThatThrownBy(() -> tasklist.as(PAULA, () -> process.changeApprover(seen, "anna2@" + form.domain())))
                .isInstanceOf(Refusal.class)
                .hasMessage(words);
        assertThatThrownBy(() -> tasklist.as(PAULA, () -> process.cancel(seen, "Not needed")))
                .isInstanceOf(Refusal.class)
                .hasMessage(words);
        assertThatThrownBy(() -> tasklist.activate(
                        SAM,
                        request,
                        Map.of(
                                "activationOutcome", "accept",
                                "customerWordFrom", "Anna",
                                "customerWordBy", "telephone",
                                "customerWordOn", "2026-01-01")))
                .hasMessageContaining(words);
        Choices choices = tasklist.as(PAULA, () -> acts.of(account(request)));
        assertThat(Stream.of(RequestAct.values())
                        .filter(act -> act != RequestAct.REQUEST_AGAIN)
                        .filter(choices::isPossible))
                .isEmpty();
    }

    @Test
    void whatIsReinstatedIsWhatItWasAndHasTheTimeItHad() {
        String request = pending();
        SmartAccount before = account(request);

        suspensions.suspend(request, SUPPORT, "Looks odd");
        clock.travel(Duration.ofDays(3));
        suspensions.reinstate(request, SUPPORT, "All is well");

        SmartAccount after = account(request);
        assertThat(after.status()).isEqualTo(AccountStatus.PENDING);
        assertThat(after.deadline()).isEqualTo(before.deadline());
        assertThat(after.suspensions()).isOne();
        assertThat(timeline.of(request).stream().skip(2))
                .extracting(TimelineEntry::event, TimelineEntry::status, TimelineEntry::actor, TimelineEntry::details)
                .containsExactly(
                        tuple(TimelineEntry.Event.STATUS, AccountStatus.SUSPENDED, SUPPORT, "Looks odd"),
                        tuple(TimelineEntry.Event.REINSTATED, AccountStatus.PENDING, SUPPORT, "All is well"));
        tasklist.as(PAULA, () -> process.resend(new Seen(request, after.version())));
        assertThat(account(request).resends()).isOne();
    }

    @Test
    void instructionsThatWereOnTheirWayAreNotSentAndTheWaitBeginsAllTheSame() {
        String request = tasklist.submit(PAULA, form);
        suspensions.suspend(request, SUPPORT, "Looks odd");

        jobs.run(request, "Activity_sendActivationInstructions");

        assertThat(mailbox.about(request, form.approver())).isEmpty();
        assertThat(account(request).deadline()).isNotNull();
        suspensions.reinstate(request, SUPPORT, "All is well");
        assertThat(account(request).isAwaitingDecisionAt(clock.instant())).isTrue();
    }

    @Test
    void aSuspendedAccountKeepsItsDomainAndAClosedOneFreesIt() {
        String request = pending();
        suspensions.suspend(request, SUPPORT, "Looks odd");
        String another = tasklist.request("nina", form);
        assertThat(tasklist.shown(another, "problems")).contains(form.domain());

        suspensions.close(request, SUPPORT, "A fraud");
        tasklist.review("nina", another, Map.of("reviewDecision", "change"));

        assertThat(tasklist.shown(another, "problems")).isEmpty();
    }

    @Test
    void anActiveAccountIsSuspendedClosedAndNeverActiveAgain() {
        String request = pending();
        process.accept(new ActivationLink(request, 1));

        suspensions.suspend(request, SUPPORT, "Looks odd");
        suspensions.close(request, SUPPORT, "A fraud");

        assertThat(account(request).statusBefore()).isEqualTo(AccountStatus.ACTIVE);
        assertThatThrownBy(() -> suspensions.reinstate(request, SUPPORT, "Sorry"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> suspensions.suspend(request, SUPPORT, "Again"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatWasNeverSentCannotBeSuspended() {
        String request = tasklist.request(PAULA, form);

        assertThatThrownBy(() -> suspensions.suspend(request, SUPPORT, "Looks odd"))
                .isInstanceOf(IllegalStateException.class);
        assertThat(account(request).status()).isEqualTo(AccountStatus.IN_REVIEW);
    }

    static Stream<String> olderVersions() {
        return Releases.olderTags().stream();
    }

    @ParameterizedTest
    @MethodSource("olderVersions")
    void aRequestOnAnOlderDiagramEndsWhenItsAccountIsClosed(String tag) {
        String request = tasklist.request(
                PAULA, form, releases.deploy(Releases.released(tag)).getId());
        try {
            tasklist.review(PAULA, request, Map.of("reviewDecision", "submit"));
            jobs.run(request, "Activity_sendActivationInstructions");

            suspensions.close(request, SUPPORT, "A fraud");

            assertThat(account(request).status()).isEqualTo(AccountStatus.CLOSED);
            // Where the diagram knows of closing, it tells everybody first.
            jobs.drain(request);
            assertThat(tasklist.instance(request)).isNull();
        } finally {
            releases.takeAway();
        }
    }

    private String pending() {
        String request = tasklist.submit(PAULA, form);
        jobs.run(request, "Activity_sendActivationInstructions");
        return request;
    }

    private SmartAccount account(String request) {
        return accounts.get(request);
    }
}
