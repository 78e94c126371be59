package org.smartaccounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.smartaccounts.support.Browser;
import org.smartaccounts.support.RunningApplication;
import org.springframework.test.util.TestSocketUtils;

/**
 * The README's first walk, in a browser, against the application as its first command starts it: a partner asks in Tasklist, the customer
 * opens the email and decides, and everybody reads what became of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserTest {

    private static final String PASSWORD = "Try-it-2026";

    private @Nullable RunningApplication application;
    private @Nullable Browser opened;
    private String url = "";

    @BeforeAll
    void open(@TempDir Path data) {
        opened = Browser.openIfFound();
        int port = TestSocketUtils.findAvailableTcpPort();
        int mailPort = TestSocketUtils.findAvailableTcpPort();
        url = "http://localhost:" + port;
        application = RunningApplication.inDevelopment(data, port, mailPort).awaitReady();
    }

    @AfterAll
    void close() {
        if (opened != null) {
            opened.close();
        }
        if (application != null) {
            application.close();
        }
    }

    @Test
    void theCustomerAccepts() {
        partnerLogsIn();
        fillInStartForm("Kranich Logistik GmbH", "anna", "kranich.example");
        assertThat(browser().see(inDialog(".fjs-form-field-error")).getText()).contains("email");
        browser().screenshot("01-start-form-mistake");
        browser().type(inDialog("[id$=Field_customerEmail]"), "anna.weber@kranich.example");
        browser().seeNo(inDialog(".fjs-form-field-error"));
        browser().screenshot("02-start-form");
        browser().click(inDialog("button.btn-primary:not(.ng-hide)"));
        browser().seeNo(inDialog(".fjs-form"));

        openTask("Review request", "Kranich Logistik GmbH");
        browser().screenshot("03-review");
        browser().click(By.xpath("//label[contains(., 'Submit it')]"));
        browser().click("Complete");
        browser().see("Smart Account Request Complete");
        // The mail server has accepted the instructions, moments later.
        browser().see("The customer can decide until");
        browser().screenshot("03-review-submitted");
        browser().resize(500, 900);
        browser().screenshot("03-review-submitted-narrow");
        browser().resize(1400, 1000);
        closeNotice();
        browser().seeNo(By.cssSelector("[id$=Field_accountName]"));
        browser().see(By.cssSelector("a[href='/help']"));
        browser().click(By.cssSelector("a[href='/requests']"));
        browser().see(By.xpath("//main//*[contains(text(), 'Kranich Logistik GmbH')]"));

        openEmail("Your decision is needed: Smart Account for Kranich Logistik GmbH");
        browser().screenshot("04-activation-instructions");
        browser().click(By.partialLinkText("/activation/"));
        browser().see("Paula Romano of Alpine Reseller asks for a Smart Account for your company");
        browser().screenshot("05-activation-page");
        browser().resize(500, 900);
        browser().screenshot("05-activation-page-narrow");
        browser().resize(1400, 1000);
        browser().click("Accept the Smart Account");
        browser().see("Nothing has been decided yet");
        browser().screenshot("06-activation-page-mistake");
        browser().click(By.name("authorised"));
        browser().click("Accept the Smart Account");
        browser().see("The Smart Account is active");
        browser().screenshot("07-accepted");

        openEmail("Smart Account active: Kranich Logistik GmbH");
        browser().screenshot("08-account-activated");
        openEmail("You have access to the Smart Account Kranich Logistik GmbH");
        browser().see("Welcome aboard");
        browser().screenshot("09-welcome");
    }

    @Test
    void theCustomerDeclines() {
        partnerLogsIn();
        request("Reiher Optik", "emil@reiher.example", "reiher.example");

        openEmail("Your decision is needed: Smart Account for Reiher Optik");
        browser().click(By.partialLinkText("/activation/"));
        browser().click(By.xpath("//label[contains(., 'We are no customer')]"));
        browser().type(By.id("note"), "We buy from somebody else.");
        browser().click("Decline the Smart Account");
        browser().see("The Smart Account was declined");
        browser().screenshot("10-declined");

        openEmail("Smart Account declined: Reiher Optik");
        browser().see("We buy from somebody else.");
        browser().screenshot("11-request-declined");
    }

    @Test
    void theCustomerLetsTheTimePass() {
        partnerLogsIn();
        request("Storch & Söhne", "olga@storch.example", "storch.example");
        openEmail("Your decision is needed: Smart Account for Storch & Söhne");
        String link = browser().see(By.partialLinkText("/activation/")).getText();

        browser().go(url + "/dev/clock");
        browser().screenshot("12-clock");
        browser().click(By.xpath("//form[contains(., 'Storch')]//button"));
        browser().see("You have arrived");

        openEmail("Smart Account request expired: Storch & Söhne");
        browser().screenshot("13-request-expired");
        browser().go(link);
        browser().see("This request has expired");
        browser().screenshot("14-expired");
    }

    @Test
    void aRefusedAddressIsCorrectedAndTheWrongPersonPassesTheDecisionOn() {
        partnerLogsIn();
        request("Specht Musik", "refused@specht.example", "specht.example");
        openTask("Correct customer email", "Specht Musik");
        browser().see("What the mail server says");
        browser().click(By.xpath("//label[contains(., 'Correct the address')]"));
        browser().type(By.cssSelector("[id$=Field_newApprover]"), "erika@specht.example");
        browser().screenshot("15-correct-customer-email");
        browser().click("Complete");
        browser().seeNo(By.cssSelector("[id$=Field_newApprover]"));

        openEmail("Your decision is needed: Smart Account for Specht Musik");
        browser().click(By.partialLinkText("/activation/"));
        browser().click(By.linkText("italiano"));
        browser().see("Non è Lei la persona giusta?");
        browser().type(By.id("email"), "nobody");
        browser().screenshot("16-activation-page-italian");
        browser().type(By.id("email"), "felix@alpine-reseller.example");
        browser().click("Affida la decisione");
        browser().see("Con questo indirizzo non è possibile decidere");
        browser().screenshot("17-pass-on-mistake");
        browser().type(By.id("email"), "felix@specht.example");
        browser().click("Affida la decisione");
        browser().seeNo(By.id("email"));
        browser().screenshot("18-passed-on");

        openEmail("Somebody else decides: Specht Musik");
        browser().screenshot("19-approver-changed");
        openEmail("Your decision is needed: Smart Account for Specht Musik");
        browser().see("erika@specht.example was named before");
        browser().screenshot("20-instructions-passed-on");
    }

    @Test
    void theFormsAreInThePartnersLanguage() {
        browser().prefer("it");
        try {
            partnerLogsIn();
            browser().click("Start process");
            browser().click(By.xpath("//*[@class='modal-content']//a[contains(., 'Smart Account request')]"));
            browser().see(inDialog("[id$=Field_accountName]"));
            browser().see("Nome account");
            browser().screenshot("21-start-form-italian");
        } finally {
            browser().prefer("en");
        }
    }

    private Browser browser() {
        return Objects.requireNonNull(opened);
    }

    private void partnerLogsIn() {
        browser().forgetEverything();
        browser().go(url + "/camunda/app/tasklist/");
        browser().type(By.id("username"), "paula");
        browser().type(By.id("password"), PASSWORD);
        browser().click(By.cssSelector("button.primary"));
        browser().see(By.partialLinkText("Start process"));
        // The call to migrate that Camunda shows.
        browser().seeNo(By.cssSelector(".ce-eol-banner"));
    }

    private void fillInStartForm(String name, String approver, String domain) {
        browser().click("Start process");
        browser().click(By.xpath("//*[@class='modal-content']//a[contains(., 'Smart Account request')]"));
        browser().type(inDialog("[id$=Field_accountName]"), name);
        browser().type(inDialog("[id$=Field_customerEmail]"), approver);
        browser().type(inDialog("[id$=Field_accountDomain]"), domain);
        browser().type(inDialog("[id$=Field_noteToCustomer]"), "As agreed on the telephone.\nKind regards, Paula");
        browser().type(inDialog("[id$=Field_userEmails]"), "bruno@%1$s\ncarla@%1$s".formatted(domain));
        browser().type(inDialog("[id$=Field_noteToUsers]"), "Welcome aboard.");
    }

    private void request(String name, String approver, String domain) {
        fillInStartForm(name, approver, domain);
        browser().click(inDialog("button.btn-primary:not(.ng-hide)"));
        browser().seeNo(inDialog(".fjs-form"));
        openTask("Review request", name);
        browser().click(By.xpath("//label[contains(., 'Submit it')]"));
        browser().click("Complete");
        closeNotice();
        browser().seeNo(By.cssSelector("[id$=Field_accountName]"));
    }

    private void closeNotice() {
        browser().click(By.cssSelector(".request-notice [data-close]"));
        browser().seeNo(By.cssSelector(".request-notice"));
    }

    private static By inDialog(String selector) {
        return By.cssSelector(".modal-content " + selector);
    }

    private void openTask(String task, String account) {
        By card = By.xpath(
                "//li[contains(@class, 'task')][contains(., '%s') and contains(., '%s')]".formatted(task, account));
        browser().reloadUntilSeen(card);
        browser().click(card);
        browser().see(By.cssSelector("[id$=Field_accountName]"));
    }

    private void openEmail(String subject) {
        browser().go(url + "/dev/mailbox");
        browser().reloadUntilSeen(By.partialLinkText(subject));
        browser().click(By.partialLinkText(subject));
        browser().see("Plain text");
    }
}
