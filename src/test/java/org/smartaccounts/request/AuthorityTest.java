package org.smartaccounts.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.smartaccounts.support.Tasklist.NINA;
import static org.smartaccounts.support.Tasklist.PAULA;
import static org.smartaccounts.support.Tasklist.PEDRO;
import static org.smartaccounts.support.Tasklist.SAM;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.Problem;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.account.Timeline;
import org.smartaccounts.process.Refusal;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.RequestForm;
import org.springframework.beans.factory.annotation.Autowired;

/** Who may do what while the customer thinks, whichever way they try, and what they may say. */
class AuthorityTest extends ApplicationTest {

    @Autowired
    RequestProcess process;

    @Autowired
    SmartAccounts accounts;

    @Autowired
    Timeline timeline;

    @Autowired
    TaskService tasks;

    @Autowired
    RuntimeService runtime;

    @Autowired
    IdentityService identity;

    private final RequestForm form = RequestForm.forNewCustomer();

    /** What the application offers, as somebody would use it on a request. */
    private interface Act {
        void on(RequestProcess process, String request, RequestForm form);
    }

    static Stream<Arguments> actsAndStrangers() {
        Map<String, Act> acts = Map.of(
                "resend", (process, request, form) -> process.resend(Seen.anyhow(request)),
                "changeApprover",
                        (process, request, form) ->
                                process.changeApprover(Seen.anyhow(request), "right@" + form.domain()),
                "cancel", (process, request, form) -> process.cancel(Seen.anyhow(request), "Because."));
        return acts.entrySet().stream()
                .flatMap(act ->
                        Stream.of(NINA, "ingo", "admin").map(who -> Arguments.of(act.getKey(), who, act.getValue())));
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource("actsAndStrangers")
    void nobodyButTheRequestersCompanyAndSupport(String name, String who, Act act) {
        String request = pending();

        assertThatThrownBy(() -> tasklist.as(who, () -> act.on(process, request, form)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Only the requester of " + request);
        assertThatThrownBy(() -> act.on(process, request, form)).isInstanceOf(Refusal.class);
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.PENDING);
        assertThat(timeline.of(request)).hasSize(2);
    }

    @Test
    void aColleagueActsInTheirOwnName() {
        String request = pending();

        tasklist.as(PEDRO, () -> process.cancel(Seen.anyhow(request), "She is on holiday."));

        assertThat(timeline.of(request).get(2).actor()).isEqualTo(Actor.requester(PEDRO));
    }

    @Test
    void whatDoesNotExistIsRefusedLikeWhatIsNotYours() {
        assertThatThrownBy(() -> tasklist.as(PAULA, () -> process.cancel(Seen.anyhow("SAR-999999"), "Because.")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Only the requester");
    }

    @Test
    void theRequesterCannotDecideInTheCustomersName() {
        String request = pending();
        String task =
                tasklist.task(request, ProcessElements.ACTIVATE_SMART_ACCOUNT).getId();

        assertThatThrownBy(() -> tasklist.as(
                        PAULA, () -> tasks.complete(task, Map.<String, Object>of("activationOutcome", "accept"))))
                .isInstanceOf(AuthorizationException.class);
        assertThatThrownBy(() -> tasklist.as("admin", () -> tasklist.activate("admin", request, word("accept"))))
                .hasMessageContaining("Only licensing support");
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.PENDING);
    }

    @Test
    void supportDoesNotRecordTheCustomersWordOnARequestOfItsOwnCompany() {
        String request = pending();
        identity.createMembership(PEDRO, "licensing-support");
        try {
            assertThatThrownBy(() -> tasklist.activate(PEDRO, request, word("accept")))
                    .hasMessageContaining("your own, or your company’s");
            assertThatCode(() -> tasklist.as(PEDRO, () -> process.resend(Seen.anyhow(request))))
                    .as("but helps")
                    .doesNotThrowAnyException();
        } finally {
            identity.deleteMembership(PEDRO, "licensing-support");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not an address", "pedro@alpine-reseller.example", "new@alpine-reseller.example"})
    void whoeverBecomesTheApproverPassesTheChecksOfTheForm(String address) {
        String request = pending();
        Map<String, Object> change = Map.of("activationOutcome", "changeApprover", "newApprover", address);

        assertThatThrownBy(() -> tasklist.as(PAULA, () -> process.changeApprover(Seen.anyhow(request), address)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Customer email:");
        assertThatThrownBy(() -> tasklist.activate(SAM, request, change)).hasMessageContaining("Customer email:");
        assertThatThrownBy(() -> process.passOn(new ActivationLink(request, 1), address))
                .hasMessageContaining("Customer email:");
        assertThat(accounts.get(request).details().customerEmail()).isEqualTo(form.approver());
    }

    @Test
    void theApproverCannotBeChangedForEver() {
        String request = pending();
        for (int version = 1; version <= 10; version++) {
            process.passOn(new ActivationLink(request, version), "person%d@%s".formatted(version, form.domain()));
        }

        assertThatThrownBy(() -> process.passOn(new ActivationLink(request, 11), "one.more@" + form.domain()))
                .hasMessageContaining("changed 10 times");
        jobs.drain(request);
        assertThat(mailbox.about(request, "person10@" + form.domain())).hasSize(1);
        assertThat(mailbox.about(request, "person9@" + form.domain())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   "})
    void whoCancelsSaysWhy(String reason) {
        String request = pending();

        assertThatThrownBy(() -> tasklist.as(PAULA, () -> process.cancel(Seen.anyhow(request), reason)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("why the request is canceled");
        assertThatThrownBy(() -> tasklist.as(PAULA, () -> process.cancel(Seen.anyhow(request), "x".repeat(2001))))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() ->
                        tasklist.activate(SAM, request, Map.of("activationOutcome", "cancel", "cancelReason", reason)))
                .hasMessageContaining("why the request is canceled");
    }

    @Test
    void whatIsNoOutcomeIsRefused() {
        String request = pending();

        assertThatThrownBy(() -> tasklist.activate(SAM, request, Map.of("activationOutcome", "expire")))
                .hasMessageContaining("what is to be done");
        assertThatThrownBy(() -> tasklist.activate(SAM, request, Map.of())).hasMessageContaining("what is to be done");
    }

    @Test
    void whatIsSaidForOneOutcomeIsForgottenWithAnother() {
        String request = pending();
        Map<String, Object> resend = new HashMap<>(word("resend"));
        resend.put("cancelReason", "Left over");
        resend.put("newApprover", "left.over@" + form.domain());
        resend.put("actor", "SYSTEM:");
        resend.put("customerEmail", "evil@" + form.domain());

        tasklist.activate(SAM, request, resend);

        String instance = Objects.requireNonNull(tasklist.instance(request)).getId();
        assertThat(runtime.getVariables(instance))
                .doesNotContainKeys("cancelReason", "newApprover", "customerWordFrom")
                .containsEntry("actor", "SUPPORT:sam")
                .containsEntry("customerEmail", form.approver());
    }

    @ParameterizedTest
    @ValueSource(strings = {"requestCanceled", "timeOver", "addressRefused", "any"})
    void nobodyReportsAnErrorPastTheForm(String error) {
        relay.refuse(form.approver(), "550 5.1.1 No such user");
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        String correction =
                tasklist.task(request, ProcessElements.CORRECT_CUSTOMER_EMAIL).getId();
        Map<String, Object> forged = Map.of("cancelReason", "Because.", "actor", "SUPPORT:sam");

        assertThatThrownBy(() -> tasklist.as(PAULA, () -> tasks.handleBpmnError(correction, error, "message", forged)))
                .hasMessageContaining("complete the task with its form");
        assertThatThrownBy(() -> tasklist.as(PAULA, () -> tasks.handleEscalation(correction, error, forged)))
                .hasMessageContaining("complete the task with its form");
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.PENDING);
        tasklist.task(request, ProcessElements.CORRECT_CUSTOMER_EMAIL);
    }

    @Test
    void whoChangesAnotherThingAboutACorrectionLosesNothing() {
        relay.refuse(form.approver(), "550 5.1.1 No such user");
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        var correction = tasklist.task(request, ProcessElements.CORRECT_CUSTOMER_EMAIL);

        tasklist.as("admin", () -> {
            correction.setPriority(90);
            tasks.saveTask(correction);
        });

        assertThat(tasks.getVariables(correction.getId()))
                .containsEntry("refusedAddress", form.approver())
                .containsEntry("mailServerAnswer", "550 5.1.1 No such user");
        tasklist.as(SAM, () -> process.changeApprover(Seen.anyhow(request), "right@" + form.domain()));
        assertThat(accounts.get(request).approverVersion()).isEqualTo(2);
    }

    @Test
    void onlyLicensingSupportApprovesADomainAndNotOneOfItsOwnCompany() {
        String request = tasklist.submit(PAULA, elsewhere());
        Map<String, Object> approval = Map.of("domainDecision", "approve");

        assertThatThrownBy(() -> tasklist.approve(PAULA, request, approval)).isInstanceOf(AuthorizationException.class);
        assertThatThrownBy(() -> tasklist.approve("admin", request, approval))
                .hasMessageContaining("Only licensing support can approve");
        identity.createMembership(PEDRO, "licensing-support");
        try {
            assertThatThrownBy(() -> tasklist.approve(PEDRO, request, approval))
                    .hasMessageContaining("Somebody else at licensing support");
        } finally {
            identity.deleteMembership(PEDRO, "licensing-support");
        }
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.IN_DOMAIN_APPROVAL);
    }

    @Test
    void whoRefusesADomainSaysWhy() {
        String request = tasklist.submit(PAULA, elsewhere());

        assertThatThrownBy(() -> tasklist.approve(SAM, request, Map.of("domainDecision", "perhaps")))
                .hasMessageContaining("approve the domain or refuse it");
        for (String reason : List.of(" ", "x".repeat(2001))) {
            assertThatThrownBy(() ->
                            tasklist.approve(SAM, request, Map.of("domainDecision", "refuse", "refusalReason", reason)))
                    .hasMessageContaining("say why the domain is refused");
        }
    }

    @Test
    void whatIsApprovedIsWhatWasSent() {
        String request = tasklist.submit(PAULA, elsewhere());

        tasklist.approve(
                SAM,
                request,
                Map.of(
                        "domainDecision",
                        "approve",
                        "accountDomain",
                        "elsewhere.example",
                        "customerEmail",
                        "me@me.example"));

        assertThat(accounts.get(request).details().accountDomain()).isEqualTo(form.domain());
        assertThat(accounts.get(request).details().customerEmail())
                .isEqualTo(form.fields().get("customerEmail"));
    }

    @Test
    void anApproverWhoseDomainNobodyApprovedComesInThroughNoDoor() {
        String request = pending();
        String stranger = "somebody@elsewhere.example";
        String refusal = "Licensing support has to approve such an address";

        assertThatThrownBy(() -> tasklist.as(PAULA, () -> process.changeApprover(Seen.anyhow(request), stranger)))
                .hasMessageContaining(refusal);
        assertThat(process.problemsOfPassingOn(accounts.get(request), stranger)).hasSize(1);
        assertThat(process.problemsOfPassingOn(accounts.get(request), "x@mailinator.com"))
                .extracting(Problem::key)
                .containsExactly("rule.approver.blocked", "rule.approver.cannotChange");

        tasklist.as(SAM, () -> process.changeApprover(Seen.anyhow(request), stranger));
        assertThat(accounts.get(request).details().customerEmail()).isEqualTo(stranger);
        // At a domain that support has approved, a typo is corrected by whoever made it.
        jobs.drain(request);
        tasklist.as(PAULA, () -> process.changeApprover(Seen.anyhow(request), "someone@elsewhere.example"));
        assertThat(accounts.get(request).details().customerEmail()).isEqualTo("someone@elsewhere.example");
    }

    /** The approver has an address elsewhere, and the requester says why. */
    private RequestForm elsewhere() {
        return form.with("customerEmail", "anna@holding-of-" + form.domain())
                .with("justification", "The holding decides for all its companies.");
    }

    @Test
    void beforeTheCustomerWasAskedThereIsNothingToSendAgain() {
        String request = tasklist.submit(PAULA, form);

        assertThatThrownBy(() -> tasklist.as(PAULA, () -> process.resend(Seen.anyhow(request))))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("being sent just now");
    }

    @Test
    void beforeItIsSubmittedARequestIsWithdrawnNotCanceled() {
        String request = tasklist.request(PAULA, form);

        assertThatThrownBy(() -> tasklist.as(PAULA, () -> process.cancel(Seen.anyhow(request), "Because.")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("this is not possible");
    }

    @Test
    void whoCorrectsAnAddressIsCheckedToo() {
        relay.refuse(form.approver(), "550 5.1.1 No such user");
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);

        assertThatThrownBy(() -> tasklist.correct(
                        PAULA,
                        request,
                        Map.of("correction", "correct", "newApprover", "pedro@alpine-reseller.example")))
                .hasMessageContaining("belongs to your own company");
        assertThatThrownBy(() -> tasklist.correct(PAULA, request, Map.of("correction", "cancel")))
                .hasMessageContaining("why the request is canceled");
        assertThatThrownBy(() -> tasklist.correct(PAULA, request, Map.of("correction", "nothing")))
                .hasMessageContaining("correct the address or cancel");
        tasklist.as(SAM, () -> process.changeApprover(Seen.anyhow(request), "right@" + form.domain()));
        jobs.drain(request);
        assertThat(mailbox.only(request, "right@" + form.domain()).template()).isEqualTo("activationInstructions");
    }

    private String pending() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        return request;
    }

    private Map<String, Object> word(String outcome) {
        return Map.of(
                "activationOutcome",
                outcome,
                "customerWordFrom",
                "Anna Weber",
                "customerWordBy",
                "telephone",
                "customerWordOn",
                clock.instant().toString().substring(0, 10));
    }
}
