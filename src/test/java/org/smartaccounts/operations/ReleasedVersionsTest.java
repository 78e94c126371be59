package org.smartaccounts.operations;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.account.AccountStatus.ACTIVE;
import static org.smartaccounts.account.AccountStatus.CANCELED;
import static org.smartaccounts.account.AccountStatus.DECLINED;
import static org.smartaccounts.account.AccountStatus.EXPIRED;
import static org.smartaccounts.account.AccountStatus.IN_DOMAIN_APPROVAL;
import static org.smartaccounts.account.AccountStatus.IN_REVIEW;
import static org.smartaccounts.account.AccountStatus.PENDING;
import static org.smartaccounts.account.AccountStatus.WITHDRAWN;
import static org.smartaccounts.support.Tasklist.PAULA;
import static org.smartaccounts.support.Tasklist.SAM;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.LinkEventDefinition;
import org.camunda.bpm.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.DeclineReason;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.email.EmailLedger;
import org.smartaccounts.email.LedgerEntry;
import org.smartaccounts.operations.MoveResult.Outcome;
import org.smartaccounts.request.ActivationLink;
import org.smartaccounts.request.RequestProcess;
import org.smartaccounts.request.Seen;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.Releases;
import org.smartaccounts.support.RequestForm;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A request of every released version, at everything that it can wait at there, is moved to the present version and goes on to every end
 * that it can come to. Which versions there are, the folder of the released ones says; at what requests wait, their diagrams say.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReleasedVersionsTest extends ApplicationTest {

    /** What cannot be moved, and finishes on its own version. */
    private static final Map<String, Set<String>> STAYS = Map.of(
            // Sending was outside of the wait then, and the deadline beside it.
            "1.0.0",
            Set.of(
                    "Activity_sendRequestReceipt",
                    "Activity_sendActivationInstructions",
                    "Activity_activateSmartAccount"),
            // What came after these emails comes beside them now.
            "1.2.0",
            Set.of("Activity_sendAddressRefused", "Activity_warnRequester"));

    private static final Set<AccountStatus> FROM_REVIEW = Set.of(WITHDRAWN, ACTIVE, DECLINED, CANCELED, EXPIRED);
    private static final Set<AccountStatus> FROM_PENDING = Set.of(ACTIVE, DECLINED, CANCELED, EXPIRED);

    /**
     * How to bring a request to where it waits.
     *
     * @param ends  to which it can come from there
     * @param there from the review
     */
    private record Way(Set<AccountStatus> ends, BiConsumer<String, RequestForm> there) {}

    @Autowired
    Releases releases;

    @Autowired
    VersionChanges versions;

    @Autowired
    RequestMover mover;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    @Autowired
    TaskService tasks;

    @Autowired
    SmartAccounts accounts;

    @Autowired
    EmailLedger ledger;

    @Autowired
    RequestProcess process;

    private final Map<String, Way> ways = Map.ofEntries(
            entry("Activity_reviewRequest", new Way(FROM_REVIEW, (request, form) -> {})),
            entry(
                    "Activity_sendWithdrawalNotice",
                    new Way(Set.of(WITHDRAWN), (request, form) -> jobs.run(request, "Event_reviewAbandoned"))),
            entry("Activity_approveAccountDomain", new Way(FROM_REVIEW, this::toBeApproved)),
            entry("Activity_escalateApproval", new Way(FROM_REVIEW, (request, form) -> {
                toBeApproved(request, form);
                jobs.run(request, "Event_approvalDue");
            })),
            entry("Activity_sendRequestReturned", new Way(FROM_REVIEW, (request, form) -> {
                toBeApproved(request, form);
                refuse(request);
            })),
            entry("Activity_sendRequestReceipt", new Way(FROM_PENDING, (request, form) -> submit(request))),
            entry("Activity_sendActivationInstructions", new Way(FROM_PENDING, (request, form) -> {
                submit(request);
                jobs.run(request, "Activity_sendRequestReceipt");
            })),
            entry("Activity_activateSmartAccount", new Way(FROM_PENDING, (request, form) -> pending(request))),
            entry("Event_waitExpired", new Way(FROM_PENDING, (request, form) -> pending(request))),
            entry("Event_reminderDue", new Way(FROM_PENDING, (request, form) -> pending(request))),
            entry("Activity_remindApprover", new Way(FROM_PENDING, (request, form) -> remind(request, 60))),
            entry("Activity_warnRequester", new Way(FROM_PENDING, (request, form) -> remind(request, 7))),
            entry("Activity_sendApproverChanged", new Way(FROM_PENDING, (request, form) -> {
                pending(request);
                process.passOn(new ActivationLink(request, 1), "boss@" + form.domain());
            })),
            entry("Activity_sendAddressRefused", new Way(FROM_PENDING, this::refused)),
            entry("Activity_correctCustomerEmail", new Way(FROM_PENDING, (request, form) -> {
                refused(request, form);
                jobs.drain(request);
            })),
            entry("Activity_sendCorrectionReminder", new Way(FROM_PENDING, (request, form) -> {
                refused(request, form);
                jobs.drain(request);
                jobs.run(
                        request,
                        jobs.at(request, "Event_correctionDue").isEmpty()
                                ? "Event_correctionReminderDue"
                                : "Event_correctionDue");
            })),
            entry("Activity_sendActivationConfirmation", new Way(Set.of(ACTIVE), (request, form) -> {
                pending(request);
                decide(request, ACTIVE);
            })),
            entry("Activity_sendWelcome", new Way(Set.of(ACTIVE), (request, form) -> {
                pending(request);
                decide(request, ACTIVE);
                jobs.run(request, "Activity_sendActivationConfirmation");
            })),
            entry("Activity_sendUsersRefused", new Way(Set.of(ACTIVE), (request, form) -> {
                pending(request);
                relay.refuse("bruno@" + form.domain(), "550 5.1.1 No such user");
                decide(request, ACTIVE);
                jobs.runAll(request, "Activity_sendWelcome");
            })),
            entry("Activity_sendDeclineNotice", new Way(Set.of(DECLINED), (request, form) -> {
                pending(request);
                decide(request, DECLINED);
            })),
            entry("Activity_sendCancellationNotice", new Way(Set.of(CANCELED), this::canceled)),
            entry("Activity_sendCancellationNoticeToApprover", new Way(Set.of(CANCELED), this::canceled)),
            entry("Activity_sendExpiryNotice", new Way(Set.of(EXPIRED), (request, form) -> expired(request))),
            entry(
                    "Activity_sendExpiryNoticeToApprover",
                    new Way(Set.of(EXPIRED), (request, form) -> expired(request))));

    private final Map<String, VersionChange> changes = new HashMap<>();

    @BeforeAll
    void deploy() {
        Map<String, ProcessDefinition> released = new HashMap<>();
        Releases.olderTags().forEach(tag -> released.put(tag, releases.deploy(Releases.released(tag))));
        ProcessDefinition present = releases.deploy(Releases.present());
        released.forEach((tag, version) -> changes.put(tag, versions.between(version, present)));
    }

    @AfterAll
    void takeAway() {
        releases.takeAway();
    }

    Stream<Arguments> journeys() {
        return Releases.olderTags().stream()
                .flatMap(tag ->
                        waits(tag).flatMap(place -> ends(tag, place).map(end -> Arguments.of(tag, place, end))));
    }

    private static Stream<String> waits(String tag) {
        BpmnModelInstance diagram = Bpmn.readModelFromStream(
                new ByteArrayInputStream(Releases.released(tag).getBytes(StandardCharsets.UTF_8)));
        return diagram.getModelElementsByType(FlowNode.class).stream()
                .filter(ReleasedVersionsTest::isWait)
                .map(FlowNode::getId);
    }

    private static boolean isWait(FlowNode node) {
        boolean timer = node instanceof IntermediateCatchEvent
                && node.getChildElementsByType(LinkEventDefinition.class).isEmpty();
        boolean repeated = node instanceof Activity activity
                && activity.getLoopCharacteristics() instanceof MultiInstanceLoopCharacteristics loop
                && loop.isCamundaAsyncBefore();
        return node instanceof UserTask
                || timer
                || repeated
                || node.isCamundaAsyncBefore()
                || node.isCamundaAsyncAfter();
    }

    private Stream<AccountStatus> ends(String tag, String place) {
        Way way = Objects.requireNonNull(
                ways.get(place),
                () -> "Requests wait at %s in version %s, and this test does not know how to bring one there: add a way"
                        .formatted(place, tag));
        boolean cancelable = !stays(tag, place) || Releases.released(tag).contains("Message_cancelRequest");
        return way.ends().stream().filter(end -> end != CANCELED || cancelable).sorted();
    }

    private static boolean stays(String tag, String place) {
        return STAYS.getOrDefault(tag, Set.of()).contains(place);
    }

    @ParameterizedTest(name = "{0} at {1} becomes {2}")
    @MethodSource("journeys")
    void isMovedAndGoesOn(String tag, String place, AccountStatus end) {
        VersionChange change = Objects.requireNonNull(changes.get(tag));
        RequestForm form = RequestForm.forNewCustomer();
        String request = tasklist.request(PAULA, form, change.from().getId());
        Objects.requireNonNull(ways.get(place)).there().accept(request, form);
        String instance = Objects.requireNonNull(tasklist.instance(request)).getId();
        assertThat(places(instance)).as("brought to").contains(place);

        if (stays(tag, place)) {
            assertStays(change, new WaitingRequest(instance, request));
        } else {
            assertMoves(change, new WaitingRequest(instance, request));
        }

        finish(request, form, end);
        assertThat(accounts.get(request).status()).isEqualTo(end);
        assertThat(tasklist.instance(request)).as("still under way").isNull();
        assertThat(ledger.of(request)).extracting(LedgerEntry::state).doesNotContain(LedgerEntry.State.WAITING);
    }

    private void assertMoves(VersionChange change, WaitingRequest request) {
        List<String> places = places(request.processInstance()).stream()
                .map(place -> change.diagram().ids().getOrDefault(place, place))
                .sorted()
                .toList();
        Map<String, Date> dueDates = dueDates(request);
        Instant deadline = accounts.get(request.requestNumber()).deadline();

        assertThat(mover.move(change, request)).isEqualTo(new MoveResult(Outcome.MOVED));

        assertThat(version(request)).isEqualTo(change.to().getId());
        assertThat(places(request.processInstance())).isEqualTo(places);
        assertThat(dueDates(request)).containsAllEntriesOf(dueDates);
        assertThat(accounts.get(request.requestNumber()).deadline()).isEqualTo(deadline);
        jobs.at(request.requestNumber(), "Event_waitExpired")
                .forEach(timer -> assertThat(timer.getDuedate()).isEqualTo(deadline));
        tasks.createTaskQuery()
                .processInstanceId(request.processInstance())
                .taskDefinitionKey("Activity_activateSmartAccount")
                .list()
                .forEach(task -> assertThat(task.getDueDate()).isEqualTo(deadline));
    }

    private void assertStays(VersionChange change, WaitingRequest request) {
        List<String> places = places(request.processInstance());

        MoveResult result = mover.move(change, request);

        assertThat(result.outcome()).isIn(Outcome.NO_PLACE, Outcome.TIMER_LOST, Outcome.WAY_LOST);
        assertThat(result.detail()).isNotEmpty();
        assertThat(version(request)).isEqualTo(change.from().getId());
        assertThat(places(request.processInstance())).isEqualTo(places);
    }

    private List<String> places(String instance) {
        return runtime.getActiveActivityIds(instance).stream()
                .map(place -> place.replace("#multiInstanceBody", ""))
                .sorted()
                .toList();
    }

    /** Of timers; what is not due at a certain time has none. */
    private Map<String, Date> dueDates(WaitingRequest request) {
        Map<String, Date> dueDates = new HashMap<>();
        management.createJobQuery().processInstanceId(request.processInstance()).list().stream()
                .filter(job -> job.getDuedate() != null)
                .forEach(job -> dueDates.put(job.getId(), job.getDuedate()));
        return dueDates;
    }

    private String version(WaitingRequest request) {
        return Objects.requireNonNull(tasklist.instance(request.requestNumber()))
                .getProcessDefinitionId();
    }

    private void submit(String request) {
        tasklist.review(PAULA, request, Map.of("reviewDecision", "submit"));
    }

    private void toBeApproved(String request, RequestForm form) {
        tasklist.review(
                PAULA,
                request,
                Map.of(
                        "reviewDecision",
                        "submit",
                        "customerEmail",
                        "anna@holding-of-" + form.domain(),
                        "justification",
                        "The holding decides for all its companies."));
    }

    private void refuse(String request) {
        tasklist.approve(SAM, request, Map.of("domainDecision", "refuse", "refusalReason", "Nobody there knows Anna."));
    }

    private void pending(String request) {
        submit(request);
        jobs.drain(request);
    }

    private void remind(String request, int daysLeft) {
        pending(request);
        clock.travelTo(Objects.requireNonNull(accounts.get(request).deadline()).minus(Duration.ofDays(daysLeft)));
        jobs.run(request, "Event_reminderDue");
    }

    private void refused(String request, RequestForm form) {
        relay.refuse(form.approver(), "550 5.1.1 No such user");
        submit(request);
        jobs.run(request, "Activity_sendActivationInstructions");
    }

    private void canceled(String request, RequestForm form) {
        pending(request);
        cancel(request);
    }

    private void expired(String request) {
        pending(request);
        jobs.run(request, "Event_waitExpired");
    }

    private void cancel(String request) {
        tasklist.as(PAULA, () -> process.cancel(Seen.anyhow(request), "The customer has thought better of it."));
    }

    private void decide(String request, AccountStatus end) {
        ActivationLink link = new ActivationLink(request, accounts.get(request).approverVersion());
        assertThat(
                        end == ACTIVE
                                ? process.accept(link)
                                : process.decline(link, DeclineReason.NOT_A_CUSTOMER, "We do not know you."))
                .isEqualTo(RequestProcess.Answer.RECORDED);
    }

    private void finish(String request, RequestForm form, AccountStatus end) {
        if (accounts.get(request).status() == IN_DOMAIN_APPROVAL) {
            if (end == WITHDRAWN) {
                refuse(request);
            } else {
                tasklist.approve(SAM, request, Map.of("domainDecision", "approve"));
            }
        }
        if (accounts.get(request).status() == IN_REVIEW) {
            tasklist.review(PAULA, request, Map.of("reviewDecision", end == WITHDRAWN ? "withdraw" : "submit"));
        }
        if (accounts.get(request).status() == IN_DOMAIN_APPROVAL) {
            tasklist.approve(SAM, request, Map.of("domainDecision", "approve"));
        }
        if (accounts.get(request).status() == PENDING) {
            if (end == CANCELED) {
                cancel(request);
            } else {
                waitForTheCustomer(request, form);
                if (end == EXPIRED) {
                    jobs.run(request, "Event_waitExpired");
                } else {
                    decide(request, end);
                }
            }
        }
        jobs.drain(request);
    }

    private void waitForTheCustomer(String request, RequestForm form) {
        jobs.drain(request);
        if (accounts.get(request).deadline() == null) {
            tasklist.correct(PAULA, request, Map.of("correction", "correct", "newApprover", "right@" + form.domain()));
            jobs.drain(request);
        }
    }
}
