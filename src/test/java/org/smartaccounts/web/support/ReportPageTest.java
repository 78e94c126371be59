package org.smartaccounts.web.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.smartaccounts.support.Tasklist.PAULA;
import static org.smartaccounts.support.Tasklist.SAM;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smartaccounts.access.People;
import org.smartaccounts.access.RateLimits;
import org.smartaccounts.link.DeskProperties;
import org.smartaccounts.link.ReportLinks;
import org.smartaccounts.link.Signatures;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.ReportForm;
import org.smartaccounts.support.RequestForm;
import org.smartaccounts.support.ShownForm;
import org.smartaccounts.support.SupportDesk;
import org.smartaccounts.support.Visitor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.server.ResponseStatusException;

/** Reporting a problem: from wherever somebody is, with the request known by itself, and nothing lost whatever is wrong. */
class ReportPageTest extends ApplicationTest {

    private static final String TASK = "Activity_answerSupportCase";
    private static final String COULD_NOT_TELL = "We could not tell whether a person or a program sent this";
    private static final AtomicInteger REPORTERS = new AtomicInteger();

    @Autowired
    TaskService tasks;

    @Autowired
    FormService forms;

    @Autowired
    IdentityService identity;

    @Autowired
    RateLimits limits;

    @Autowired
    Signatures signatures;

    @Autowired
    SupportDesk desk;

    @Autowired
    FormSeals seals;

    @Autowired
    People people;

    private final String reporter = "remo.%d@reporter.example".formatted(REPORTERS.incrementAndGet());
    private final RequestForm form = RequestForm.forNewCustomer();
    private Visitor visitor = new Visitor("");

    @BeforeEach
    void open() {
        visitor = new Visitor(url);
    }

    @Test
    void fromTheActivationPageTheRequestIsKnownAndSupportSeesEverythingAboutIt() {
        String request = pending();
        String activation = mailbox.only(request, form.approver()).link().replaceFirst("https?://[^/]+", "");
        String link = reportLink(visitor.get(activation).body());
        assertThat(link).startsWith("/report/" + request + ".");
        String page = visitor.get(link).body();
        assertThat(page)
                .contains("This is about the request " + request)
                .doesNotContain("name=\"request\"", form.domain());

        String number = ReportForm.at(visitor, link, clock)
                .with("words", "I cannot accept.")
                .with("email", reporter)
                .report();

        assertThat(shown(number, "requestFacts"))
                .contains("came from a page or an email", request, "Status: Pending", "days left", form.domain())
                .contains("Paula Romano", "paula@alpine-reseller.example", "Approver: " + form.approver());
        assertThat(shown(number, "requestEmails"))
                .contains("Your decision is needed", form.approver(), "Accepted by the mail server");
        assertThat(shown(number, "requestLink")).isEqualTo(url + "/requests/" + request);
    }

    @Test
    void aLinkThatNobodyKnowsLeadsToTheFormThatAsks() {
        assertThat(reportLink(visitor.get("/activation/unknown").body())).isEqualTo("/report");
        assertThat(visitor.get("/report/SAR-000001.forged").body()).contains("name=\"request\"");
    }

