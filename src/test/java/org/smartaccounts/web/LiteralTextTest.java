package org.smartaccounts.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.PAULA;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.development.Mailbox.Received;
import org.smartaccounts.request.ActivationLink;
import org.smartaccounts.request.ActivationLinks;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.Browser;
import org.smartaccounts.support.RequestForm;
import org.smartaccounts.support.Visitor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.util.HtmlUtils;

/** What somebody typed, where others read it: it is text on the page, in emails, in Tasklist and in Cockpit, and nothing that is acted upon. */
class LiteralTextTest extends ApplicationTest {

    private static final String NAME =
            "=1+1{{7*7}}${7*7}<b class=pwned>x</b><img src=x onerror=document.body.id='pwned'>";
    private static final String NOTE =
            "**bold** [link](javascript:alert(1)) " + NAME + "<script>document.body.id='pwned'</script>";
    /** What would be run, if anything were. */
    private static final String ACTIVE = "<script>pwned=1</script><img src=x onerror=pwned=1>\"'><svg/onload=pwned=1>"
            + "${1000003*7} #{1000003*7} {{1000003*7}} [[${1000003*7}]] __${1000003*7}__ *{1000003*7} T(java.lang.Runtime)";

    private static final String FORMULA = "=1+1 = \"x\" =string(1000003*7)";

    private static final Set<String> HEADERS = Set.of(
            "return-path",
            "received",
            "date",
            "from",
            "to",
            "message-id",
            "subject",
            "mime-version",
            "content-type",
            "content-language",
            "smart-account-email",
            "auto-submitted");

    private static final By ACTED_UPON = By.cssSelector("#pwned, .pwned, a[href^='javascript:alert']");

    @Autowired
    SmartAccounts accounts;

    @Autowired
    ActivationLinks links;

    private final RequestForm form = RequestForm.forNewCustomer();

    @Test
    void whatAPartnerTypedIsTextInTasklistAndInCockpit() {
        Assumptions.assumeTrue(Browser.executable().isPresent(), "no Chromium or Chrome was found");
        // The address is wrong, so that the problem is shown that names it.
        String request = tasklist.request(
                PAULA,
                RequestForm.forNewCustomer()
                        .with("accountName", NAME)
                        .with("customerEmail", "<b class=pwned>x</b>")
                        .with("noteToCustomer", NOTE)
                        .with("noteToUsers", NOTE));
        assertThat(accounts.get(request).details().accountName()).isEqualTo(NAME);
        String instance = Objects.requireNonNull(tasklist.instance(request)).getId();

        try (Browser browser = Browser.open()) {
            logIn(browser, PAULA, "/camunda/app/tasklist/default/");
            By card = By.xpath("//li[contains(@class, 'task')][contains(., '{{7*7}}')]");
            browser.reloadUntilSeen(card);
            assertThat(browser.see(card).getText()).contains(NAME);
            browser.click(card);
            assertThat(value(browser, "accountName")).isEqualTo(NAME);
            assertThat(value(browser, "noteToCustomer")).isEqualTo(NOTE);
            assertThat(value(browser, "problems")).contains("<b class=pwned>x</b>");
            assertThat(browser.sees(ACTED_UPON)).isFalse();
            browser.screenshot("22-review-of-markup");

            browser.forgetEverything();
            logIn(browser, "admin", "/camunda/app/cockpit/default/#/process-instance/%s/runtime".formatted(instance));
            browser.see(NAME);
            browser.click(By.xpath("//a[normalize-space() = 'Variables']"));
            browser.see(NOTE);
            assertThat(browser.sees(ACTED_UPON)).isFalse();
            browser.screenshot("23-cockpit-of-markup");
        }
    }

