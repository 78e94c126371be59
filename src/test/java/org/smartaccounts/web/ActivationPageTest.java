package org.smartaccounts.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.PAULA;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.DeclineReason;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.account.Timeline;
import org.smartaccounts.request.ActivationLink;
import org.smartaccounts.request.ActivationLinks;
import org.smartaccounts.request.RequestProcess;
import org.smartaccounts.request.Seen;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.RequestForm;
import org.springframework.beans.factory.annotation.Autowired;

/** What the customer sees and does with the link of the email. */
class ActivationPageTest extends ApplicationTest {

    private static final Map<String, String> ACCEPT = Map.of("decision", "accept", "authorised", "true");
    private static final Map<String, String> DECLINE =
            Map.of("decision", "decline", "reason", "NOT_WANTED", "note", "Not now");

    @Autowired
    SmartAccounts accounts;

    @Autowired
    Timeline timeline;

    @Autowired
    ActivationLinks links;

    @Autowired
    RequestProcess process;

    @Autowired
    RuntimeService runtime;

    private final HttpClient browser = HttpClient.newHttpClient();
    private final RequestForm form = RequestForm.forNewCustomer();

    @Test
    void showsWhoAsksForWhatAndUntilWhen() {
        String request = pending();

        HttpResponse<String> page = get(link(request));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains(
                        "Paula Romano of Alpine Reseller",
                        "Customer at " + form.domain(),
                        "bruno@" + form.domain(),
                        "carla@" + form.domain(),
                        "As agreed on the telephone.",
                        "Welcome aboard.",
                        "days left",
                        "I am authorised to accept this for my company");
    }

    @Test
    void openingItHoweverOftenDecidesNothing() {
        String request = pending();

        get(link(request));
        get(link(request) + "?decision=accept&authorised=true");
        send(HttpRequest.newBuilder(URI.create(link(request))).method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.PENDING);
        assertThat(timeline.of(request)).hasSize(2);
    }

