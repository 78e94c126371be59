package org.smartaccounts.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.smartaccounts.support.Tasklist.PAULA;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smartaccounts.email.Email;
import org.smartaccounts.email.EmailKey;
import org.smartaccounts.email.EmailLedger;
import org.smartaccounts.email.LedgerEntry;
import org.smartaccounts.email.Mailer;
import org.smartaccounts.email.Occurrence;
import org.smartaccounts.request.ActivationLink;
import org.smartaccounts.request.ActivationLinks;
import org.smartaccounts.request.ProcessElements;
import org.smartaccounts.request.RequestProcess;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.RequestForm;
import org.smartaccounts.support.Visitor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whatever fails, the log says which request it was, and nothing of what people typed, were sent or log in with. */
@ExtendWith(OutputCaptureExtension.class)
class LogTest extends ApplicationTest {

    private static final String INSTRUCTIONS = "Activity_sendActivationInstructions";
    private static final String TO_CUSTOMER = "Between the two of us";
    private static final String TO_USERS = "Your first password is";
    private static final String ACCOUNT = "Secret project";

    @Autowired
    EmailLedger ledger;

    @Autowired
    Mailer mailer;

    @Autowired
    RequestProcess process;

    @Autowired
    ActivationLinks links;

    @Autowired
    RuntimeService runtime;

    @Autowired
    RepositoryService repository;

    @Autowired
    JdbcClient jdbc;

    private final RequestForm form = RequestForm.forNewCustomer()
            .with("accountName", ACCOUNT)
            .with("noteToCustomer", TO_CUSTOMER)
            .with("noteToUsers", TO_USERS);
    private final List<String> secrets = new ArrayList<>();

    @BeforeEach
    void nothingOfTheForm() {
        secrets.addAll(List.of(form.domain(), ACCOUNT, TO_CUSTOMER, TO_USERS, password));
    }

    /** What the test's mail server complains about goes to the other stream. */
    @AfterEach
    void saysNothingOfWhatIsNobodysBusiness(CapturedOutput log) {
        assertThat(leaks(log)).isEmpty();
    }

    private List<String> leaks(CapturedOutput log) {
        return log.getOut()
                .lines()
                .filter(line -> secrets.stream().anyMatch(line::contains))
                .toList();
    }

    @Test
    void anAddressThatIsRefusedForNowUntilItIsGivenUp(CapturedOutput log) {
        String request = submitted();
        String answer = "450 4.2.1 <%s>: %s is busy".formatted(form.approver(), form.domain());
        relay.refuse(form.approver(), answer);

        for (int tries = 1; tries <= 5; tries++) {
            jobs.runAndLog(request, INSTRUCTIONS);
        }

        assertThat(log.getOut()).contains("450 4.2.1");
        assertThat(linesAbout(request, log)).hasSizeGreaterThanOrEqualTo(5);
        assertThat(ledger.of(request)).extracting(LedgerEntry::lastAnswer).contains(answer);
    }

    @Test
    void anAddressThatIsRefusedForGood(CapturedOutput log) {
        String request = submitted();
        relay.refuse(form.approver(), "550 5.1.1 <%s>: unknown".formatted(form.approver()));
        jobs.runAndLog(request, INSTRUCTIONS);
        jobs.drain(request);

        tasklist.correct(PAULA, request, Map.of("correction", "correct", "newApprover", "right@" + form.domain()));
        jobs.drain(request);
        process.accept(new ActivationLink(request, 2));
        relay.refuse("bruno@" + form.domain(), "550 5.1.1 <bruno@%s>: unknown".formatted(form.domain()));
        jobs.drain(request);

        assertThat(tasklist.instance(request)).isNull();
    }

    @Test
    void aMailServerThatIsDown(CapturedOutput log) {
        String request = submitted();
        relay.goDown();
        try {
            jobs.runAndLog(request, INSTRUCTIONS);
        } finally {
            relay.comeBack();
        }

        assertThat(linesAbout(request, log)).isNotEmpty();
        assertThat(log.getOut()).contains("Connection refused");
    }

