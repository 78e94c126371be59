package org.smartaccounts.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.smartaccounts.support.Tasklist.NINA;
import static org.smartaccounts.support.Tasklist.PAULA;
import static org.smartaccounts.support.Tasklist.PEDRO;
import static org.smartaccounts.support.Tasklist.SAM;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.DeclineReason;
import org.smartaccounts.account.Members;
import org.smartaccounts.account.Members.Member;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.RequestForm;
import org.springframework.beans.factory.annotation.Autowired;

/** What people and programs may send to the engine, and what it says to the rest. */
class RequestInputTest extends ApplicationTest {

    @Autowired
    SmartAccounts accounts;

    @Autowired
    Members members;

    @Autowired
    RequestProcess process;

    @Autowired
    ManagementService management;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    private final RequestForm form = RequestForm.forNewCustomer();

    static Stream<Arguments> problems() {
        return Stream.of(
                Arguments.of("accountName", "", "Account name: please fill it in."),
                Arguments.of("accountName", "\u3164\u00A0\u2800", "Account name: please fill it in."),
                Arguments.of("accountName", "n".repeat(101), "Account name: it has 101 characters; at most 100"),
                Arguments.of("customerEmail", " ", "Customer email: please fill it in."),
                Arguments.of("customerEmail", "anna@b", "“anna@b” is not a valid email address"),
                Arguments.of("customerEmail", "paula@alpine-reseller.example", "belongs to your own company"),
                Arguments.of("customerEmail", "PEDRO@Alpine-Reseller.example", "belongs to your own company"),
                Arguments.of("customerEmail", "x@alpine-reseller.example", "is a mail domain of your own company"),
                Arguments.of("customerEmail", "x@it.alpine-reseller.example", "is a mail domain of your own company"),
                Arguments.of("accountDomain", "", "Account domain: please fill it in."),
                Arguments.of("accountDomain", "localhost", "“localhost” is not a valid domain name"),
                Arguments.of("accountDomain", "https://a.example/", "is not a valid domain name"),
                Arguments.of("noteToCustomer", "n".repeat(2001), "Note to customer: it has 2,001 characters"),
                Arguments.of("noteToUsers", "n".repeat(2001), "Note to added users: it has 2,001 characters"),
                Arguments.of("userEmails", "bruno@b.example\nnobody", "User emails: “nobody” is not a valid"),
                Arguments.of("userEmails", addresses(51, "b.example"), "there are 51 addresses; at most 50"),
                Arguments.of(
                        "userEmails",
                        addresses(33, "b".repeat(63) + "." + "c".repeat(40) + ".example"),
                        "User emails: the list has"),
                // What the database could not hold is cut, and that is said.
                Arguments.of("accountName", "n".repeat(5000), "Account name: far too long, the rest has been cut off"),
                Arguments.of("noteToCustomer", "n".repeat(100_000), "Note to customer: far too long"),
                Arguments.of("noteToUsers", "n".repeat(4001), "Note to added users: far too long"),
                Arguments.of("userEmails", addresses(400, "b.example"), "User emails: the list is far too long"),
                Arguments.of("customerEmail", "a".repeat(5000) + "@b.example", "is not a valid email address"),
                Arguments.of("accountDomain", "a.".repeat(5000) + "example", "is not a valid domain name"),
                Arguments.of("accountName", "\uD83D\uDE00".repeat(4000), "Account name: far too long"));
    }

