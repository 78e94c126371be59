package org.smartaccounts.web.requests;

import static org.smartaccounts.support.Tasklist.PAULA;
import static org.smartaccounts.support.Tasklist.SAM;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.By;
import org.smartaccounts.account.DeclineReason;
import org.smartaccounts.email.EmailLedger;
import org.smartaccounts.request.ActivationLink;
import org.smartaccounts.request.RequestProcess;
import org.smartaccounts.request.ReturnedEmails;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.Browser;
import org.smartaccounts.support.RequestForm;
import org.springframework.beans.factory.annotation.Autowired;

/** What is kept and how it is forgotten, in a browser: wide and light, and on a telephone in the dark. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrivacyBrowserTest extends ApplicationTest {

    private static final By ADDRESS = By.id("address");

    @Autowired
    RequestProcess process;

    @Autowired
    ReturnedEmails returned;

    @Autowired
    EmailLedger ledger;

    private final RequestForm form = RequestForm.forNewCustomer();
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
    void supportForgetsSomebody() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        process.decline(new ActivationLink(request, 1), DeclineReason.NOT_WANTED, "Not for us.");
        jobs.drain(request);
        RequestForm waiting = RequestForm.forNewCustomer();
        jobs.drain(tasklist.submit(PAULA, waiting));

        logIn(SAM);
        browser().click("Erase a person’s data");
        look(waiting.approver());
        browser().see("What has to be done first");
        picture("blocked");
        look("anna");
        browser().see("This is no mail address");
        picture("no-address");
        look(form.approver());
        browser().see("1 request that has ended");
        picture("found");
        browser().click("Erase for good");
        browser().see("Say why");
        browser().type(By.id("reference"), "CASE-4711");
        browser().click("Erase for good");
        browser().see("1 request has forgotten the person");
        picture("done");
        look(form.approver());
        browser().see("Erased before");
        picture("erased-before");

        browser().go(url + "/requests/" + request);
        browser().see("This request was anonymised");
        picture("anonymised");
    }

    @Test
    void whatIsKeptIsSaid() {
        browser().forgetEverything();
        browser().go(url + "/privacy");
        browser().see("365 days after the end of a request");
        picture("notice");
    }

    @Test
    void anEmailCameBack() {
        RequestForm other = RequestForm.forNewCustomer();
        String request = tasklist.submit(PAULA, other);
        jobs.drain(request);
        returned.cameBack(
                ledger.of(request).stream()
                        .filter(email -> email.key().recipient().equals(other.approver()))
                        .findFirst()
                        .orElseThrow()
                        .messageId(),
                other.approver(),
                true,
                "550 5.1.1 No such user");

        logIn(PAULA);
        browser().go(url + "/requests/" + request);
        browser().see("Came back");
        picture("came-back");
    }

    private void look(String address) {
        browser().type(ADDRESS, address);
        browser().click("Look what there is");
    }

    private void picture(String page) {
        browser().lookAt("privacy-" + page);
    }

    private void logIn(String user) {
        browser().logIn(url, user, password);
    }

    private Browser browser() {
        return Objects.requireNonNull(opened);
    }
}