    @Test
    void aMailServerThatFallsSilentOrHangsUp(CapturedOutput log) {
        String request = submitted();
        relay.keepSilentAbout(form.approver());
        jobs.runAndLog(request, INSTRUCTIONS);
        assertThat(linesAbout(request, log)).hasSize(1);

        relay.cutInTheMiddleOf(form.approver());
        jobs.runAndLog(request, INSTRUCTIONS);
        assertThat(linesAbout(request, log)).hasSize(2);

        relay.cutAfterAcceptanceOf(form.approver());
        jobs.runAndLog(request, INSTRUCTIONS);
        assertThat(linesAbout(request, log)).hasSize(3);
    }

    /** What the database says of a row that it does not take contains the row. */
    @ParameterizedTest
    @ValueSource(strings = {"email", "timeline_entry", "act_ru_variable", "act_ru_job", "smart_account"})
    void aDatabaseThatTakesNothing(String table, CapturedOutput log) {
        String request = submitted();
        jdbc.sql("ALTER TABLE %s ADD CONSTRAINT out_of_order CHECK (false) NOT VALID".formatted(table))
                .update();
        try {
            jobs.runAndLog(request, INSTRUCTIONS);
            Visitor paula = loggedIn(PAULA);
            start(paula);
            // With words of its own, and nobody logged in.
            paula.submit(
                    path(request),
                    Map.of("decision", "decline", "reason", "OTHER", "note", TO_CUSTOMER + " " + form.approver()));
            paula.submit(path(request), Map.of("decision", "passOn", "email", "boss@" + form.domain()));
        } finally {
            jdbc.sql("ALTER TABLE %s DROP CONSTRAINT out_of_order".formatted(table))
                    .update();
        }
    }

    @Test
    void twoLiveAccountsForADomain() {
        String request = submitted();

        assertThatThrownBy(() -> jdbc.sql("""
                        INSERT INTO smart_account SELECT (jsonb_populate_record(a,
                            '{"request_number": "SAR-999999999"}')).* FROM smart_account a WHERE request_number = ?""").param(request).update())
                .hasMessageContaining("one_live_account_a_domain")
                .hasMessageNotContaining(form.domain());
    }

