package org.smartaccounts.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.NINA;
import static org.smartaccounts.support.Tasklist.PAULA;
import static org.smartaccounts.support.Tasklist.PEDRO;
import static org.smartaccounts.support.Tasklist.SAM;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.account.Timeline;
import org.smartaccounts.account.TimelineEntry;
import org.smartaccounts.request.ActivationLink;
import org.smartaccounts.request.ProcessElements;
import org.smartaccounts.request.RequestProcess;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.RequestForm;
import org.smartaccounts.support.ShownForm;
import org.smartaccounts.support.Statements;
import org.smartaccounts.support.Visitor;
import org.springframework.beans.factory.annotation.Autowired;

/** The page of one request: what has happened to it, and what people do to it there, each in their own name. */
class RequestPageTest extends ApplicationTest {

    @Autowired
    SmartAccounts accounts;

    @Autowired
    Timeline timeline;

    @Autowired
    RequestProcess process;

    private final RequestForm form = RequestForm.forNewCustomer();

    @Test
    void aColleagueSubmitsAndReadsThatItIsComplete() {
        String request = tasklist.request(PAULA, form);
        Visitor pedro = loggedIn(PEDRO);
        assertThat(pedro.get("/requests/" + request).body())
                .contains("Nothing has been sent yet", "Waits for Paula Romano", "Submit", form.approver());

        HttpResponse<String> sent = act(pedro, request, "submit").send();

        assertThat(location(sent)).isEqualTo("/requests/" + request + "?submitted");
        assertThat(pedro.get(location(sent)).body())
                .contains("Smart Account Request Complete", "provisional", "are on their way to " + form.approver());
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.PENDING);
        assertThat(lastActor(request)).isEqualTo(Actor.requester(PEDRO));
    }

    @Test
    void whatTheRulesFindUnusualGoesToLicensingSupport() {
        form.with("customerEmail", "boss@elsewhere.example").with("justification", "She owns it.");
        String request = tasklist.request(PAULA, form);
        Visitor paula = loggedIn(PAULA);
        assertThat(page(paula, request, "submit").body())
                .contains("Licensing support looks at " + form.domain() + " first");

        HttpResponse<String> sent = act(paula, request, "submit").send();

        assertThat(paula.get(location(sent)).body())
                .contains("With licensing support", "Licensing support looks at the domain " + form.domain());
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.IN_DOMAIN_APPROVAL);
    }

    @Test
    void thePictureOfTheProcessShowsItsOwnersWhereItStands() {
        String request = tasklist.request(PAULA, form);
        String picture = "/requests/%s/diagram.svg".formatted(request);
        Visitor paula = loggedIn(PAULA);
        assertThat(paula.get("/requests/" + request).body()).contains(picture, "The request is at: Review request");

        HttpResponse<String> whole = paula.get(picture);
        HttpResponse<String> part = paula.get(picture + "?part=here");

        assertThat(whole.headers().firstValue("Content-Type")).contains("image/svg+xml");
        assertThat(whole.headers().firstValue("Content-Security-Policy"))
                .contains("default-src 'none'; style-src 'unsafe-inline'");
        assertThat(part.body()).startsWith("<?xml").isNotEqualTo(whole.body());
        assertThat(loggedIn(NINA).get(picture).statusCode()).isEqualTo(404);

        tasklist.review(PAULA, request, Map.of("reviewDecision", "withdraw"));
        assertThat(paula.get("/requests/" + request).body()).contains("The request is at: Request withdrawn");
    }

    @Test
    void aRequestWithProblemsShowsThemBesideItsDetailsAndIsNotSubmitted() {
        String request = tasklist.request(PAULA, form.with("accountName", "").with("userEmails", "nobody"));
        Visitor paula = loggedIn(PAULA);

        assertThat(paula.get("/requests/" + request).body())
                .contains("href=\"#accountName\"", "href=\"#userEmails\"")
                .containsPattern(
                        "(?s)id=\"userEmails-said\">\\s*<p class=\"mistake\">User emails: “nobody” is not a valid");
        assertThat(page(paula, request, "submit").body()).contains("Something has to be mended first");
        HttpResponse<String> refused = paula.submit(
                "/requests/%s/submit".formatted(request),
                Map.of(
                        "_csrf",
                        paula.token("/logout"),
                        "version",
                        String.valueOf(accounts.get(request).version())));

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("Something has to be mended first");
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.IN_REVIEW);
    }

    @Test
    void aRequestIsChangedAndCheckedAgain() {
        String request = tasklist.request(PAULA, form.with("accountDomain", "no domain"));
        Visitor paula = loggedIn(PAULA);
        ShownForm change = act(paula, request, "change").with(form.fields());

        HttpResponse<String> changed = change.with("accountDomain", form.domain())
                .with("noteToUsers", "Changed.")
                .send();

        assertThat(location(changed)).isEqualTo("/requests/" + request);
        assertThat(paula.get("/requests/" + request).body())
                .contains("The request is changed", "Ready to be sent", "Changed.")
                .doesNotContain("is not a valid domain name");
        assertThat(paula.get("/requests/" + request).body())
                .as("The message is shown once")
                .doesNotContain("The request is changed");
        assertThat(accounts.get(request).details().accountDomain()).isEqualTo(form.domain());
    }

    @Test
    void whatIsWithdrawnCanBeRequestedAgain() {
        String request = tasklist.request(PAULA, form);
        Visitor paula = loggedIn(PAULA);
        assertThat(paula.get("/requests/" + request).body())
                .contains("has not ended, so there is nothing to ask for again");

        HttpResponse<String> withdrawn = act(paula, request, "withdraw").send();

        assertThat(paula.get(location(withdrawn)).body())
                .contains("The request is withdrawn", "/requests/new?like=" + request, "is not under review");
        assertThat(paula.get("/requests/new?like=" + request).body())
                .contains("value=\"" + form.approver() + "\"", "bruno@" + form.domain(), "Welcome aboard.");
        assertThat(tasklist.instance(request)).isNull();
    }

    @Test
    void theInstructionsAreSentAgainAndThenNotForAnHour() {
        String request = pending();
        Visitor paula = loggedIn(PAULA);
        assertThat(page(paula, request, "resend").body()).contains("It is possible 10 more times");

        HttpResponse<String> again = act(paula, request, "resend").send();

        assertThat(paula.get(location(again)).body())
                .contains(
                        "The instructions are being sent again",
                        "Instructions asked for once more",
                        "Waits to be sent");
        jobs.drain(request);
        assertThat(page(paula, request, "resend").body()).contains("less than an hour ago", "possible from");
        HttpResponse<String> tooSoon = confirmed(paula, request, "resend");
        assertThat(tooSoon.statusCode()).isEqualTo(409);
        assertThat(tooSoon.body()).contains("less than an hour ago");
        clock.travel(Duration.ofMinutes(61));
        assertThat(location(act(paula, request, "resend").send())).isEqualTo("/requests/" + request);
        assertThat(accounts.get(request).resends()).isEqualTo(2);
    }

    @Test
    void theAddressOfTheApproverIsCorrected() {
        String request = pending();
        Visitor paula = loggedIn(PAULA);

        HttpResponse<String> refused = act(paula, request, "approver")
                .with("email", "pedro@alpine-reseller.example")
                .send();

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains(
                        "belongs to your own company",
                        "value=\"pedro@alpine-reseller.example\"",
                        "aria-invalid=\"true\"");

        HttpResponse<String> corrected = act(paula, request, "approver")
                .with("email", "bea@" + form.domain())
                .send();

        assertThat(paula.get(location(corrected)).body())
                .contains("The approver is changed", "anna@%1$s → bea@%1$s".formatted(form.domain()));
        assertThat(accounts.get(request).details().customerEmail()).isEqualTo("bea@" + form.domain());
    }

    @Test
    void aRequestIsCanceledWithAReason() {
        String request = pending();
        Visitor paula = loggedIn(PAULA);

        HttpResponse<String> refused =
                act(paula, request, "cancel").with("reason", " ").send();
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("Please say why the request is canceled");
        HttpResponse<String> tooLong =
                act(paula, request, "cancel").with("reason", "x".repeat(2001)).send();
        assertThat(tooLong.body()).contains("at most 2,000 characters", "x".repeat(2001));

        HttpResponse<String> canceled =
                act(paula, request, "cancel").with("reason", "The deal is off.").send();

        assertThat(paula.get(location(canceled)).body())
                .contains("The request is canceled", "The deal is off.", "does not wait for the customer");
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.CANCELED);
        assertThat(lastActor(request)).isEqualTo(Actor.requester(PAULA));
    }

    @Test
    void whoActsOnAnOldPageIsToldWhatHasChangedAndLosesNothing() {
        String request = pending();
        Visitor paula = loggedIn(PAULA);
        ShownForm cancel = act(paula, request, "cancel").with("reason", "Perhaps too early.");
        ShownForm resend = act(paula, request, "resend");
        act(loggedIn(PEDRO), request, "resend").send();

        HttpResponse<String> stale = cancel.send();

        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(stale.body())
                .contains("The request has changed since you opened the page", "by Pedro Alves", "Perhaps too early.")
                .as("Only what is new")
                .doesNotContain("Request begun");
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.PENDING);

        HttpResponse<String> notAgain = resend.send();
        assertThat(notAgain.statusCode()).isEqualTo(409);
        assertThat(notAgain.body()).contains("by Pedro Alves", "less than an hour ago");

        act(loggedIn(PEDRO), request, "cancel").with("reason", "Duplicate").send();
        assertThat(cancel.send().body())
                .contains("does not wait for the customer", "Perhaps too early.")
                .as("It has ended")
                .doesNotContain("<textarea");
    }

    @Test
    void aChangeThatIsNoDeedMakesAPageOldToo() {
        String request = tasklist.request(PAULA, form);
        Visitor paula = loggedIn(PAULA);
        ShownForm submit = act(paula, request, "submit");
        ShownForm change = act(paula, request, "change").with(form.fields()).with("noteToUsers", "My version");
        act(loggedIn(PEDRO), request, "change")
                .with(form.fields())
                .with("noteToUsers", "His version")
                .send();

        HttpResponse<String> stale = submit.send();
        HttpResponse<String> both = change.send();

        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(stale.body()).contains("Its details, or the time to decide, have changed");
        assertThat(both.statusCode()).isEqualTo(409);
        assertThat(both.body()).contains("My version");
        assertThat(accounts.get(request).details().noteToUsers()).isEqualTo("His version");
    }

    @Test
    void aFormThatDoesNotSayWhatItHasShownChangesNothing() {
        String request = pending();
        Visitor paula = loggedIn(PAULA);
        String token = paula.token("/logout");

        for (String version : List.of("", "x", "-1", "99999999999999999999", "\0")) {
            HttpResponse<String> answer = paula.submit(
                    "/requests/%s/cancel".formatted(request),
                    Map.of("_csrf", token, "version", version, "lastDeed", version, "reason", "Because"));
            assertThat(answer.statusCode()).as(version).isEqualTo(409);
        }
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.PENDING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"submit", "change", "withdraw", "resend", "approver", "cancel"})
    void toAnotherCompanyARequestLooksAsIfThereWereNone(String act) {
        String request = tasklist.request(PAULA, form);
        Visitor nina = loggedIn(NINA);
        String token = nina.token("/logout");

        for (String number : List.of(request, "SAR-999999999", "SAR-1", "%20", "x'--")) {
            HttpResponse<String> page = nina.get("/requests/" + number);
            HttpResponse<String> question = nina.get("/requests/%s/%s".formatted(number, act));
            HttpResponse<String> deed = nina.submit("/requests/%s/%s".formatted(number, act), Map.of("_csrf", token));
            assertThat(List.of(page.statusCode(), question.statusCode(), deed.statusCode()))
                    .as(number)
                    .containsOnly(404);
            assertThat(page.body() + question.body() + deed.body()).doesNotContain(form.domain());
        }
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.IN_REVIEW);
    }

    @Test
    void supportDoesTheSameInItsOwnNameAndAnAdministratorOnlyLooks() {
        String request = pending();
        Visitor admin = loggedIn("admin");
        assertThat(admin.get("/requests/" + request).body())
                .contains("/cockpit/default/#/process-instance/", "Only the requester of " + request)
                .doesNotContain("href=\"/requests/%s/cancel\"".formatted(request));
        assertThat(confirmed(admin, request, "cancel").statusCode()).isEqualTo(409);

        act(loggedIn(SAM), request, "cancel")
                .with("reason", "On request of the partner")
                .send();

        assertThat(lastActor(request)).isEqualTo(Actor.support(SAM));
        assertThat(loggedIn(PAULA).get("/requests/" + request).body())
                .contains("by Sam Okoro, licensing support")
                .doesNotContain("/cockpit/");
    }

    @Test
    void supportOpensTheTaskOfARequestFromItsPage() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        String address = "/requests/%s/task".formatted(request);
        Visitor sam = loggedIn(SAM);
        assertThat(sam.get("/requests/" + request).body()).contains("href=\"%s\"".formatted(address));
        assertThat(leadsTo(sam.get(address)))
                .endsWith("?task="
                        + tasklist.task(request, ProcessElements.ACTIVATE_SMART_ACCOUNT)
                                .getId());
        // What customers have to decide is nothing that partners work on.
        Visitor paula = loggedIn(PAULA);
        assertThat(paula.get("/requests/" + request).body()).doesNotContain(address);
        assertThat(leadsTo(paula.get(address))).endsWith("/requests/" + request);
        assertThat(loggedIn(NINA).get(address).statusCode()).isEqualTo(404);

        process.accept(new ActivationLink(request, 1));
        jobs.drain(request);

        assertThat(sam.get("/requests/" + request).body()).doesNotContain(address);
        assertThat(leadsTo(sam.get(address))).endsWith("/requests/" + request);
    }

    @Test
    void theStoryTellsBothSidesActsAndWhatBecameOfEachEmail() {
        form.with("customerEmail", "refused@" + form.domain());
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        Visitor paula = loggedIn(PAULA);

        assertThat(paula.get("/requests/" + request).body())
                .contains("A mail server refuses messages to refused@" + form.domain(), "Waits for Paula Romano")
                .contains("Not delivered", "The mail server says: 550")
                .contains(
                        "Accepted by the mail server", "Smart Account Request Complete: Customer at " + form.domain());

        act(paula, request, "approver").with("email", "anna@" + form.domain()).send();
        jobs.drain(request);
        tasklist.activate(
                SAM,
                request,
                Map.of(
                        "activationOutcome", "accept",
                        "customerWordFrom", "Anna",
                        "customerWordBy", "telephone",
                        "customerWordOn",
                                java.time.LocalDate.now(java.time.ZoneOffset.UTC)
                                        .toString()));

        assertThat(paula.get("/requests/" + request).body())
                .contains("Accepted; the account is active", "by Sam Okoro, licensing support", "Anna (telephone")
                .contains("anna@%s (administrator)".formatted(form.domain()), "bruno@" + form.domain());
        assertThat(timeline.of(request)).extracting(TimelineEntry::status).contains(AccountStatus.ACTIVE);
    }

    @Test
    void aLongStoryCostsNoMoreStatementsThanAShortOne() {
        String shorter = pending();
        Visitor paula = loggedIn(PAULA);
        paula.get("/requests/" + shorter);
        int before = Statements.of(paula, "/requests/" + shorter).size();

        for (int more = 0; more < 5; more++) {
            clock.travel(Duration.ofMinutes(61));
            act(paula, shorter, "resend").send();
            jobs.drain(shorter);
        }

        paula.get("/requests/" + shorter);
        assertThat(Statements.of(paula, "/requests/" + shorter))
                .as("One has to do with the session, now and then")
                .hasSizeLessThanOrEqualTo(before + 1)
                .hasSizeLessThan(25);
    }

    private String pending() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        return request;
    }

    private static HttpResponse<String> page(Visitor visitor, String request, String act) {
        return visitor.get("/requests/%s/%s".formatted(request, act));
    }

    private static ShownForm act(Visitor visitor, String request, String act) {
        return ShownForm.at(visitor, "/requests/%s/%s".formatted(request, act));
    }

    /** As if it had been confirmed on a page that is true at this moment. */
    private HttpResponse<String> confirmed(Visitor visitor, String request, String act) {
        SmartAccount account = accounts.get(request);
        return visitor.submit(
                "/requests/%s/%s".formatted(request, act),
                Map.of(
                        "_csrf",
                        visitor.token("/logout"),
                        "version",
                        String.valueOf(account.version()),
                        "lastDeed",
                        "999999999",
                        "reason",
                        "Because"));
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(303);
        return leadsTo(answer);
    }

    private static String leadsTo(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private Actor lastActor(String request) {
        List<TimelineEntry> story = timeline.of(request);
        return story.get(story.size() - 1).actor();
    }
}
