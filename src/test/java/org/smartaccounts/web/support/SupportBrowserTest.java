package org.smartaccounts.web.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.SAM;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.By;
import org.smartaccounts.development.Mailbox.Received;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.Browser;
import org.smartaccounts.support.RequestForm;
import org.smartaccounts.support.Tasklist;

/**
 * A problem is reported, answered in Tasklist and replied to, in a browser without scripts where the reporter sits. Each page is looked at
 * wide and light, and on a telephone in the dark: nobody is kept from using it, and pictures are kept.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SupportBrowserTest extends ApplicationTest {

    private static final By SEND = By.cssSelector("main form button.primary");

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
    void aCustomerReportsAProblemAndSupportAnswersInTasklist() throws IOException {
        RequestForm form = RequestForm.forNewCustomer();
        String request = tasklist.submit(Tasklist.PAULA, form);
        jobs.drain(request);
        browser().forgetEverything();
        browser().go(mailbox.only(request, form.approver()).link());
        browser().click("Report a problem");
        browser().see("This is about the request " + request);
        browser().allowScripts(false);
        browser().type(By.id("email"), "anna at " + form.domain());
        clock.travel(Duration.ofSeconds(5));
        browser().click(SEND);
        browser().allowScripts(true);
        browser().see("Please write what happened");
        assertThat(browser().typed(By.id("email"))).isEqualTo("anna at " + form.domain());
        look("report-with-mistakes");
        browser().type(By.id("words"), "I tick the box and nothing happens.");
        browser().type(By.id("email"), form.approver());
        look("report");
        clock.travel(Duration.ofSeconds(5));
        browser().click(SEND);
        browser().see("Your case has the number");
        look("report-thanks");
        String number = browser().text().replaceAll("(?s).*(CASE-\\d+).*", "$1");
        jobs.run(number, "Activity_confirmReceipt");

        logIn(SAM);
        browser().go(url + "/camunda/app/tasklist/default/");
        browser().click("Support");
        By card = By.xpath("//li[contains(@class, 'task')][contains(., 'Answer support case')]");
        browser().reloadUntilSeen(card);
        browser().click(card);
        browser().click("Claim");
        browser().see("What happened");
        browser().see(By.linkText("See the request"));
        assertThat(browser().typed(By.cssSelector("[id$=Field_caseMessage]"))).contains("nothing happens");
        assertThat(browser().typed(By.cssSelector("[id$=Field_requestFacts]"))).contains(request, form.domain());
        browser().click(By.xpath("//label[contains(., 'Answer: the reporter')]"));
        browser().type(By.cssSelector("[id$=Field_caseAnswer]"), "Please try it again now: we have mended it.");
        browser().screenshot("support-task");
        assertThat(browser().barriers(".fjs-form")).isEmpty();
        browser().showOnPhone();
        browser().screenshot("support-task-narrow");
        browser().showOnDesk();
        browser().click("Complete");
        browser().seeNo(By.cssSelector("[id$=Field_caseAnswer]"));

        jobs.run(number, "Activity_sendAnswer");
        List<Received> emails = mailbox.about(number, form.approver());
        assertThat(emails).hasSize(2);
        for (Received email : emails) {
            Path page = Files.createDirectories(Path.of("target", "emails")).resolve(email.template() + ".sent.html");
            Files.writeString(page, email.html());
            browser().go(page.toUri().toString());
            look("email-" + email.template());
        }
        browser().forgetEverything();
        browser().go(emails.get(1).text().replaceAll("(?s).*(https?://\\S+/case/\\S+).*", "$1"));
        browser().see("Please try it again now");
        look("case-answered");
        browser().type(By.id("words"), "It works, thank you!");
        clock.travel(Duration.ofSeconds(5));
        browser().click(SEND);
        browser().see("has your message");
        look("case-replied");
    }

    @Test
    void aReaderSaysThatThePageWasHelpful() {
        browser().forgetEverything();
        browser().go(url + "/help");
        browser().click(By.cssSelector("footer summary"));
        browser().click(By.xpath("//footer//label[contains(., 'Yes')]"));
        browser().type(By.id("comment"), "A picture more would help.");
        look("help-with-question");
        clock.travel(Duration.ofSeconds(5));
        browser().click(By.cssSelector("footer button"));
        browser().see("We read it");
        look("feedback-thanks");
        logIn("admin");
        browser().go(url + "/operations/feedback");
        browser().see("A picture more would help.");
        look("feedback");
    }

    private void look(String picture) {
        look(picture, () -> browser().showOnDesk(), "light");
        look(picture + "-phone-dark", () -> browser().showOnPhone(), "dark");
        browser().showOnDesk();
        browser().preferColours("light");
    }

    private void look(String picture, Runnable screen, String colours) {
        screen.run();
        browser().preferColours(colours);
        browser().screenshot("support-" + picture);
        assertThat(browser().barriers()).as(picture).isEmpty();
        assertThat(browser().isTooWide()).as(picture + " is too wide").isFalse();
    }

    private void logIn(String user) {
        browser().forgetEverything();
        browser().go(url + "/login");
        browser().type(By.id("username"), user);
        browser().type(By.id("password"), password);
        browser().click(By.cssSelector("button.primary"));
        browser().seeNo(By.id("password"));
    }

    private Browser browser() {
        return Objects.requireNonNull(opened);
    }
}
