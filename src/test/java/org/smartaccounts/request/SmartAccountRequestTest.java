package org.smartaccounts.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.smartaccounts.support.Tasklist.NINA;
import static org.smartaccounts.support.Tasklist.PAULA;
import static org.smartaccounts.support.Tasklist.SAM;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.DeclineReason;
import org.smartaccounts.account.Members;
import org.smartaccounts.account.Members.Member;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.account.Timeline;
import org.smartaccounts.account.TimelineEntry;
import org.smartaccounts.development.Mailbox.Received;
import org.smartaccounts.email.EmailLedger;
import org.smartaccounts.email.LedgerEntry;
import org.smartaccounts.process.Refusal;
import org.smartaccounts.request.RequestProcess.Answer;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.PathsTaken;
import org.smartaccounts.support.Races;
import org.smartaccounts.support.Releases;
import org.smartaccounts.support.RequestForm;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mail.MailException;

/** Every way a request can go, on the diagram as it is: this class takes each path of it at least once. */
class SmartAccountRequestTest extends ApplicationTest {

    private static final String INSTRUCTIONS = "Activity_sendActivationInstructions";
    private static final ActivationLink NOBODYS = new ActivationLink("SAR-000000", 1);

    @Autowired
    SmartAccounts accounts;

    @Autowired
    Timeline timeline;

    @Autowired
    Members members;

    @Autowired
    RequestProcess process;

    @Autowired
    HistoryService history;

    @Autowired
    Suspensions suspensions;

    @Autowired
    ReturnedEmails returnedEmails;

    @Autowired
    EmailLedger ledger;

    @Autowired
    Races races;

    private final RequestForm form = RequestForm.forNewCustomer();

    @AfterAll
    static void everyPathIsTaken() {
        PathsTaken.shouldBeAll();
    }

