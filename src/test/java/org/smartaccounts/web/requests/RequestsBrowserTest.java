package org.smartaccounts.web.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.NINA;
import static org.smartaccounts.support.Tasklist.PAULA;
import static org.smartaccounts.support.Tasklist.PEDRO;
import static org.smartaccounts.support.Tasklist.SAM;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.smartaccounts.account.DeclineReason;
import org.smartaccounts.request.ActivationLink;
import org.smartaccounts.request.ProcessElements;
import org.smartaccounts.request.RequestProcess;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.Browser;
import org.smartaccounts.support.RequestForm;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What partners and licensing support do on the requests page, in a browser. Each kind of page is looked at wide and light, and on a
 * telephone in the dark: nobody is kept from using it, nothing is wider than the window, and pictures of both are kept.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestsBrowserTest extends ApplicationTest {

    private static final By NAME = By.id("accountName");
    private static final By DOMAIN = By.id("accountDomain");
    private static final By APPROVER = By.id("customerEmail");
    private static final By BUTTON = By.cssSelector("main form button.primary");
    private static final By SEARCH = By.id("search");

    @Autowired
    RequestProcess process;

    private final RequestForm customer = RequestForm.forNewCustomer();
    private @Nullable Browser opened;

    @BeforeAll
    void open() {
        opened = Browser.openIfFound();
    }

    @AfterAll
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    @Test
    void aPartnerAsksFollowsTakesBackAndAsksAgain() {
        logIn(PAULA);
        RequestForm form = RequestForm.forNewCustomer();
        String domain = form.domain();

        browser().click("New request");
        browser().type(NAME, "Kranich Logistik");
        browser().type(DOMAIN, "gmail.com");
        browser().see("belongs to a mail provider that anybody can use");
        browser().type(APPROVER, "anna at " + domain);
        browser().type(By.id("noteToCustomer"), "As agreed on the telephone.");
        browser().click(BUTTON);
        assertThat(browser().see(By.cssSelector("#customerEmail-said .mistake")).getText())
                .contains("is not a valid email address");
        assertThat(browser().see(By.cssSelector("#accountDomain-said .mistake")).getText())
                .contains("gmail.com");
        assertThat(browser().typed(By.id("noteToCustomer"))).isEqualTo("As agreed on the telephone.");
        look("new-request-with-mistakes");

        browser().type(DOMAIN, domain);
        browser().type(APPROVER, form.approver());
        browser().doubleClick(BUTTON);
        browser().see(By.id("review"));
        String request = numberAtTheEnd();
        assertThat(requestsFor(domain)).isOne();
        look("review");

        browser().click("Submit");
        look("confirm-submit");
        browser().click(BUTTON);
        browser().see("Smart Account Request Complete");
        browser().seePicture(By.cssSelector(".diagram img"));
        jobs.drain(request);
        browser().reload();
        browser().see("The customer can decide until");
        browser().seePicture(By.cssSelector(".diagram img"));
        look("submitted");
        browser().back();
        browser().reload();
        browser().see("This is not possible now");
        look("not-possible");
        assertThat(requestsFor(domain)).isOne();
        assertThat(emailsToApprover(request, form.approver())).isOne();

        browser().go(url + "/requests/" + request);
        browser().click(act("resend"));
        look("confirm-resend");
        browser().click(BUTTON);
        browser().see("The instructions are being sent again.");
        jobs.drain(request);
        browser().reload();
        browser().back();
        browser().reload();
        browser().see("The instructions were sent again less than an hour ago.");
        assertThat(emailsToApprover(request, form.approver())).isEqualTo(2);

        browser().click("Back to the request");
        browser().click(act("approver"));
        browser().type(By.id("email"), "pedro@alpine-reseller.example");
        browser().click(BUTTON);
        assertThat(browser().see(By.id("mistake")).getText()).contains("your own company");
        assertThat(browser().typed(By.id("email"))).isEqualTo("pedro@alpine-reseller.example");
        assertThat(browser().isFocused(By.id("email"))).isTrue();
        look("confirm-approver-refused");
        browser().type(By.id("email"), "berta@" + domain);
        browser().click(BUTTON);
        browser().see("The approver is changed");
        jobs.drain(request);
        assertThat(emailsToApprover(request, "berta@" + domain)).isOne();

        browser().click(act("cancel"));
        browser().click(BUTTON);
        browser().see("Please say why the request is canceled");
        look("confirm-cancel-refused");
        browser().type(By.id("reason"), "They have signed with somebody else.");
        browser().click(BUTTON);
        browser().see("The request is canceled");
        browser().see("They have signed with somebody else.");
        look("canceled");

        browser().click("Request again");
        assertThat(browser().typed(NAME)).isEqualTo("Kranich Logistik");
        assertThat(browser().typed(APPROVER)).isEqualTo("berta@" + domain);
        browser().click(BUTTON);
        browser().see(By.id("review"));
        browser().back();
        browser().click(BUTTON);
        browser().see(By.tagName("h1"));
        assertThat(requestsFor(domain)).isEqualTo(2);
    }

    @Test
    void whoActsOnAPageThatIsNotTrueAnyMoreIsToldWhatHasHappened() {
        String request = pending();
        logIn(PAULA);
        browser().go(url + "/requests/" + request + "/cancel");
        browser().type(By.id("reason"), "We never hear from them.");

        process.accept(new ActivationLink(request, 1));
        browser().click(BUTTON);

        browser().see("The request has changed since you opened the page");
        browser().see("So nothing was done.");
        browser().see("We never hear from them.");
        look("stale");
        browser().click("Back to the request");
        assertThat(browser().see(By.cssSelector(".chip")).getText()).isEqualTo("Active");
        look("active");
    }

    @Test
    void licensingSupportFindsWhatHasFailedAndTakesOver() {
        String refused = tasklist.submit(PAULA, customer);
        relay.refuse(customer.approver(), "550 5.1.1 No such user");
        jobs.drain(refused);
        String ninas = tasklist.request(NINA, RequestForm.forNewCustomer());
        logIn(SAM);
        browser().see(By.cssSelector(".requests"));
        browser().see("Alpine Reseller");
        browser().see("Nordic Distribution");
        look("list");

        browser().type(SEARCH, ninas);
        browser().see(By.xpath("//*[@id='found'][starts-with(., '1 ')]"));
        browser().see(By.partialLinkText("Customer at"));
        assertThat(browser().address()).contains("search=" + ninas);
        browser().type(SEARCH, "nobody-has-asked-for-this.example");
        browser().see("No request is like that");
        look("list-nothing-found");

        browser().go(url + "/requests");
        browser().click("Email failed");
        browser().see(By.xpath("//tr[contains(., '%s')]".formatted(refused)));
        assertThat(browser().sees(By.xpath("//tr[contains(., '%s')]".formatted(ninas))))
                .isFalse();
        browser().click(By.xpath("//tr[contains(., '%s')]//a".formatted(refused)));
        browser().see("No such user");
        look("email-failed");
        browser().click("Take over");
        browser().see(By.cssSelector("[id$=Field_customerEmail], .task-card"));
        assertThat(tasklist.task(refused, ProcessElements.CORRECT_CUSTOMER_EMAIL)
                        .getAssignee())
                .isEqualTo(SAM);
        relay.allow(customer.approver());
    }

    @Test
    void aColleagueChangesAndWithdrawsAndAnotherCompanySeesNothingOfIt() {
        RequestForm form = RequestForm.forNewCustomer();
        String request = tasklist.request(PAULA, form);
        logIn(PEDRO);
        browser().click(By.cssSelector(".switch label:has([value=company])"));
        browser().click(By.xpath("//tr[contains(., '%s')]//a".formatted(request)));
        browser().click(act("change"));
        look("confirm-change");
        browser().see(NAME).clear();
        browser().click(BUTTON);
        assertThat(browser().see(By.cssSelector("#accountName .mistake")).getText())
                .contains("please fill it in");
        look("review-with-mistakes");
        browser().click(act("change"));
        browser().type(NAME, "Kranich Spedition");
        browser().click(BUTTON);
        browser().see("The request is changed, and was checked again.");
        browser().see(By.xpath("//h1[contains(., 'Kranich Spedition')]"));

        logIn(NINA);
        browser().type(SEARCH, form.domain());
        browser().see(By.xpath("//*[@id='found'][. = 'Nothing found.']"));
        browser().see("No request is like that");
        browser().go(url + "/requests/" + request);
        browser().see("There is nothing here");
        look("not-found");

        logIn(PEDRO);
        browser().go(url + "/requests/" + request);
        browser().click(act("withdraw"));
        look("confirm-withdraw");
        browser().click(BUTTON);
        browser().see("The request is withdrawn.");
        look("withdrawn");
    }

    @Test
    void manyAtOnceSayWhatIsWrongWithWhichRowAndAreSentOnce(@TempDir Path folder) throws IOException {
        String one = RequestForm.forNewCustomer().domain();
        String two = RequestForm.forNewCustomer().domain();
        Path file = folder.resolve("spring customers.csv");
        Files.writeString(file, """
                \uFEFFaccountName;customerEmail;accountDomain;noteToCustomer
                Kranich Logistik;anna@%1$s;%1$s;"As agreed; see you soon"
                Amsel;berta@%2$s;%2$s;
                Kranich again;anna@%1$s;%1$s;
                Drossel;carla@gmail.com;gmail.com;
                Fink;nobody;fink;
                """.formatted(one, two));
        logIn(PAULA);
        browser().click("Many at once");
        look("many");

        Path garbage = Files.write(folder.resolve("picture.csv"), new byte[] {0x50, 0x4b, 3, 4, 0, 0, (byte) 0xff});
        browser().choose(By.id("many-file"), garbage);
        browser().click(BUTTON);
        browser().see("This is no CSV file.");
        look("many-refused");
        Path enormous = Files.write(folder.resolve("enormous.csv"), new byte[4_000_000]);
        browser().choose(By.id("many-file"), enormous);
        browser().click(BUTTON);
        browser().see("3 MB");
        assertThat(browser().text()).doesNotContain("Exception");
        look("many-too-large");

        browser().go(url + "/requests/many");
        browser().choose(By.id("many-file"), file);
        browser().click(BUTTON);
        browser().see("5 rows: 2 good, 3 bad");
        browser().see("%s is in row 2 already".formatted(one));
        browser().see("“nobody” is not a valid email address");
        look("many-preview");
        assertThat(requestsFor(one)).isZero();

        browser().click("Send 2 requests");
        browser().see("2 requests were made, 0 failed, 3 left out");
        look("many-result");
        assertThat(requestsFor(one)).isOne();
        assertThat(requestsFor(two)).isOne();

        browser().go(url + "/requests/many");
        browser().choose(By.id("many-file"), file);
        browser().click(BUTTON);
        browser().see("Nothing is sent twice");
        assertThat(requestsFor(one)).isOne();
        browser().click("Only bad ones (3)");
        browser().see("Drossel");
        assertThat(browser().text()).doesNotContain("Amsel");
    }

    @Test
    void withoutScriptsEverythingWorksToo(@TempDir Path folder) throws IOException {
        RequestForm form = RequestForm.forNewCustomer();
        browser().allowScripts(false);
        try {
            logIn(PAULA);
            browser().click("New request");
            browser().type(NAME, "Kranich Logistik");
            browser().type(DOMAIN, form.domain());
            browser().type(APPROVER, form.approver());
            browser().click(BUTTON);
            browser().see(By.id("review"));
            String request = numberAtTheEnd();
            browser().click(act("withdraw"));
            browser().click(BUTTON);
            browser().see("The request is withdrawn.");

            browser().go(url + "/requests");
            browser().type(SEARCH, form.domain());
            browser().click("Show");
            browser().see(By.xpath("//tr[contains(., '%s')]".formatted(request)));
            assertThat(browser().address()).contains("search=" + form.domain());
            browser().click(By.cssSelector(".weeks summary"));
            browser().click(By.cssSelector(".weeks [href$=numbers]"));
            browser().see("Week from");

            Path file = Files.writeString(
                    folder.resolve("one.csv"),
                    "accountName,customerEmail,accountDomain\nAmsel,anna@%1$s,%1$s\n".formatted(form.domain()));
            browser().click("Many at once");
            browser().choose(By.id("many-file"), file);
            browser().click(BUTTON);
            browser().see("1 row: 1 good, 0 bad");
        } finally {
            browser().allowScripts(true);
        }
    }

    @Test
    void theOtherPagesKeepNobodyFromReadingThem() {
        String pending = pending();
        String declined = pending();
        process.decline(new ActivationLink(declined, 1), DeclineReason.OTHER, "We have one already.");
        String expired = pending();
        clock.travel(Duration.ofDays(91));
        jobs.run(expired, "Event_waitExpired");
        clock.returnToPresent();
        String approval = tasklist.submit(
                PAULA,
                RequestForm.forNewCustomer()
                        .with("customerEmail", "anna@holding.example")
                        .with("justification", "The holding decides for all its companies."));

        browser().forgetEverything();
        browser().go(url + "/requests");
        browser().see(By.id("username"));
        look("login");
        browser().click("Help");
        browser().see(By.cssSelector(".contents"));
        look("help-before-login");
        browser()
                .go(mailbox.about(pending).stream()
                        .filter(email -> email.template().equals("activationInstructions"))
                        .findFirst()
                        .orElseThrow()
                        .link());
        browser().see("What accepting means");
        look("activation");

        logIn(PAULA);
        for (String request : new String[] {declined, expired, approval}) {
            browser().go(url + "/requests/" + request);
            browser().see(By.cssSelector(".story"));
            look("request-"
                    + browser()
                            .see(By.cssSelector(".chip"))
                            .getText()
                            .toLowerCase(Locale.ROOT)
                            .replace(' ', '-'));
        }
        browser().go(url + "/requests/numbers");
        browser().see(By.cssSelector(".plot canvas"));
        look("numbers");
        browser().go(url + "/requests");
        browser().click(By.cssSelector(".weeks summary"));
        browser().see(By.cssSelector(".plot canvas"));
        look("list-of-a-partner");
        browser().go(url + "/requests/new");
        look("new-request");
        browser().go(url + "/help");
        look("help");

        String inTasklist = tasklist.request(PAULA, RequestForm.forNewCustomer());
        String task = tasklist.task(inTasklist, ProcessElements.REVIEW_REQUEST).getId();
        browser().go(url + "/camunda/app/tasklist/default/#/?task=" + task);
        browser().click(By.xpath("//label[contains(., 'Submit it')]"));
        browser().click("Complete");
        browser().see(By.cssSelector(".request-notice"));
        assertThat(browser().barriers(".request-notice")).isEmpty();
        browser().screenshot("requests-notice-in-tasklist");
        browser().click("See the request");
        browser().see("Smart Account Request Complete");
    }

    private String pending() {
        String request = tasklist.submit(PAULA, RequestForm.forNewCustomer());
        jobs.drain(request);
        return request;
    }

    /** How many requests there are, whatever became of them. */
    private int requestsFor(String domain) {
        return database.sql("SELECT count(*) FROM smart_account WHERE account_domain = ?")
                .param(domain)
                .query(Integer.class)
                .single();
    }

    private long emailsToApprover(String request, String approver) {
        return mailbox.about(request, approver).stream()
                .filter(email -> email.template().equals("activationInstructions"))
                .count();
    }

    private String numberAtTheEnd() {
        return browser().address().replaceFirst(".*/", "");
    }

    private static By act(String path) {
        return By.cssSelector(".acts a[href$='/%s']".formatted(path));
    }

    private void look(String page) {
        browser().lookAt("requests-" + page);
    }

    private void logIn(String user) {
        browser().logIn(url, user, password);
    }

    private Browser browser() {
        return Objects.requireNonNull(opened);
    }
}