    private static String addresses(int count, String domain) {
        return IntStream.range(0, count)
                .mapToObj(index -> "u%d@%s".formatted(index, domain))
                .collect(Collectors.joining("\n"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("problems")
    void aProblemIsSaidInWordsAndNothingCanBeSubmitted(String field, String value, String words) {
        String request = tasklist.request(PAULA, form.with(field, value));

        assertThat(tasklist.shown(request, "problems").lines())
                .anySatisfy(line -> assertThat(line).contains(words));
        assertThatThrownBy(() -> tasklist.review(PAULA, request, Map.of("reviewDecision", "submit")))
                .isInstanceOf(FormFieldValidationException.class)
                .hasMessageContaining(words);
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.IN_REVIEW);
    }

    @Test
    void everyProblemIsSaidAtOnceOneALine() {
        String request = tasklist.request(
                PAULA, form.with("accountName", "").with("customerEmail", "?").with("accountDomain", "?"));

        assertThat(tasklist.shown(request, "problems").lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).endsWith("."));
    }

    @Test
    void anEmptyFormIsARequestWithProblems() {
        String request = tasklist.request(
                PAULA,
                form.without("accountName")
                        .without("customerEmail")
                        .without("accountDomain")
                        .without("noteToCustomer")
                        .without("userEmails")
                        .without("noteToUsers"));

        assertThat(tasklist.shown(request, "problems").lines()).hasSize(3);
    }

    @Test
    void whatTheRequesterTypedIsThereToBeMended() {
        String note = "n".repeat(3000);
        String request = tasklist.request(PAULA, form.with("noteToCustomer", note));

        assertThat(tasklist.shown(request, "noteToCustomer")).isEqualTo(note);
    }

    @Test
    void aNulByteIsDropped() {
        String request = tasklist.request(PAULA, form.with("accountName", "Mus\0ter"));

        assertThat(tasklist.shown(request, "accountName")).isEqualTo("Muster");
        assertThat(tasklist.shown(request, "problems")).isEmpty();
    }

    @Test
    void whatIsNoTextCountsAsMissing() {
        String request = tasklist.request(
                PAULA, form.with("accountName", 42).with("customerEmail", new HashMap<>(Map.of("a", "b"))));

        assertThat(tasklist.shown(request, "problems"))
                .contains("Account name: please fill it in.", "Customer email: please fill it in.");
    }

    @Test
    void variablesThatNobodyKnowsAreDropped() {
        String request = tasklist.request(
                PAULA,
                form.with("evil", "x".repeat(10_000))
                        .with("accountCreated", true)
                        .with("actor", "SUPPORT:sam")
                        .with("nul", "\0"));

        tasklist.review(PAULA, request, Map.of("reviewDecision", "change", "evil", "x".repeat(10_000)));

        assertThat(tasks.getVariables(
                        tasklist.task(request, ProcessElements.REVIEW_REQUEST).getId()))
                .containsOnlyKeys(
                        "accountName",
                        "customerEmail",
                        "accountDomain",
                        "noteToCustomer",
                        "userEmails",
                        "noteToUsers",
                        "customerLanguage",
                        "justification",
                        "remarks",
                        "returnReason",
                        "domainApproval",
                        "problems",
                        "requester",
                        "requestNumber");
    }

    @Test
    void theRequesterIsWhoIsLoggedInWhateverIsSent() {
        String request = tasklist.request(
                PAULA,
                form.with("requester", NINA).with("requestNumber", "SAR-000000").with("initiator", NINA));

        assertThat(accounts.get(request).requester().id()).isEqualTo(PAULA);
        assertThat(tasklist.task(request, ProcessElements.REVIEW_REQUEST).getAssignee())
                .isEqualTo(PAULA);
        tasklist.review(
                PAULA, request, Map.of("reviewDecision", "change", "requester", NINA, "requestNumber", "SAR-000000"));
        assertThat(tasklist.task(request, ProcessElements.REVIEW_REQUEST).getAssignee())
                .isEqualTo(PAULA);
        assertThat(tasklist.shown(request, "requestNumber")).isEqualTo(request);
    }

    @Test
    void theChecksHoldForEveryCallerOfTheEngine() {
        ProcessInstance instance = tasklist.as(
                PAULA,
                () -> runtime.startProcessInstanceByKey(
                        ProcessElements.PROCESS,
                        "SAR-000001\0",
                        form.with("accountDomain", "x".repeat(9000)).fields()));
        String request = tasklist.as(
                PAULA,
                () -> tasks.createTaskQuery()
                        .processInstanceId(instance.getId())
                        .singleResult()
                        .getId());

        assertThat(instance.getBusinessKey()).startsWith("SAR-").isNotEqualTo("SAR-000001\0");
        assertThatThrownBy(() -> tasklist.as(PAULA, () -> {
                    tasks.complete(request, Map.of("reviewDecision", "submit"));
                    return request;
                }))
                .isInstanceOf(FormFieldValidationException.class);
        assertThatThrownBy(() -> tasklist.as(PAULA, () -> {
                    tasks.complete(request);
                    return request;
                }))
                .hasMessageContaining("submit, change or withdraw");
    }

    @Test
    void resolvingATaskSetsNothingThatCompletingItCouldNot() {
        String request = tasklist.request(PAULA, form);
        String task = tasklist.task(request, ProcessElements.REVIEW_REQUEST).getId();
        tasks.delegateTask(task, PAULA);

        tasklist.as(PAULA, () -> {
            tasks.resolveTask(
                    task, Map.of("requester", NINA, "evil", "x", "accountName", "n".repeat(9000), "nul", "\0"));
            return task;
        });

        assertThat(tasks.getVariables(task)).doesNotContainKeys("evil", "nul").containsEntry("requester", PAULA);
        assertThat(tasklist.shown(request, "accountName")).hasSize(4000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Activity_checkRequest",
                "Activity_createProvisionalAccount",
                "Activity_createProvisionalAccount Activity_activateAccount",
                "Activity_createProvisionalAccount Activity_awaitCustomer Activity_activateAccount",
                "Activity_createProvisionalAccount Gateway_customerDecision",
                "Activity_sendActivationInstructions",
                "Activity_expireAccount",
                "Event_accountRequested"
            })
    void nobodyCanBeginInTheMiddleAndSignForTheCustomer(String activities) {
        var start = runtime.createProcessInstanceByKey(ProcessElements.PROCESS)
                .setVariables(form.with("activationOutcome", "accept").fields());
        for (String activity : activities.split(" ", -1)) {
            start.startBeforeActivity(activity);
        }

        assertThatThrownBy(() -> tasklist.as(PAULA, () -> start.execute(true, true)))
                .hasMessageContaining("begins with its form");
        assertThat(accounts.findLive(form.domain())).isEmpty();
    }

    @Test
    void whatBelongsToALaterStepCannotBeSentAhead() {
        Map<String, Object> ahead = Map.of(
                "activationOutcome", "accept",
                "declineReason", "x".repeat(3000),
                "customerWordFrom", "Nobody",
                "actor", "x".repeat(9000),
                "accountCreated", "x".repeat(9000));
        ahead.forEach(form::with);
        String request = tasklist.request(PAULA, form);
        Map<String, Object> submit = new HashMap<>(ahead);
        submit.put("reviewDecision", "submit");
        submit.put("problems", "x".repeat(9000));

        tasklist.review(PAULA, request, submit);
        jobs.drain(request);

        String task =
                tasklist.task(request, ProcessElements.ACTIVATE_SMART_ACCOUNT).getId();
        assertThat(tasks.getVariables(task)).doesNotContainKeys("activationOutcome", "declineReason", "actor");
        assertThat(process.accept(new ActivationLink(request, 1))).isEqualTo(RequestProcess.Answer.RECORDED);
    }

    @Test
    void whoRecordsTheCustomersWordCannotChangeTheRequest() {
        String request = pending();
        Map<String, Object> word = customersWord();
        word.put("customerEmail", "sam@smartaccounts.example");
        word.put("userEmails", "sam@smartaccounts.example");

        tasklist.activate(SAM, request, word);

        assertThat(members.of(request)).extracting(Member::email).doesNotContain("sam@smartaccounts.example");
        jobs.run(request, "Activity_sendActivationConfirmation");
        assertThat(mailbox.about(request, "sam@smartaccounts.example")).isEmpty();
    }

    @Test
    void namesThatGrowWhenTheyAreWrittenInAsciiAreCutAndSaid() {
        String addresses =
                IntStream.range(0, 381).mapToObj("u%d@ü.de"::formatted).collect(Collectors.joining("\n"));

        String request = tasklist.request(PAULA, form.with("userEmails", addresses));

        assertThat(tasklist.shown(request, "problems")).contains("User emails: the list is far too long");
    }

    @Test
    void transientVariablesAreRefusedInWords() {
        form.with("accountName", Variables.stringValue("x", true));

        assertThatThrownBy(() -> tasklist.request(PAULA, form)).hasMessageContaining("Transient variables");
    }

    @Test
    void aProblemThatHasComeUpSinceTheReviewWasOpenedIsShownByTheNext() {
        String second = tasklist.request(NINA, form);
        assertThat(tasklist.shown(second, "problems")).isEmpty();
        tasklist.submit(PAULA, form);

        tasklist.review(NINA, second, Map.of("reviewDecision", "submit"));

        assertThat(accounts.get(second).status()).isEqualTo(AccountStatus.IN_REVIEW);
        assertThat(tasklist.shown(second, "problems")).contains("cannot be requested");
    }

    @Test
    void aJobThatAStrangerMayNotRunHasNotFailed() {
        String request = pending();
        Job timer = jobs.only(request, "Event_waitExpired");

        for (String stranger : List.of(PAULA, NINA)) {
            assertThatThrownBy(() -> tasklist.as(stranger, () -> {
                        management.executeJob(timer.getId());
                        return stranger;
                    }))
                    .isInstanceOf(AuthorizationException.class);
        }

        assertThat(jobs.only(request, "Event_waitExpired").getDuedate()).isEqualTo(timer.getDuedate());
        assertThat(jobs.only(request, "Event_waitExpired").getRetries()).isEqualTo(timer.getRetries());
    }

    @Test
    void onlyPeopleOfAPartnerCompanyCanAsk() {
        assertThatThrownBy(() -> tasklist.request("admin", form))
                .isInstanceOf(FormFieldValidationException.class)
                .hasMessageContaining("belongs to no partner company");
        assertThatThrownBy(() -> tasklist.request(SAM, form)).isInstanceOf(AuthorizationException.class);
        assertThatThrownBy(() -> runtime.startProcessInstanceByKey(ProcessElements.PROCESS, form.fields()))
                .hasMessageContaining("please log in");
    }

    @Test
    void aPartnerSeesNeitherTheTasksOfOthersNorTheCustomersTask() {
        String request = pending();
        String other = tasklist.request(NINA, RequestForm.forNewCustomer());

        assertThat(tasklist.requestsSeenBy(PAULA)).doesNotContain(request, other);
        assertThat(tasklist.requestsSeenBy(PEDRO)).doesNotContain(request, other);
        assertThat(tasklist.requestsSeenBy(NINA)).contains(other).doesNotContain(request);
        assertThat(tasklist.requestsSeenBy(SAM)).contains(request, other);
    }

    @Test
    void aPartnerCannotSignForTheCustomer() {
        String request = pending();
        Map<String, Object> word = customersWord();

        assertThatThrownBy(() -> tasklist.activate(PAULA, request, word)).isInstanceOf(AuthorizationException.class);
        assertThatThrownBy(() -> tasklist.activate("admin", request, word))
                .hasMessageContaining("Only licensing support");
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.PENDING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"activationOutcome", "customerWordFrom", "customerWordBy", "customerWordOn"})
    void supportHasToSayWhoGaveTheCustomersWordHowAndWhen(String missing) {
        String request = pending();
        Map<String, Object> word = customersWord();
        word.remove(missing);

        assertThatThrownBy(() -> tasklist.activate(SAM, request, word))
                .isInstanceOf(FormFieldValidationException.class)
                .hasMessageStartingWith("Please say");
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.PENDING);
    }

    @Test
    void supportHasToSayWhyTheCustomerDeclines() {
        String request = pending();
        Map<String, Object> word = customersWord();
        word.put("activationOutcome", "decline");

        assertThatThrownBy(() -> tasklist.activate(SAM, request, word))
                .hasMessageContaining("why the customer declines");
        word.put("declineReason", "DUPLICATE");
        word.put("declineNote", "x".repeat(2001));
        assertThatThrownBy(() -> tasklist.activate(SAM, request, word)).hasMessageContaining("at most 2,000");
        word.put("declineNote", "They have one.");
        tasklist.activate(SAM, request, word);

        assertThat(accounts.get(request).declineReason()).isEqualTo(DeclineReason.DUPLICATE);
        assertThat(accounts.get(request).declineNote()).isEqualTo("They have one.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tomorrow", "2026-02-30", "9999-12-31", "1999-12-31"})
    void supportHasToNameADayOnWhichTheCustomerCanHaveSpoken(String day) {
        String request = pending();
        Map<String, Object> word = customersWord();
        word.put("customerWordOn", day);

        assertThatThrownBy(() -> tasklist.activate(SAM, request, word)).hasMessageContaining("on which day");
    }

    /** The customer has been asked. */
    private String pending() {
        String request = tasklist.submit(PAULA, form);
        jobs.run(request, "Activity_sendActivationInstructions");
        return request;
    }

    private Map<String, Object> customersWord() {
        return new HashMap<>(Map.of(
                "activationOutcome", "accept",
                "customerWordFrom", "Anna Weber",
                "customerWordBy", "telephone",
                "customerWordOn", clock.instant().toString().substring(0, 10)));
    }

    @Test
    void anErrorThatTheDiagramDoesNotCatchEndsNothing() {
        String request = tasklist.request(PAULA, form);
        String task = tasklist.task(request, ProcessElements.REVIEW_REQUEST).getId();

        assertThatThrownBy(() -> tasks.handleBpmnError(task, "any", "message", Variables.createVariables()))
                .isInstanceOf(ProcessEngineException.class);
        assertThat(tasklist.instance(request)).isNotNull();
    }
}