    @Test
    void whatWouldBeRunIsShownInsteadOnThePageAndInEveryEmail() {
        String user = "${7*7}#{7*7}=1+1@" + form.domain();
        String name = FORMULA + "<img src=x onerror=pwned=1>${1000003*7}{{1000003*7}}[[${1000003*7}]]";
        String request = tasklist.submit(
                PAULA,
                form.with("accountName", name)
                        .with("noteToCustomer", ACTIVE + FORMULA)
                        .with("noteToUsers", "Users: " + ACTIVE + FORMULA)
                        .with("userEmails", user));
        jobs.drain(request);
        String link = "/activation/" + link(request);
        Visitor customer = new Visitor(url);

        assertIsOnlyShown(customer.get(link).body(), name, ACTIVE, "Users: " + ACTIVE, user);
        HttpResponse<String> refused = customer.submit(
                link, Map.of("decision", "decline", "reason", ACTIVE, "note", "Refused: " + ACTIVE + FORMULA));
        assertIsOnlyShown(refused.body(), "Refused: " + ACTIVE);
        assertIsOnlyShown(
                customer.submit(link, Map.of("decision", "passOn", "email", ACTIVE))
                        .body(),
                ACTIVE);
        customer.submit(link, Map.of("decision", "decline", "reason", "OTHER", "note", "No: " + ACTIVE + FORMULA));
        jobs.drain(request);

        List<Received> emails = mailbox.about(request);
        assertThat(emails).hasSizeGreaterThanOrEqualTo(3);
        for (Received email : emails) {
            assertThat(email.subject()).contains(name);
            assertThat(email.text()).contains(name).doesNotContain("7000021");
            assertIsOnlyShown(email.html(), name);
        }
        assertThat(emails.get(emails.size() - 1).text()).contains("No: " + ACTIVE);
        assertIsOnlyShown(customer.get(link).body(), name);
    }

    private static void assertIsOnlyShown(String html, String... texts) {
        String page = html.replace("&nbsp;", " ");
        assertThat(page)
                .doesNotContain("<script>pwned", "<img src=x", "<svg/onload", "7000021")
                .doesNotContain("onerror=\"", "onload=\"");
        assertThat(page.replaceAll("\"[^\"]*\"", "")).doesNotContainPattern("<[^>]*\\son(error|load)=");
        for (String text : texts) {
            assertThat(HtmlUtils.htmlUnescape(page)).contains(text);
        }
    }

    @Test
    void anEmailHasOneRecipientAndNoHeaderThatSomebodyTyped() throws MessagingException {
        String injection =
                "Name\r\nBcc: evil@evil.example\r\nReply-To: evil@evil.example\nSubject: x\u2028\u0085To: y\r\n\r\n<b>Body";
        String request = tasklist.submit(
                PAULA,
                form.with("accountName", injection)
                        .with("noteToCustomer", injection)
                        .with("noteToUsers", injection));
        jobs.drain(request);
        Visitor customer = new Visitor(url);
        String link = "/activation/" + link(request);
        assertThat(customer.submit(
                                link,
                                Map.of(
                                        "decision",
                                        "passOn",
                                        "email",
                                        "boss@%s\r\nBcc: evil@evil.example".formatted(form.domain())))
                        .statusCode())
                .isEqualTo(422);
        customer.submit(link, Map.of("decision", "decline", "reason", "OTHER", "note", injection));
        jobs.drain(request);

        List<Received> emails = mailbox.about(request);
        assertThat(emails).hasSizeGreaterThanOrEqualTo(3);
        for (Received email : emails) {
            assertThat(email.message().getAllRecipients()).hasSize(1);
            assertThat(email.subject()).contains("Name Bcc: evil@evil.example").doesNotContain("\r", "\n");
            List<String> names = Collections.list(email.message().getAllHeaders()).stream()
                    .map(Header::getName)
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .toList();
            assertThat(names).isSubsetOf(HEADERS).doesNotHaveDuplicates();
            assertThat(email.message().getHeader("To", null)).doesNotContain("evil");
        }
        assertThat(mailbox.all()).noneMatch(email -> email.to().contains("evil"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anna@x.example\r\nBcc: evil@evil.example",
                "anna@x.example, evil@evil.example",
                "<anna@x.example>",
                "\"a\\\r\n b\"@x.example"
            })
    void anAddressIsOneAddress(String address) {
        String request = tasklist.request(PAULA, form.with("customerEmail", address));

        assertThat(tasklist.shown(request, "problems")).contains("is not a valid email address");
    }

    private String link(String request) {
        String path = links.to(new ActivationLink(request, 1)).getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private void logIn(Browser browser, String user, String page) {
        browser.go(url + "/login");
        browser.type(By.id("username"), user);
        browser.type(By.id("password"), password);
        browser.click(By.cssSelector("button.primary"));
        browser.seeNo(By.id("password"));
        browser.go(url + page);
    }

    private static String value(Browser browser, String field) {
        return String.valueOf(
                browser.see(By.cssSelector("[id$=Field_%s]".formatted(field))).getDomProperty("value"));
    }
}