    @Test
    void everyEmailLeadsToTheFormAndGivesNothingAway() {
        String request = pending();
        for (var email : mailbox.about(request)) {
            Matcher link =
                    Pattern.compile(Pattern.quote(url) + "(/report/\\S+)").matcher(email.text());
            assertThat(link.find()).as(email.template()).isTrue();
            assertThat(email.html()).as(email.template()).contains("href=\"" + url + link.group(1) + "\"");
            HttpResponse<String> page = visitor.get(link.group(1));
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains(request).doesNotContain(form.domain());
            // Of another purpose: nobody can decide with it.
            assertThat(visitor.get(link.group(1).replace("/report/", "/activation/"))
                            .statusCode())
                    .isEqualTo(404);
            assertThat(visitor.get(link.group(1).replace("/report/", "/case/")).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void whoIsLoggedInIsKnown() {
        String request = pending();
        Visitor paula = loggedIn(PAULA);
        assertThat(reportLink(paula.get("/requests").body())).isEqualTo("/report");
        String link = reportLink(paula.get("/requests/" + request).body());
        assertThat(link).startsWith("/report/" + request + ".");
        assertThat(paula.get(link).body()).contains("value=\"paula@alpine-reseller.example\"");

        String number = ReportForm.at(paula, link, clock)
                .with("words", "Where is it?")
                .with("email", "paula@alpine-reseller.example")
                .report();

        assertThat(shown(number, "caseReporter"))
                .contains("paula@alpine-reseller.example", "logged in as Paula Romano");
    }

    @Test
    void aNumberThatWasOnlyTypedIsShownAsThat() {
        String request = pending();

        String known = form("Something.")
                .with("request", request.toLowerCase(Locale.ROOT))
                .report();
        String unknown = form("Something else.").with("request", "SAR-99999999").report();
        String none = form("Anything.").report();

        assertThat(shown(known, "requestFacts")).contains("nobody has proved", request);
        assertThat(shown(unknown, "requestFacts")).contains("SAR-99999999. There is no such request");
        assertThat(shown(unknown, "requestLink")).isEmpty();
        assertThat(shown(none, "requestFacts")).contains("names no request");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            words   | ''                                       | Please write what happened
            words   | LONG                                     | room for 4,000 characters
            email   | ''                                       | Please enter an email address
            email   | nobody                                   | Please enter an email address
            email   | 'a@reporter.example,b@victim.example'    | Please enter an email address
            request | 12                                       | looks like SAR-000123
            """)
    void whatIsWrongIsSaidBesideTheFieldAndNothingIsLost(String field, String typed, String words) {
        String text = typed.equals("LONG") ? "<x>" + "y".repeat(4000) : typed;
        HttpResponse<String> answer = form("It <b>broke</b>.").with(field, text).send();

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains(
                        "id=\"%s-said\"".formatted(field),
                        words,
                        "href=\"#%s\"".formatted(field),
                        "aria-invalid=\"true\"")
                .contains(field.equals("words") ? text.replace("<x>", "&lt;x&gt;") : "It &lt;b&gt;broke&lt;/b&gt;.")
                .contains(field.equals("email") ? "value=\"" + text + "\"" : reporter);
    }

    @Test
    void aHeaderCannotBeSmuggledIn() {
        HttpResponse<String> answer = form("Hello.")
                .with("email", reporter + "\r\nBcc: victim@victim.example")
                .send();

        assertThat(answer.statusCode()).isEqualTo(422);
    }

    @Test
    void whoeverIsTooFastIsToldSoAndSendsItOnceMore() {
        ShownForm fast =
                ShownForm.at(visitor, "/report").with("words", "Quick words.").with("email", reporter);

        HttpResponse<String> answer = fast.send();
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains(COULD_NOT_TELL, ">Quick words.</textarea>", "value=\"" + reporter + "\"");

        clock.travel(Duration.ofSeconds(5));
        assertThat(fast.send().statusCode()).isEqualTo(303);
    }

    @Test
    void aProgramIsAnsweredAlikeWhateverGaveItAway() {
        HttpResponse<String> trapped =
                form("Buy!").with("website", "https://spam.example").send();
        HttpResponse<String> forged = form("Buy!").with("seal", "1.x.y").send();
        ReportForm stale = form("Buy!");
        clock.travel(Duration.ofDays(2));

        for (HttpResponse<String> answer : List.of(trapped, forged, stale.send())) {
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains(COULD_NOT_TELL).doesNotContain("spam.example");
        }
    }

    @Test
    void aFormSentTwiceIsOneCase() {
        ReportForm twice = form("Only once.");

        assertThat(twice.report()).isEqualTo(twice.report());
    }

    @Test
    void whoReportsVeryOftenIsToldToWaitAndLosesNothing() {
        for (int i = 0; i < 10; i++) {
            form("Again.").report();
        }

        HttpResponse<String> answer = form("And again.").send();
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).contains("very often in a short time", ">And again.</textarea>");
    }

    @Test
    void aRequestIsReportedOnlySoOftenADay() {
        String request = pending();
        String link = reportLink(loggedIn(PAULA).get("/requests/" + request).body());
        while (limits.tryReportAbout(request)) {
            // From many addresses.
        }

        HttpResponse<String> answer = ReportForm.at(visitor, link, clock)
                .with("words", "Me too.")
                .with("email", reporter)
                .send();

        assertThat(answer.statusCode()).isEqualTo(429);
    }

    @Test
    void supportDoesNotAnswerForTheOwnCompany() {
        String request = pending();
        String number = ReportForm.at(
                        visitor,
                        reportLink(loggedIn(PAULA).get("/requests/" + request).body()),
                        clock)
                .with("words", "The partner does not answer me.")
                .with("email", reporter)
                .report();
        Task task = tasklist.task(number, TASK);
        identity.createMembership(SAM, "alpine-reseller");
        try {
            assertThatThrownBy(() -> tasklist.as(SAM, () -> tasks.claim(task.getId(), SAM)))
                    .hasMessageContaining("of your own company");
            assertThatThrownBy(() ->
                            tasklist.as(SAM, () -> forms.submitTaskForm(task.getId(), Map.of("caseDecision", "close"))))
                    .hasMessageContaining("of your own company");
        } finally {
            identity.deleteMembership(SAM, "alpine-reseller");
        }
        tasklist.as(SAM, () -> tasks.claim(task.getId(), SAM));
    }

    @Test
    void whereTheCompanyHasItsOwnDeskEverythingLeadsThereAndThereIsNoForm() {
        ReportLinks own = new ReportLinks(signatures, new DeskProperties("https://desk.example"), url);

        assertThat(own.anywhere()).isEqualTo("https://desk.example");
        assertThat(own.about("SAR-000001")).isEqualTo("https://desk.example");
        assertThat(own.inEmail(Optional.of("SAR-000001"))).isEqualTo("https://desk.example");
        ReportController controller = new ReportController(own, signatures, desk, seals, limits, people);
        assertThatThrownBy(() -> controller.empty(null, null))
                .isInstanceOfSatisfying(
                        ResponseStatusException.class,
                        refusal -> assertThat(refusal.getStatusCode().value()).isEqualTo(404));
        assertThatThrownBy(() -> controller.thanked("x")).isInstanceOf(ResponseStatusException.class);
    }

    private ReportForm form(String words) {
        return ReportForm.at(visitor, "/report", clock).with("words", words).with("email", reporter);
    }

    private String pending() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        return request;
    }

    private static String reportLink(String page) {
        Matcher link =
                Pattern.compile("<a href=\"([^\"]+)\">Report a problem</a>").matcher(page);
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    private String shown(String number, String variable) {
        return String.valueOf(tasks.getVariable(tasklist.task(number, TASK).getId(), variable));
    }
}