    @Test
    void theCustomerAcceptsAndTheAccountIsActive() {
        String request = tasklist.request(PAULA, form);
        assertThat(account(request).status()).isEqualTo(AccountStatus.IN_REVIEW);
        BpmnAwareTests.assertThat(tasklist.instance(request))
                .isWaitingAtExactly("Activity_reviewRequest")
                .task()
                .isAssignedTo(PAULA);
        assertThat(tasklist.shown(request, "problems")).isEmpty();

        tasklist.review(PAULA, request, Map.of("reviewDecision", "submit"));
        assertThat(account(request).status()).isEqualTo(AccountStatus.PENDING);
        assertThat(mailbox.about(request)).isEmpty();

        jobs.run(request, "Activity_sendActivationInstructions");
        BpmnAwareTests.assertThat(tasklist.instance(request)).isWaitingAt("Activity_activateSmartAccount");
        jobs.run(request, "Activity_sendRequestReceipt");
        assertThat(mailbox.only(request, "paula@alpine-reseller.example").subject())
                .startsWith("Smart Account Request Complete");

        assertThat(process.accept(new ActivationLink(request, 1))).isEqualTo(Answer.RECORDED);
        assertThat(account(request).status()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(members.of(request))
                .containsExactly(
                        new Member(form.approver(), Members.Role.ADMINISTRATOR),
                        new Member("bruno@" + form.domain(), Members.Role.USER),
                        new Member("carla@" + form.domain(), Members.Role.USER));

        jobs.run(request, "Activity_sendActivationConfirmation");
        jobs.runAll(request, "Activity_sendWelcome");
        assertThat(mailbox.about(request, "paula@alpine-reseller.example"))
                .last()
                .satisfies(email -> assertThat(email.subject()).startsWith("Smart Account active"));
        assertThat(mailbox.only(request, "bruno@" + form.domain()).text()).contains("Welcome aboard.");
        assertThat(mailbox.only(request, "carla@" + form.domain()).text()).contains("Welcome aboard.");
        assertThat(mailbox.about(request)).hasSize(5);

        assertEnded(request);
        assertThat(timeline.of(request))
                .extracting(TimelineEntry::status, TimelineEntry::actor)
                .containsExactly(
                        tuple(AccountStatus.IN_REVIEW, Actor.requester(PAULA)),
                        tuple(AccountStatus.PENDING, Actor.requester(PAULA)),
                        tuple(AccountStatus.ACTIVE, Actor.approver(form.approver())));
    }

    @Test
    void theCustomerDeclinesAndTheRequesterIsToldWhy() {
        String request = pending();

        assertThat(process.decline(new ActivationLink(request, 1), DeclineReason.NOT_A_CUSTOMER, "We do not know you."))
                .isEqualTo(Answer.RECORDED);
        assertThat(account(request).status()).isEqualTo(AccountStatus.DECLINED);

        jobs.run(request, "Activity_sendDeclineNotice");
        assertThat(mailbox.about(request, "paula@alpine-reseller.example"))
                .last()
                .satisfies(email -> assertThat(email.text())
                        .contains("The reason given: We are no customer of this partner.", "We do not know you."));
        assertThat(members.of(request)).isEmpty();
        assertEnded(request);
    }

    @Test
    void theTimePassesAndBothSidesAreTold() {
        String request = pending();
        Instant due = jobs.only(request, "Event_waitExpired").getDuedate().toInstant();
        assertThat(account(request).deadline()).isEqualTo(due);

        clock.travelTo(due.plus(Duration.ofHours(1)));
        assertThat(process.accept(new ActivationLink(request, 1))).isEqualTo(Answer.TOO_LATE);
        jobs.run(request, "Event_waitExpired");
        assertThat(account(request).status()).isEqualTo(AccountStatus.EXPIRED);

        jobs.run(request, "Activity_sendExpiryNotice");
        jobs.run(request, "Activity_sendExpiryNoticeToApprover");
        assertThat(mailbox.about(request, "paula@alpine-reseller.example"))
                .last()
                .satisfies(email -> assertThat(email.subject()).startsWith("Smart Account request expired"));
        assertThat(mailbox.about(request, form.approver()))
                .last()
                .satisfies(email -> assertThat(email.subject()).startsWith("Smart Account request expired"));
        assertEnded(request);
        assertThat(timeline.of(request)).last().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo(Actor.SYSTEM);
            assertThat(entry.at()).isAfter(due);
        });
    }

    @Test
    void untilTheCustomerDecidesTheApproverIsRemindedAndTheRequesterWarned() {
        String request = pending();
        Instant deadline = Objects.requireNonNull(account(request).deadline());

        for (int daysLeft : remindersBefore(deadline)) {
            Instant due = deadline.minus(Duration.ofDays(daysLeft));
            assertThat(jobs.only(request, "Event_reminderDue").getDuedate()).isEqualTo(Date.from(due));
            clock.travelTo(due.plusSeconds(5));
            jobs.run(request, "Event_reminderDue");
            // Once, a week before the end or later.
            jobs.at(request, "Activity_warnRequester").forEach(warning -> {
                assertThat(daysLeft).isLessThanOrEqualTo(7);
                jobs.run(request, "Activity_warnRequester");
            });
            jobs.run(request, "Activity_remindApprover");
            assertThat(reminders(request))
                    .last()
                    .satisfies(email -> assertThat(email.text())
                            .contains(daysLeft == 1 ? "1 day is left" : daysLeft + " days are left")
                            .contains("/activation/" + request));
        }

        assertThat(jobs.at(request, "Event_reminderDue")).isEmpty();
        assertThat(mailbox.about(request, "paula@alpine-reseller.example"))
                .extracting(Received::template)
                .containsExactly("requestReceipt", "expiryWarning");
        assertThat(process.accept(new ActivationLink(request, 1))).isEqualTo(Answer.RECORDED);
    }

    /** How many days before the end the diagram reminds, as far as there is time for it. */
    private List<Integer> remindersBefore(Instant deadline) {
        Matcher days = Pattern.compile("name=\"daysLeft\" value=\"([^\"]+)\"").matcher(Releases.present());
        assertThat(days.find()).isTrue();
        return Arrays.stream(days.group(1).split(",", -1))
                .map(String::strip)
                .map(Integer::valueOf)
                .filter(daysLeft -> clock.instant().isBefore(deadline.minus(Duration.ofDays(daysLeft))))
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    @Test
    void remindersThatWouldLieInThePastAreLeftOut() {
        String request = pending();
        Instant deadline = Objects.requireNonNull(account(request).deadline());

        // Nothing ran until the day before the third.
        int third = remindersBefore(deadline).get(2);
        clock.travelTo(deadline.minus(Duration.ofDays(third + 1)));
        jobs.run(request, "Event_reminderDue");
        jobs.run(request, "Activity_remindApprover");

        assertThat(reminders(request)).singleElement().satisfies(reminder -> {
            assertThat(reminder.text()).contains("%d days are left".formatted(third + 1));
            assertThat(reminder.message().getSentDate()).isCloseTo(Date.from(clock.instant()), 60_000);
        });
        assertThat(jobs.only(request, "Event_reminderDue").getDuedate())
                .isEqualTo(Date.from(deadline.minus(Duration.ofDays(third))));
    }

    @Test
    void whoWasNotWarnedInTimeIsWarnedLaterAndOnce() {
        String request = pending();
        Instant deadline = Objects.requireNonNull(account(request).deadline());

        // Nothing ran until five days before the end.
        clock.travelTo(deadline.minus(Duration.ofDays(5)));
        jobs.run(request, "Event_reminderDue");
        jobs.run(request, "Activity_warnRequester");
        clock.travelTo(deadline.minus(Duration.ofHours(20)));
        jobs.run(request, "Event_reminderDue");
        jobs.drain(request);

        assertThat(mailbox.about(request, "paula@alpine-reseller.example"))
                .filteredOn(email -> email.template().equals("expiryWarning"))
                .singleElement()
                .satisfies(email -> assertThat(email.text()).contains("5 days are left"));
        assertThat(reminders(request)).hasSize(2);
    }

    @Test
    void whoHasDecidedIsNotReminded() {
        String request = pending();
        assertThat(jobs.at(request, "Event_reminderDue")).hasSize(1);

        process.accept(new ActivationLink(request, 1));

        assertThat(jobs.at(request, "Event_reminderDue")).isEmpty();
        jobs.drain(request);
        assertEnded(request);
        assertThat(reminders(request)).isEmpty();
    }

    @Test
    void whileTheAccountIsUnderReviewNobodyIsRemindedAndTheTimeGoesOn() {
        String request = pending();
        Instant deadline = Objects.requireNonNull(account(request).deadline());
        suspensions.suspend(request, Actor.support(SAM), "Looks odd");

        int first = remindersBefore(deadline).get(0);
        int second = remindersBefore(deadline).get(1);
        clock.travelTo(deadline.minus(Duration.ofDays(first)).plusSeconds(5));
        jobs.run(request, "Event_reminderDue");

        assertThat(jobs.at(request, "Activity_remindApprover")).isEmpty();
        assertThat(jobs.only(request, "Event_reminderDue").getDuedate())
                .isEqualTo(Date.from(deadline.minus(Duration.ofDays(second))));
        clock.travelTo(deadline.plusSeconds(5));
        jobs.run(request, "Event_waitExpired");
        assertThat(account(request).status()).isEqualTo(AccountStatus.EXPIRED);
        jobs.drain(request);
        assertThat(reminders(request)).isEmpty();
        assertThat(mailbox.about(request, form.approver()))
                .last()
                .satisfies(email -> assertThat(email.subject()).startsWith("Smart Account request expired"));
        assertEnded(request);
    }

    @Test
    void whoseAccountIsClosedWaitsForNobodyAnyMore() {
        String request = pending();

        suspensions.close(request, Actor.support(SAM), "Nobody knows this partner");

        assertThat(account(request).status()).isEqualTo(AccountStatus.CLOSED);
        assertEnded(request);
        assertThat(process.accept(new ActivationLink(request, 1))).isEqualTo(Answer.TOO_LATE);
    }

    private List<Received> reminders(String request) {
        return mailbox.about(request).stream()
                .filter(email -> email.template().equals("reminder"))
                .toList();
    }

    @Test
    void theRequesterWithdraws() {
        String request = tasklist.request(PAULA, form);

        tasklist.review(PAULA, request, Map.of("reviewDecision", "withdraw"));

        assertThat(account(request).status()).isEqualTo(AccountStatus.WITHDRAWN);
        assertThat(timeline.of(request)).last().extracting(TimelineEntry::actor).isEqualTo(Actor.requester(PAULA));
        assertEnded(request);
    }

    @Test
    void aRequestThatIsLeftAloneInReviewIsWithdrawnAndItsRequesterTold() {
        String request = tasklist.request(PAULA, form);

        jobs.run(request, "Event_reviewAbandoned");

        assertThat(account(request).status()).isEqualTo(AccountStatus.WITHDRAWN);
        assertThat(timeline.of(request)).last().extracting(TimelineEntry::actor).isEqualTo(Actor.SYSTEM);
        jobs.run(request, "Activity_sendWithdrawalNotice");
        assertThat(mailbox.only(request, "paula@alpine-reseller.example").text())
                .contains("Your request was withdrawn", "send a new request");
        assertEnded(request);
    }

    @Test
    void aProblemIsShownRefusedAndMended() {
        String request = tasklist.request(PAULA, form.with("accountDomain", "not a domain"));
        assertThat(tasklist.shown(request, "problems"))
                .isEqualTo("Account domain: “not a domain” is not a valid domain name. Write it like example.com.");

        assertThatThrownBy(() -> tasklist.review(PAULA, request, Map.of("reviewDecision", "submit")))
                .hasMessage("Account domain: “not a domain” is not a valid domain name. Write it like example.com.");

        tasklist.review(PAULA, request, Map.of("reviewDecision", "change", "accountDomain", "still wrong"));
        assertThat(tasklist.shown(request, "problems")).contains("still wrong");
        assertThat(tasklist.shown(request, "accountName")).isEqualTo("Customer at " + form.domain());

        tasklist.review(PAULA, request, Map.of("reviewDecision", "change", "accountDomain", form.domain()));
        assertThat(tasklist.shown(request, "problems")).isEmpty();
        tasklist.review(PAULA, request, Map.of("reviewDecision", "submit"));
        assertThat(account(request).status()).isEqualTo(AccountStatus.PENDING);
    }

    @Test
    void anUnusualDomainIsApprovedByLicensingSupportBeforeThereIsAnAccount() {
        String request = tasklist.request(PAULA, elsewhere());
        assertThat(tasklist.shown(request, "problems")).isEmpty();
        assertThat(tasklist.shown(request, "remarks")).contains("Licensing support looks at the domain");

        tasklist.review(PAULA, request, Map.of("reviewDecision", "submit"));
        assertThat(account(request).status()).isEqualTo(AccountStatus.IN_DOMAIN_APPROVAL);
        BpmnAwareTests.assertThat(tasklist.instance(request))
                .isWaitingAtExactly("Activity_approveAccountDomain")
                .task()
                .hasCandidateGroup("licensing-support");

        tasklist.approve(SAM, request, Map.of("domainDecision", "approve"));
        assertThat(account(request).status()).isEqualTo(AccountStatus.PENDING);
        BpmnAwareTests.assertThat(tasklist.instance(request)).isWaitingAt("Activity_sendActivationInstructions");
        assertThat(timeline.of(request))
                .extracting(TimelineEntry::status, TimelineEntry::actor)
                .containsExactly(
                        tuple(AccountStatus.IN_REVIEW, Actor.requester(PAULA)),
                        tuple(AccountStatus.IN_DOMAIN_APPROVAL, Actor.requester(PAULA)),
                        tuple(AccountStatus.PENDING, Actor.support(SAM)));
    }

    @Test
    void aRefusedDomainComesBackWithTheReasonAndCanBeSentAgain() {
        String request = tasklist.submit(PAULA, elsewhere());

        tasklist.approve(SAM, request, Map.of("domainDecision", "refuse", "refusalReason", "Nobody there knows Anna."));

        assertThat(account(request).status()).isEqualTo(AccountStatus.IN_REVIEW);
        assertThat(timeline.of(request)).last().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo(Actor.support(SAM));
            assertThat(entry.details()).isEqualTo("Nobody there knows Anna.");
        });
        assertThat(tasklist.shown(request, "returnReason")).isEqualTo("Nobody there knows Anna.");
        jobs.run(request, "Activity_sendRequestReturned");
        assertThat(mailbox.only(request, "paula@alpine-reseller.example").text())
                .contains("Your request has come back to you", "Nobody there knows Anna.", "Review request");

        tasklist.review(PAULA, request, Map.of("reviewDecision", "change", "customerEmail", form.approver()));
        assertThat(tasklist.shown(request, "remarks")).isEmpty();
        tasklist.review(PAULA, request, Map.of("reviewDecision", "submit"));
        assertThat(account(request).status()).isEqualTo(AccountStatus.PENDING);
        assertThat(account(request).returnReason()).isEmpty();
    }

    @Test
    void aDomainThatIsTakenBeforeItIsApprovedComesBackWithTheReason() {
        String late = tasklist.submit(PAULA, elsewhere());
        tasklist.submit(NINA, form.with("customerEmail", form.approver()));

        tasklist.approve(SAM, late, Map.of("domainDecision", "approve"));

        assertThat(account(late).status()).isEqualTo(AccountStatus.IN_REVIEW);
        assertThat(timeline.of(late)).last().extracting(TimelineEntry::actor).isEqualTo(Actor.SYSTEM);
        assertThat(tasklist.shown(late, "problems")).contains(form.domain() + " cannot be requested");
        assertThat(tasklist.shown(late, "returnReason")).contains("could not be created any more");
        jobs.run(late, "Activity_sendRequestReturned");
        assertThat(mailbox.only(late, "paula@alpine-reseller.example").text())
                .contains("could not be created any more");
    }

    @Test
    void anApprovalThatWaitsForDaysIsEscalated() {
        String request = tasklist.submit(PAULA, elsewhere());

        jobs.run(request, "Event_approvalDue");
        jobs.run(request, "Activity_escalateApproval");

        assertThat(mailbox.only(request, "licensing-support@smartaccounts.example")
                        .text())
                .contains(
                        "A domain waits for approval",
                        "Paula Romano of Alpine Reseller",
                        "The holding decides for all its companies.");
        tasklist.approve(SAM, request, Map.of("domainDecision", "approve"));
        assertThat(account(request).status()).isEqualTo(AccountStatus.PENDING);
    }

    @Test
    void anApprovalThatNobodyGivesComesBack() {
        String request = tasklist.submit(PAULA, elsewhere());

        jobs.run(request, "Event_approvalOverdue");

        assertThat(account(request).status()).isEqualTo(AccountStatus.IN_REVIEW);
        assertThat(tasklist.shown(request, "returnReason")).contains("has not decided on " + form.domain());
        jobs.run(request, "Activity_sendRequestReturned");
        tasklist.review(PAULA, request, Map.of("reviewDecision", "submit"));
        assertThat(account(request).status()).isEqualTo(AccountStatus.IN_DOMAIN_APPROVAL);
    }

    @Test
    void whoAsksForADomainThatIsTakenSeesItInTheReview() {
        pending();
        String second = tasklist.request(NINA, form);

        assertThat(tasklist.shown(second, "problems")).contains(form.domain() + " cannot be requested");
        assertThatThrownBy(() -> tasklist.review(NINA, second, Map.of("reviewDecision", "submit")))
                .hasMessageContaining("cannot be requested");
        assertThat(account(second).status()).isEqualTo(AccountStatus.IN_REVIEW);
    }

    @Test
    void ofTwoWhoSubmitForOneDomainAtOnceTheLoserIsBackInTheReviewWithTheReason() {
        String first = tasklist.request(PAULA, form);
        String second = tasklist.request(NINA, form);
        assertThat(tasklist.shown(second, "problems")).isEmpty();

        races.secondWaitsForFirst(
                () -> tasklist.review(PAULA, first, Map.of("reviewDecision", "submit")),
                () -> tasklist.review(NINA, second, Map.of("reviewDecision", "submit")));

        assertThat(account(first).status()).isEqualTo(AccountStatus.PENDING);
        assertThat(account(second).status()).isEqualTo(AccountStatus.IN_REVIEW);
        BpmnAwareTests.assertThat(tasklist.instance(second)).isWaitingAtExactly("Activity_reviewRequest");
        assertThat(tasklist.shown(second, "problems")).contains(form.domain() + " cannot be requested");
    }

    @Test
    void anEndedRequestFreesItsDomainAtOnce() {
        String first = pending();
        process.decline(new ActivationLink(first, 1), DeclineReason.NOT_WANTED, "");

        String second = tasklist.submit(NINA, form);

        assertThat(account(second).status()).isEqualTo(AccountStatus.PENDING);
    }

    @Test
    void supportRecordsTheCustomersWord() {
        String request = pending();
        String today = clock.instant().truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10);

        tasklist.activate(
                SAM,
                request,
                Map.of(
                        "activationOutcome", "accept",
                        "customerWordFrom", "Anna Weber, IT director",
                        "customerWordBy", "telephone",
                        "customerWordOn", today));

        assertThat(account(request).status()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(timeline.of(request)).last().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo(Actor.support(SAM));
            assertThat(entry.details()).isEqualTo("Anna Weber, IT director (telephone, %s)".formatted(today));
        });
    }

    @Test
    void aDecisionBeforeTheWaitIsTooEarlyAndCountsMomentsLater() {
        String request = tasklist.submit(PAULA, form);

        assertThat(process.accept(new ActivationLink(request, 1))).isEqualTo(Answer.TOO_EARLY);
        jobs.run(request, "Activity_sendActivationInstructions");
        assertThat(process.accept(new ActivationLink(request, 1))).isEqualTo(Answer.RECORDED);
    }

    @Test
    void aDecisionCountsOnceAndOnlyForThePresentApprover() {
        String request = pending();

        assertThat(process.accept(new ActivationLink(request, 2))).isEqualTo(Answer.TOO_LATE);
        assertThat(process.decline(new ActivationLink(request, 1), DeclineReason.OTHER, ""))
                .isEqualTo(Answer.RECORDED);
        assertThat(process.accept(new ActivationLink(request, 1))).isEqualTo(Answer.TOO_LATE);
        assertThat(account(request).status()).isEqualTo(AccountStatus.DECLINED);
        assertThatThrownBy(() -> process.accept(NOBODYS)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theRequesterHasTheInstructionsSentAgainOnceAnHourAndTenTimes() {
        String request = pending();

        tasklist.as(PAULA, () -> process.resend(Seen.anyhow(request)));
        jobs.run(request, INSTRUCTIONS);

        assertThat(mailbox.about(request, form.approver()))
                .extracting(Received::template)
                .containsExactly("activationInstructions", "activationInstructions");
        Received again = mailbox.about(request, form.approver()).get(1);
        assertThat(again.text()).contains("Paula Romano asked us to send them again");
        assertThat(again.link())
                .isEqualTo(mailbox.about(request, form.approver()).get(0).link());
        assertThat(timeline.of(request)).last().satisfies(entry -> {
            assertThat(entry.event()).isEqualTo(TimelineEntry.Event.RESEND);
            assertThat(entry.actor()).isEqualTo(Actor.requester(PAULA));
        });
        assertThatThrownBy(() -> tasklist.as(SAM, () -> process.resend(Seen.anyhow(request))))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("less than an hour ago");

        for (int count = 2; count <= SmartAccount.MAX_RESENDS; count++) {
            clock.travel(Duration.ofMinutes(61));
            tasklist.as(SAM, () -> process.resend(Seen.anyhow(request)));
        }
        clock.travel(Duration.ofMinutes(61));
        assertThatThrownBy(() -> tasklist.as(PAULA, () -> process.resend(Seen.anyhow(request))))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("sent again 10 times");
        jobs.drain(request);
        assertThat(mailbox.about(request, form.approver())).hasSize(11);
        assertThat(process.accept(new ActivationLink(request, 1))).isEqualTo(Answer.RECORDED);
    }

    @Test
    void theApproverPassesTheDecisionOn() {
        String request = pending();
        Instant deadline = account(request).deadline();
        String boss = "boss@" + form.domain();

        assertThat(process.passOn(new ActivationLink(request, 1), boss)).isEqualTo(Answer.RECORDED);
        jobs.run(request, INSTRUCTIONS);
        jobs.run(request, "Activity_sendApproverChanged");

        assertThat(account(request).deadline()).isEqualTo(deadline);
        assertThat(mailbox.only(request, boss).text())
                .contains(form.approver() + " was named before and has passed the decision on to you");
        assertThat(mailbox.about(request, "paula@alpine-reseller.example"))
                .last()
                .satisfies(email -> assertThat(email.text())
                        .contains(boss + " has been named", form.approver() + " was asked before"));
        assertThat(timeline.of(request)).last().satisfies(entry -> {
            assertThat(entry.event()).isEqualTo(TimelineEntry.Event.APPROVER);
            assertThat(entry.actor()).isEqualTo(Actor.approver(form.approver()));
            assertThat(entry.details()).isEqualTo(form.approver() + " → " + boss);
        });
        assertThat(process.accept(new ActivationLink(request, 1))).isEqualTo(Answer.TOO_LATE);
        assertThat(process.accept(new ActivationLink(request, 2))).isEqualTo(Answer.RECORDED);
        assertThat(members.of(request)).contains(new Member(boss, Members.Role.ADMINISTRATOR));
    }

    @Test
    void supportDoesInTasklistWhatTheRequesterAsksFor() {
        String request = pending();
        String right = "right@" + form.domain();

        tasklist.activate(SAM, request, Map.of("activationOutcome", "resend"));
        tasklist.activate(SAM, request, Map.of("activationOutcome", "changeApprover", "newApprover", right));
        jobs.drain(request);
        assertThat(mailbox.only(request, right).text()).doesNotContain("passed the decision on", "once more");
        tasklist.activate(SAM, request, Map.of("activationOutcome", "cancel", "cancelReason", "Ordered twice."));
        jobs.run(request, "Activity_sendCancellationNotice");
        jobs.run(request, "Activity_sendCancellationNoticeToApprover");

        assertThat(account(request).status()).isEqualTo(AccountStatus.CANCELED);
        assertThat(mailbox.about(request, right))
                .last()
                .satisfies(email -> assertThat(email.text()).contains("was canceled on", "Ordered twice."));
        assertThat(mailbox.about(request, "paula@alpine-reseller.example"))
                .last()
                .satisfies(
                        email -> assertThat(email.text()).contains("Licensing support canceled it", "Ordered twice."));
        assertThat(timeline.of(request))
                .extracting(TimelineEntry::event, TimelineEntry::actor)
                .endsWith(
                        tuple(TimelineEntry.Event.RESEND, Actor.support(SAM)),
                        tuple(TimelineEntry.Event.APPROVER, Actor.support(SAM)),
                        tuple(TimelineEntry.Event.STATUS, Actor.support(SAM)));
        assertEnded(request);
    }

    @Test
    void theRequesterCancelsWhileTheCustomerThinks() {
        String request = pending();

        tasklist.as(PAULA, () -> process.cancel(Seen.anyhow(request), "The customer has thought better of it."));

        assertThat(account(request).status()).isEqualTo(AccountStatus.CANCELED);
        assertThat(accounts.findLive(form.domain())).isEmpty();
        jobs.drain(request);
        assertThat(mailbox.about(request, form.approver()))
                .extracting(Received::template)
                .containsExactly("activationInstructions", "requestCanceledForApprover");
        assertThat(process.accept(new ActivationLink(request, 1))).isEqualTo(Answer.TOO_LATE);
        assertEnded(request);
    }

    @Test
    void whoWasNeverAskedIsNotToldOfTheCancellation() {
        String request = tasklist.submit(PAULA, form);

        tasklist.as(PAULA, () -> process.cancel(Seen.anyhow(request), "A mistake."));

        assertThat(jobs.at(request, INSTRUCTIONS)).isEmpty();
        jobs.drain(request);
        assertThat(mailbox.about(request))
                .extracting(Received::template)
                .containsExactlyInAnyOrder("requestReceipt", "requestCanceled");
        assertEnded(request);
    }

    @Test
    void theMailServerRefusesTheApproverAndTheRequesterCorrectsTheAddress() {
        String request = refused();
        BpmnAwareTests.assertThat(tasklist.instance(request))
                .isWaitingAt(ProcessElements.CORRECT_CUSTOMER_EMAIL)
                .task(ProcessElements.CORRECT_CUSTOMER_EMAIL)
                .isAssignedTo(PAULA);
        assertThat(account(request).deadline()).as("time to decide").isNull();
        assertThat(mailbox.about(request, "paula@alpine-reseller.example"))
                .last()
                .satisfies(email -> assertThat(email.text())
                        .contains("refuses messages to " + form.approver(), "550 5.1.1 No such user", "waits for you"));

        jobs.run(request, "Event_correctionReminderDue");
        jobs.run(request, "Activity_sendCorrectionReminder");
        assertThat(mailbox.about(request, "paula@alpine-reseller.example"))
                .last()
                .satisfies(email -> assertThat(email.template()).isEqualTo("correctionReminder"));

        String right = "right@" + form.domain();
        tasklist.correct(PAULA, request, Map.of("correction", "correct", "newApprover", right));
        jobs.run(request, INSTRUCTIONS);
        assertThat(account(request).deadline()).isNotNull();
        jobs.drain(request);
        assertThat(mailbox.only(request, right).template()).isEqualTo("activationInstructions");
        assertThat(process.accept(new ActivationLink(request, 2))).isEqualTo(Answer.RECORDED);
    }

    @Test
    void anAddressThatIsRefusedMayBeTriedOnceMore() {
        String request = refused();
        relay.allow(form.approver());

        tasklist.correct(PAULA, request, Map.of("correction", "correct", "newApprover", form.approver()));
        jobs.drain(request);

        assertThat(mailbox.only(request, form.approver()).template()).isEqualTo("activationInstructions");
        assertThat(account(request).deadline()).isNotNull();
    }

    @Test
    void theRequesterCancelsInsteadOfCorrecting() {
        String request = refused();

        tasklist.correct(PAULA, request, Map.of("correction", "cancel", "cancelReason", "Nobody is there any more."));
        jobs.drain(request);

        assertThat(account(request).status()).isEqualTo(AccountStatus.CANCELED);
        assertThat(account(request).cancelReason()).isEqualTo("Nobody is there any more.");
        assertThat(mailbox.about(request, form.approver())).isEmpty();
        assertEnded(request);
    }

    @Test
    void theRequesterCancelsWhileACorrectionIsAwaited() {
        String request = refused();

        tasklist.as(PAULA, () -> process.cancel(Seen.anyhow(request), "Never mind."));

        assertThat(account(request).status()).isEqualTo(AccountStatus.CANCELED);
        jobs.drain(request);
        assertThat(mailbox.about(request, form.approver())).isEmpty();
        assertEnded(request);
    }

    @Test
    void theRequesterCancelsWhileTheMailServerIsDown() {
        String request = tasklist.submit(PAULA, form);
        jobs.run(request, "Activity_sendRequestReceipt");
        relay.goDown();
        try {
            for (int tries = 1; tries <= 5; tries++) {
                assertThatThrownBy(() -> jobs.run(request, INSTRUCTIONS)).isInstanceOf(MailException.class);
            }
            tasklist.as(PAULA, () -> process.cancel(Seen.anyhow(request), "We wrote to them ourselves."));
        } finally {
            relay.comeBack();
        }

        assertThat(account(request).status()).isEqualTo(AccountStatus.CANCELED);
        jobs.drain(request);
        assertThat(mailbox.about(request, form.approver())).isEmpty();
        assertEnded(request);
    }

    @Test
    void whatIsNeverCorrectedIsCanceled() {
        String request = refused();

        jobs.run(request, "Event_correctionOverdue");
        jobs.drain(request);

        assertThat(account(request).status()).isEqualTo(AccountStatus.CANCELED);
        assertThat(timeline.of(request)).last().extracting(TimelineEntry::actor).isEqualTo(Actor.SYSTEM);
        assertThat(mailbox.about(request, "paula@alpine-reseller.example"))
                .last()
                .satisfies(email -> assertThat(email.text()).contains("refused and not corrected in time"));
        assertEnded(request);
    }

    @Test
    void anApproverWhoCannotBeRemindedIsCorrectedByAnybodyAndOnlyOnce() {
        String request = pending();
        Instant deadline = Objects.requireNonNull(account(request).deadline());
        relay.refuse(form.approver(), "550 5.1.1 No such user");
        clock.travelTo(deadline.minus(Duration.ofDays(60)));
        jobs.run(request, "Event_reminderDue");
        jobs.run(request, "Activity_remindApprover");
        jobs.run(request, "Activity_sendAddressRefused");
        assertThat(mailbox.about(request, "paula@alpine-reseller.example"))
                .last()
                .satisfies(email -> assertThat(email.text()).contains("time to decide goes on"));
        tasklist.task(request, ProcessElements.CORRECT_CUSTOMER_EMAIL);

        clock.travelTo(deadline.minus(Duration.ofDays(30)));
        jobs.run(request, "Event_reminderDue");
        jobs.run(request, "Activity_remindApprover");
        assertThat(jobs.at(request, "Activity_sendAddressRefused"))
                .as("told once")
                .isEmpty();

        String right = "right@" + form.domain();
        tasklist.activate(SAM, request, Map.of("activationOutcome", "changeApprover", "newApprover", right));
        assertThat(jobs.at(request, "Event_correctionOverdue")).as("corrected").isEmpty();
        BpmnAwareTests.assertThat(tasklist.instance(request))
                .isNotWaitingAt(ProcessElements.CORRECT_CUSTOMER_EMAIL)
                .isWaitingAt(ProcessElements.ACTIVATE_SMART_ACCOUNT);
        jobs.drain(request);
        assertThat(mailbox.only(request, right).template()).isEqualTo("activationInstructions");
        assertThat(account(request).deadline()).isEqualTo(deadline);
    }

    @Test
    void anApproverFromWhomAnEmailComesBackLaterIsCorrectedAndTheTimeGoesOn() {
        String request = pending();
        Instant deadline = Objects.requireNonNull(account(request).deadline());
        LedgerEntry instructions = ledger.of(request).stream()
                .filter(email -> email.key().template().equals("activationInstructions"))
                .findFirst()
                .orElseThrow();

        assertThat(returnedEmails.cameBack(instructions.messageId(), form.approver(), true, "550 5.1.1 No such user"))
                .isEqualTo(ReturnedEmails.Outcome.RECORDED);

        jobs.run(request, "Activity_sendAddressRefused");
        BpmnAwareTests.assertThat(tasklist.instance(request))
                .isWaitingAt(ProcessElements.CORRECT_CUSTOMER_EMAIL, ProcessElements.ACTIVATE_SMART_ACCOUNT);
        String right = "right@" + form.domain();
        tasklist.correct(PAULA, request, Map.of("correction", "correct", "newApprover", right));
        jobs.drain(request);
        assertThat(mailbox.only(request, right).template()).isEqualTo("activationInstructions");
        assertThat(account(request).deadline()).isEqualTo(deadline);
    }

    @Test
    void whoWasAskedKeepsHisTimeEvenIfALaterMessageIsRefused() {
        String request = pending();
        relay.refuse(form.approver(), "552 5.2.2 Mailbox full");
        tasklist.as(PAULA, () -> process.resend(Seen.anyhow(request)));
        jobs.drain(request);

        jobs.run(request, "Event_correctionOverdue");

        assertThat(account(request).status()).isEqualTo(AccountStatus.PENDING);
        assertThat(process.accept(new ActivationLink(request, 1))).isEqualTo(Answer.RECORDED);
    }

    @Test
    void aRefusedUserIsAMemberAllTheSameAndTheRequesterIsTold() {
        String request = pending();
        relay.refuse("bruno@" + form.domain(), "550 5.1.1 No such user");

        process.accept(new ActivationLink(request, 1));
        jobs.runAll(request, "Activity_sendWelcome");
        jobs.run(request, "Activity_sendUsersRefused");
        jobs.drain(request);

        assertThat(mailbox.only(request, "carla@" + form.domain()).template()).isEqualTo("welcome");
        assertThat(mailbox.about(request, "paula@alpine-reseller.example"))
                .filteredOn(email -> email.template().equals("usersRefused"))
                .singleElement()
                .satisfies(email -> assertThat(email.text())
                        .contains("- bruno@" + form.domain())
                        .doesNotContain("- carla@"));
        assertThat(members.of(request)).hasSize(3);
        assertEnded(request);
    }

    /** Asks and submits, and the mail server does not know the approver. */
    private String refused() {
        relay.refuse(form.approver(), "550 5.1.1 No such user");
        String request = tasklist.submit(PAULA, form);
        jobs.run(request, "Activity_sendRequestReceipt");
        jobs.run(request, INSTRUCTIONS);
        jobs.run(request, "Activity_sendAddressRefused");
        return request;
    }

    /** The approver has an address elsewhere, and the requester says why. */
    private RequestForm elsewhere() {
        return form.with("customerEmail", "anna@holding-of-" + form.domain())
                .with("justification", "The holding decides for all its companies.");
    }

    /** Asks, submits and lets the instructions be sent: the customer has to decide. */
    private String pending() {
        String request = tasklist.submit(PAULA, form);
        jobs.run(request, "Activity_sendRequestReceipt");
        jobs.run(request, "Activity_sendActivationInstructions");
        return request;
    }

    private SmartAccount account(String requestNumber) {
        return accounts.get(requestNumber);
    }

    private void assertEnded(String requestNumber) {
        assertThat(tasklist.instance(requestNumber)).isNull();
        assertThat(Objects.requireNonNull(history.createHistoricProcessInstanceQuery()
                                .processInstanceBusinessKey(requestNumber)
                                .singleResult())
                        .getEndTime())
                .isNotNull();
    }
}
