package org.smartaccounts.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.NINA;
import static org.smartaccounts.support.Tasklist.PAULA;
import static org.smartaccounts.support.Tasklist.PEDRO;
import static org.smartaccounts.support.Tasklist.SAM;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.RequestForm;
import org.smartaccounts.support.ShownForm;
import org.smartaccounts.support.Visitor;
import org.springframework.beans.factory.annotation.Autowired;

/** A partner asks on the requests page: what is wrong is said beside the fields, and one form is one request. */
class NewRequestPageTest extends ApplicationTest {

    private static final String NEW = "/requests/new";

    @Autowired
    SmartAccounts accounts;

    private final RequestForm form = RequestForm.forNewCustomer();

    @Test
    void whatIsAskedForWaitsForItsReview() {
        Visitor paula = loggedIn(PAULA);

        HttpResponse<String> asked = filledIn(paula).send();

        String request = requestOf(asked);
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.IN_REVIEW);
        assertThat(accounts.get(request).requester().id()).isEqualTo(PAULA);
        assertThat(paula.get("/requests/" + request).body())
                .contains("Ready to be sent", form.approver(), "As agreed on the telephone.", "carla@" + form.domain());
    }

    @Test
    void whatIsWrongIsSaidBesideTheFieldsAndNothingIsLost() {
        Visitor paula = loggedIn(PAULA);

        HttpResponse<String> refused = filledIn(paula)
                .with("accountName", " ")
                .with("customerEmail", "anna@")
                .with("accountDomain", "gmail.com")
                .with("noteToUsers", "Long & \"quoted\" <b>note</b>\r\nin two lines")
                .with("userEmails", "nobody")
                .send();

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("What has to be mended", "autofocus", "href=\"#accountName\"", "href=\"#accountDomain\"")
                .containsPattern(
                        "(?s)id=\"customerEmail-said\">\\s*<p class=\"mistake\">Customer email: “anna@” is not")
                .containsPattern(
                        "(?s)id=\"accountDomain-said\">\\s*<p class=\"mistake\">Account domain: gmail.com belongs")
                .contains(
                        "value=\"anna@\"",
                        "Long &amp; &quot;quoted&quot; &lt;b&gt;note&lt;/b&gt;",
                        ">nobody</textarea>");
        assertThat(openOfAlpine()).isZero();
    }

    @Test
    void aRemarkStopsNobody() {
        Visitor paula = loggedIn(PAULA);
        ShownForm asking = filledIn(paula).with("customerEmail", "info@" + form.domain());

        String request = requestOf(asking.send());

        assertThat(paula.get("/requests/" + request).body())
                .containsPattern(
                        "(?s)id=\"customerEmail-said\">\\s*<p class=\"remark\">The address info@\\S+ looks like a shared");
        assertThat(filledIn(paula)
                        .with("customerEmail", "info@" + form.domain())
                        .with("accountName", "")
                        .send()
                        .body())
                .contains("class=\"remark\"");
    }

    @Test
    void anAddressElsewhereNeedsAReason() {
        Visitor paula = loggedIn(PAULA);
        ShownForm asking = filledIn(paula).with("customerEmail", "boss@elsewhere.example");

        HttpResponse<String> refused = asking.send();

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .containsPattern("(?s)id=\"justification-said\">\\s*<p class=\"mistake\">The address boss@");
        assertThat(requestOf(asking.with("justification", "She owns it.").send()))
                .startsWith("SAR-");
    }

    @Test
    void aFormThatIsSentTwiceIsOneRequest() {
        Visitor paula = loggedIn(PAULA);
        ShownForm asking = filledIn(paula);

        List<String> requests =
                Stream.of(1, 2, 3, 4).map(click -> CompletableFuture.supplyAsync(asking::send)).toList().stream()
                        .map(answer -> requestOf(answer.join()))
                        .distinct()
                        .toList();

        assertThat(requests).hasSize(1);
        // The back button, and what was changed then does not count: the page shows what became of the form.
        assertThat(requestOf(asking.with("accountName", "").send())).isEqualTo(requests.get(0));
        assertThat(openOfAlpine()).isOne();
        // A number is nobody else's, and what is no number is a new form.
        assertThat(requestOf(sameNumber(loggedIn(PEDRO)))).isNotIn(requests);
    }

    private HttpResponse<String> sameNumber(Visitor other) {
        String number = database.sql("SELECT form FROM sent_form ORDER BY request_number DESC LIMIT 1")
                .query(String.class)
                .single();
        return ShownForm.at(other, NEW)
                .with(RequestForm.forNewCustomer().fields())
                .with("form", number)
                .send();
    }

    @Test
    void whoIsNoPartnerReadsWhyNot() {
        Visitor sam = loggedIn(SAM);

        HttpResponse<String> page = sam.get(NEW);
        HttpResponse<String> refused = sam.submit(NEW, Map.of("_csrf", sam.token("/logout")));

        assertThat(List.of(page.statusCode(), refused.statusCode())).containsOnly(403);
        assertThat(page.body())
                .contains("Only partners can ask for a Smart Account")
                .doesNotContain("<form");
        assertThat(sam.get("/requests/new/hint?accountDomain=gmail.com").body()).doesNotContain("gmail.com");
    }

    @Test
    void aRequestOfAnotherCompanyFillsNothingIn() {
        String request = tasklist.request(PAULA, form);

        assertThat(loggedIn(NINA).get(NEW + "?like=" + request).body()).doesNotContain(form.domain());
        assertThat(loggedIn(NINA).get(NEW + "?like=%27%20x").statusCode()).isEqualTo(200);
    }

    @Test
    void theHintSaysWhatTheRulesSayAndWhatTheOwnCompanyHas() {
        Visitor paula = loggedIn(PAULA);
        String request = tasklist.submit(PEDRO, form);

        assertThat(hint(paula, "gmail.com", "").body()).contains("a mail provider that anybody can use");
        assertThat(hint(paula, "customer.example", "boss@elsewhere.example").body())
                .contains("The address boss@elsewhere.example is not at customer.example");
        assertThat(hint(paula, form.domain().toUpperCase(java.util.Locale.ROOT), "")
                        .body())
                .contains("Your company has asked for this domain already", "href=\"/requests/" + request + "\"");
        assertThat(hint(paula, "custom", "anna").body().strip())
                .as("Who is still typing is not told that it is wrong")
                .isEmpty();
        assertThat(hint(loggedIn(NINA), form.domain(), form.approver()).body().strip())
                .as("What a stranger has is nobody's business")
                .isEmpty();
    }

    @Test
    void whatNobodyExpectsIsAnsweredInWords() {
        Visitor paula = loggedIn(PAULA);
        SoftAssertions softly = new SoftAssertions();
        for (String typed : List.of(
                "",
                "\0",
                " \u00a0\u3000 ",
                "before\0after",
                "\ud800 half \udc00",
                "%s%n {0} {1,number} {",
                "<script>alert(1)</script>",
                "${7*7} #{product} __${7*7}__ [[${7*7}]]",
                "'; DROP TABLE smart_account; --",
                "x".repeat(5_000),
                "👩‍👩‍👧‍👦 ".repeat(60))) {
            ShownForm asking = filledIn(paula);
            for (String field : form.fields().keySet()) {
                asking.with(field, typed);
            }
            HttpResponse<String> refused = asking.with("form", typed)
                    .with("customerLanguage", typed)
                    .with("justification", typed)
                    .send();
            softly.assertThat(refused.statusCode()).as(typed).isEqualTo(422);
            softly.assertThat(refused.body()).doesNotContain("<script>alert", "value=\"49\"", "Exception");
            // An address that is too long is no longer read.
            softly.assertThat(hint(paula, typed, typed).statusCode()).as(typed).isIn(200, 400);
            String request = tasklist.request(PAULA, form);
            ShownForm change = ShownForm.at(paula, "/requests/%s/change".formatted(request));
            for (String field : form.fields().keySet()) {
                change.with(field, typed);
            }
            softly.assertThat(change.send().statusCode()).as(typed).isEqualTo(303);
            softly.assertThat(paula.get("/requests/" + request).statusCode())
                    .as(typed)
                    .isEqualTo(200);
            softly.assertThat(
                            paula.get("/requests/%s/change".formatted(request)).statusCode())
                    .as(typed)
                    .isEqualTo(200);
        }
        softly.assertAll();
    }

    private ShownForm filledIn(Visitor visitor) {
        return ShownForm.at(visitor, NEW).with(form.fields());
    }

    private static HttpResponse<String> hint(Visitor visitor, String domain, String email) {
        return visitor.get("/requests/new/hint?accountDomain=%s&customerEmail=%s"
                .formatted(
                        URLEncoder.encode(domain, StandardCharsets.UTF_8),
                        URLEncoder.encode(email, StandardCharsets.UTF_8)));
    }

    private int openOfAlpine() {
        return database.sql("SELECT count(*) FROM smart_account WHERE account_domain = ?")
                .param(form.domain())
                .query(Integer.class)
                .single();
    }

    private static String requestOf(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow().replace("/requests/", "");
    }
}