    @Test
    void acceptingNeedsTheTick() {
        String request = pending();

        HttpResponse<String> page = post(link(request), Map.of("decision", "accept"));

        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(page.body()).contains("Nothing has been decided yet", "please confirm that you are authorised");
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.PENDING);
    }

    @Test
    void afterAcceptingItShowsThatItWasAcceptedAndSendingItAgainChangesNothing() {
        String request = pending();

        HttpResponse<String> answer = post(link(request), ACCEPT);
        assertThat(answer.statusCode()).isEqualTo(303);
        HttpResponse<String> page = get(follow(answer));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("The Smart Account is active", "was accepted on");

        assertThat(get(follow(post(link(request), ACCEPT))).body()).contains("was accepted on");
        assertThat(get(follow(post(link(request), DECLINE))).body()).contains("was accepted on");
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(timeline.of(request)).hasSize(3);
    }

    @Test
    void afterDecliningItShowsThatItWasDeclined() {
        String request = pending();

        HttpResponse<String> page = get(follow(post(link(request), DECLINE)));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("The Smart Account was declined");
        assertThat(accounts.get(request).declineReason()).isEqualTo(DeclineReason.NOT_WANTED);
        assertThat(accounts.get(request).declineNote()).isEqualTo("Not now");
    }

    @Test
    void decliningNeedsAReasonAndKeepsWhatWasTyped() {
        String request = pending();

        for (String reason : new String[] {"", "NONSENSE"}) {
            HttpResponse<String> page =
                    post(link(request), Map.of("decision", "decline", "reason", reason, "note", "My words"));
            assertThat(page.statusCode()).isEqualTo(422);
            assertThat(page.body()).contains("To decline, please choose a reason.", "My words</textarea>");
        }
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.PENDING);
    }

    @Test
    void aNoteThatIsTooLongIsKeptToBeShortened() {
        String request = pending();
        String note = "Too long. ".repeat(201);

        HttpResponse<String> page =
                post(link(request), Map.of("decision", "decline", "reason", "DUPLICATE", "note", note));

        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(page.body())
                .contains("The note is too long. Please shorten it to 2,000", note.strip())
                .containsPattern("value=\"DUPLICATE\" checked");
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.PENDING);
    }

    @Test
    void aNoteMayHaveLineBreaksAndIsShownLiterally() {
        String request = pending();

        post(
                link(request),
                Map.of("decision", "decline", "reason", "OTHER", "note", "No.\r\n\0${1000003*7} <b>*|</b> ünï"));
        jobs.drain(request);

        assertThat(accounts.get(request).declineNote()).isEqualTo("No.\n${1000003*7} <b>*|</b> ünï");
        var told = mailbox.about(request, "paula@alpine-reseller.example").get(1);
        assertThat(told.text()).contains("No.\n${1000003*7} <b>*|</b> ünï");
        assertThat(told.html())
                .contains("${1000003*7} &lt;b&gt;*|&lt;/b&gt; ünï")
                .doesNotContain("<b>*|");
    }

    @Test
    void aDecisionThatIsNoneIsAnsweredInWords() {
        String request = pending();

        assertThat(post(link(request), Map.of()).statusCode()).isEqualTo(422);
        assertThat(post(link(request), Map.of("decision", "perhaps", "authorised", "x"))
                        .body())
                .contains("Please choose whether to accept or to decline");
    }

    @Test
    void isGoneWhenTheTimeIsOverEvenBeforeTheTimerFires() {
        String request = pending();
        Instant deadline = Objects.requireNonNull(accounts.get(request).deadline());

        clock.travelTo(deadline.plus(Duration.ofSeconds(1)));
        assertThat(get(link(request)).statusCode()).isEqualTo(410);
        assertThat(get(follow(post(link(request), ACCEPT))).statusCode()).isEqualTo(410);
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.PENDING);

        jobs.run(request, "Event_waitExpired");
        HttpResponse<String> page = get(link(request));
        assertThat(page.statusCode()).isEqualTo(410);
        assertThat(page.body()).contains("This request has expired", "paula@alpine-reseller.example");
    }

    @Test
    void countsTheDaysThatAreLeft() {
        String request = pending();
        Instant deadline = Objects.requireNonNull(accounts.get(request).deadline());

        clock.travelTo(deadline.minus(Duration.ofHours(25)));
        assertThat(get(link(request)).body()).contains("2 days left");
        clock.travelTo(deadline.minus(Duration.ofHours(23)));
        assertThat(get(link(request)).body()).contains("1 day left");
    }

    @Test
    void isGoneForAnApproverWhoWasReplaced() {
        String request = pending();
        String earlier = links.to(new ActivationLink(request, 7)).toString();

        HttpResponse<String> page = get(earlier);

        assertThat(page.statusCode()).isEqualTo(410);
        assertThat(page.body()).contains("This link is no longer valid");
    }

    @Test
    void isGoneWhenTheRequestWasCanceled() {
        String request = pending();
        String link = link(request);
        runtime.deleteProcessInstance(
                Objects.requireNonNull(tasklist.instance(request)).getId(), "no longer needed");

        assertThat(get(link).statusCode()).isEqualTo(410);
        assertThat(get(link).body()).contains("This request was canceled", "paula@alpine-reseller.example");
    }

    @Test
    void followsTheBrowserUntilItsReaderSwitches() {
        String link = link(pending());

        HttpResponse<String> german =
                send(HttpRequest.newBuilder(URI.create(link)).header("Accept-Language", "de-AT, en;q=0.5"));
        assertThat(german.body())
                .contains("<html lang=\"de\">", "Annehmen", " UTC", "Englisches Original")
                .contains("<a href=\"?language=en\" lang=\"en\"");
        assertThat(get(link).body()).contains("<html lang=\"en\">").doesNotContain("original");

        HttpResponse<String> switched =
                send(HttpRequest.newBuilder(URI.create(link + "?language=it")).header("Accept-Language", "de"));
        assertThat(switched.body()).contains("<html lang=\"it\">");
        String cookie = switched.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("language=it", "HttpOnly", "SameSite=Lax");
        assertThat(send(HttpRequest.newBuilder(URI.create(link))
                                .header("Accept-Language", "de")
                                .header("Cookie", "language=it"))
                        .body())
                .contains("<html lang=\"it\">");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xx", "", "it%0d%0aX-Evil:1", "%3Cscript%3E", "en-US-x-very-long-private-use"})
    void aLanguageThatThereIsNotIsNone(String language) {
        String link = link(pending());

        HttpResponse<String> page = get(link + "?language=" + language);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<html lang=\"en\">");
        assertThat(send(HttpRequest.newBuilder(URI.create(link))
                                .header("Cookie", "language=" + language.replace("%", "")))
                        .body())
                .contains("<html lang=\"en\">");
    }

    @Test
    void letsTheApproverNameTheRightPerson() {
        String request = pending();
        String link = link(request);

        assertThat(post(link, passOn("")).body())
                .contains("Nothing has been decided yet", "Please name the email address of the right person");
        HttpResponse<String> wrong = post(link, passOn("boss at home"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("“boss at home” is not a valid email address", "value=\"boss at home\"");
        assertThat(post(link, passOn("pedro@alpine-reseller.example")).body())
                .contains("Nobody can decide with this address");
        assertThat(post(link, passOn(form.approver())).body()).contains("is your own address");
        assertThat(accounts.get(request).approverVersion()).isEqualTo(1);

        HttpResponse<String> passed = post(link, passOn("boss@" + form.domain()));
        assertThat(passed.statusCode()).isEqualTo(303);
        assertThat(get(link).statusCode()).isEqualTo(410);
        assertThat(get(link).body()).contains("This link is no longer valid").doesNotContain("boss@");
        jobs.drain(request);
        assertThat(get(mailbox.only(request, "boss@" + form.domain()).link()).body())
                .contains("Accept the Smart Account");
    }

    @Test
    void saysWhyARequestWasCanceled() {
        String request = pending();
        String link = link(request);
        tasklist.as(PAULA, () -> process.cancel(Seen.anyhow(request), "Ordered <twice>."));

        assertThat(get(link).statusCode()).isEqualTo(410);
        assertThat(get(link).body()).contains("This request was canceled", "Ordered &lt;twice&gt;.");
    }

    @Test
    void itsAddressStaysPrivate() {
        HttpResponse<String> page = get(link(pending()));

        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(page.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
    }

    @Test
    void saysSoWhenTheClickIsFasterThanTheEngineAndWorksMomentsLater() {
        String request = tasklist.submit(PAULA, form);
        String link = links.to(new ActivationLink(request, 1)).toString();

        assertThat(get(link).statusCode()).isEqualTo(200);
        assertThat(get(link).body()).contains("One moment, please", "http-equiv=\"refresh\"");
        assertThat(get(follow(post(link, ACCEPT))).body()).contains("One moment, please");

        jobs.drain(request);
        assertThat(get(link).body()).contains("Accept the Smart Account");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "SAR-000001", "SAR-000001.1.", "SAR-000001.1.%F0%9F%98%80", "..%2f..", "%00"})
    void anythingElseIsTheSamePageNotFound(String token) {
        HttpResponse<String> page = get(link(token, ""));

        assertThat(page.statusCode()).isIn(400, 404);
        assertThat(page.body()).doesNotContain("Exception", "org.smartaccounts");
    }

    @Test
    void aForgedLinkIsAnsweredAlikeWhetherOrNotTheRequestExists() {
        String genuine = link(pending());
        String forged = genuine.substring(0, genuine.length() - 2) + (genuine.endsWith("AA") ? "BB" : "AA");
        String ofNobody = links.to(new ActivationLink("SAR-999999999", 1)).toString();
        String anotherVersion = genuine.replace(".1.", ".2.");
        String spelledOtherwise = genuine.replace(".1.", ".01.");

        HttpResponse<String> unknown = get(ofNobody);
        assertThat(unknown.statusCode()).isEqualTo(404);
        for (String bad : new String[] {forged, anotherVersion, spelledOtherwise, genuine + "A"}) {
            assertThat(get(bad).statusCode()).isEqualTo(404);
            assertThat(page(get(bad))).isEqualTo(page(unknown));
            assertThat(post(bad, ACCEPT).statusCode()).isEqualTo(404);
            assertThat(page(post(bad, ACCEPT))).isEqualTo(page(unknown));
        }
        assertThat(page(post(ofNobody, ACCEPT))).isEqualTo(page(unknown));
    }

    /** Without what is made anew for each page that is shown, and without what a link says that only we can make. */
    private static String page(HttpResponse<String> answer) {
        return answer.body().replaceAll("value=\"[^\"]+\"", "").replaceAll("/report/[^\"]+", "/report");
    }

    @Test
    void whatAPartnerTypedIsShownLiterally() {
        String request = tasklist.submit(
                PAULA,
                form.with("accountName", "<script>alert(1)</script> ${1000003*7} [[${1000003*7}]] __${1000003*7}__")
                        .with("noteToCustomer", "</dd><img src=x onerror=alert(1)> #{product} {0}"));
        jobs.drain(request);

        String page = get(link(request)).body();

        assertThat(page)
                .contains(
                        "&lt;script&gt;alert(1)&lt;/script&gt; ${1000003*7} [[${1000003*7}]] __${1000003*7}__",
                        "&lt;/dd&gt;&lt;img src=x onerror=alert(1)&gt; #{product} {0}")
                .doesNotContain("<script", "<img src=x", "7000021");
    }

    private String pending() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        return request;
    }

    private String link(String request) {
        return mailbox.only(request, form.approver()).link();
    }

    private String link(String token, String rest) {
        String any = links.to(new ActivationLink("SAR-000000", 1)).toString();
        return any.substring(0, any.lastIndexOf('/') + 1) + token + rest;
    }

    private HttpResponse<String> get(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)));
    }

    private static Map<String, String> passOn(String email) {
        return Map.of("decision", "passOn", "email", email);
    }

    private HttpResponse<String> post(String url, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String follow(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(303);
        return answer.uri()
                .resolve(answer.headers().firstValue("Location").orElseThrow())
                .toString();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return browser.send(request.header("Accept", "text/html").build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