    @Test
    void anEmailThatCannotBeWritten() {
        EmailKey key = new EmailKey(submitted(), "welcome", "<" + form.approver());

        assertThatThrownBy(() -> mailer.send(new Email(key, Locale.ENGLISH, Map.of()), new Occurrence(1, 0, 0)))
                .hasMessageContaining(key.about())
                .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain(form.domain()));
    }

    @Test
    void aFormThatIsRefused() {
        Visitor paula = loggedIn(PAULA);
        form.with("customerEmail", "anna at " + form.domain()).with("userEmails", "bruno at " + form.domain());

        assertThat(start(paula).statusCode()).isEqualTo(200);
        String path = "/camunda/api/engine/engine/default/process-definition/key/%s/submit-form"
                .formatted(ProcessElements.PROCESS);
        String body = "{\"variables\": {\"customerEmail\": {\"value\": \"%s".formatted(form.approver());
        paula.call("POST", path, body);
        String own = startPath();
        assertThat(paula.call("POST", own, body).statusCode()).isGreaterThanOrEqualTo(400);
        paula.call("POST", own, body + "\", \"type\": \"Integer\"}}}");
        paula.call("POST", own, body + "\\u0000\"}}}");
        paula.call("POST", own, "{\"%s\": 1}".formatted(form.approver()));
    }

    @Test
    void activationLinksThatWereDamagedOnTheirWay() throws IOException {
        String request = submitted();
        jobs.drain(request);
        String path = path(request);
        Visitor somebody = new Visitor(url);

        Stream.of("x", "%00", "%3E", ";x=1", "/", "/more", "//", "%2F..", "%0A", ".html", "?x=%25")
                .forEach(end -> somebody.get(path + end));
        somebody.get("/" + path);
        somebody.get("/camunda" + path);
        somebody.get(path.replace("activation", "Activation"));
        for (String method : List.of("PUT", "DELETE", "PATCH", "TRACE")) {
            somebody.call(method, path, "{\"note\": \"%s\"}".formatted(TO_CUSTOMER));
        }
        somebody.send(HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofString("--x\r\n" + TO_CUSTOMER)));
        somebody.send(HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "nonsense")
                .header("Accept", "application/x-nonsense")
                .POST(BodyPublishers.ofString(TO_CUSTOMER)));
        somebody.submit(path, Map.of("decision", "decline", "note", TO_CUSTOMER.repeat(10_000)));
        for (String end : List.of(">", "|", "\"", "<" + form.approver() + ">", "\u00e9", "%zz", "\\")) {
            raw("GET " + path + end + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            raw("GET " + path + " HTTP/1.1\r\nHost: localhost" + end + "\r\n\r\n");
            raw("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nX" + end + ": " + form.approver() + "\r\n\r\n");
        }
    }

    @Test
    void formsAndCookiesThatWereDamagedOnTheirWay() throws IOException {
        String request = submitted();
        jobs.drain(request);
        String session = loggedIn(PAULA).cookie("session");
        String fields = "decision=decline&note=%zz" + form.approver() + "&=" + form.approver();

        raw("GET " + path(request) + "?" + fields + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        raw("POST " + path(request) + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + fields.length()
                + "\r\n\r\n" + fields);
        raw("GET /login HTTP/1.1\r\nHost: localhost\r\nCookie: a=\"b\"" + session + "\r\n\r\n");
        raw("GET /login HTTP/1.1\r\nHost: localhost\r\nCookie: session=" + session + "\"\u0001; b\r\n\r\n");
    }

    @Test
    void loginsThatFail() {
        Visitor paula = new Visitor(url);
        assertThat(paula.logIn(PAULA, TO_USERS).statusCode()).isEqualTo(401);
        paula.logIn(form.approver(), password);
        paula.logIn(form.approver() + "\0", password + "\0");
        paula.logIn(form.approver().repeat(1000), password);
        paula.submit("/login", Map.of("username", form.approver(), "password", password));
        paula.submit("/login?username=%s&password=%s".formatted(form.approver(), password), Map.of());
        loggedIn(PAULA).get("/camunda/app/cockpit/default/?" + form.domain());
    }

    @Test
    void anAdministratorWhoDeletesARequest() {
        String request = submitted();
        jobs.drain(request);
        String instance = Objects.requireNonNull(tasklist.instance(request)).getId();

        tasklist.as("admin", () -> runtime.deleteProcessInstance(instance, TO_CUSTOMER, false));
    }

    private String submitted() {
        String request = tasklist.submit(PAULA, form);
        secrets.add(path(request).substring(path(request).lastIndexOf('.') + 1));
        return request;
    }

    private String path(String request) {
        return links.to(new ActivationLink(request, 1)).getPath();
    }

    /** Her session, and the tokens of her forms, are secrets too. */
    @Override
    protected Visitor loggedIn(String user) {
        Visitor visitor = super.loggedIn(user);
        Stream.of("session", "XSRF-TOKEN", "form-token")
                .map(visitor::cookie)
                .filter(value -> !value.isEmpty())
                .forEach(secrets::add);
        assertThat(visitor.cookie("session")).isNotEmpty();
        return visitor;
    }

    private String startPath() {
        return "/camunda/api/engine/engine/default/process-definition/%s/submit-form"
                .formatted(repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey(ProcessElements.PROCESS)
                        .latestVersion()
                        .singleResult()
                        .getId());
    }

    private HttpResponse<String> start(Visitor visitor) {
        String fields = form.fields().entrySet().stream()
                .map(field -> "\"%s\": {\"value\": \"%s\"}"
                        .formatted(
                                field.getKey(), String.valueOf(field.getValue()).replace("\n", "\\n")))
                .collect(Collectors.joining(", "));
        return visitor.call("POST", startPath(), "{\"variables\": {%s}}".formatted(fields));
    }

    private void raw(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort())) {
            socket.setSoTimeout(2000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getInputStream().read();
        }
    }

    private static String stackTrace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    /** The warnings that show the request's number. */
    private static List<String> linesAbout(String request, CapturedOutput log) {
        return log.getOut()
                .lines()
                .filter(line -> line.contains(" WARN ") && line.contains(request))
                .toList();
    }
}
