package org.smartaccounts.operations.cockpit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.smartaccounts.support.Tasklist.PAULA;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.smartaccounts.account.DeclineReason;
import org.smartaccounts.request.ActivationLink;
import org.smartaccounts.request.RequestProcess;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.Browser;
import org.smartaccounts.support.RequestForm;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Our tabs in Cockpit, in a browser: behind the policy that Cockpit's pages have, wide and narrow, and without anything that keeps somebody
 * from using them. Pictures are kept.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CockpitBrowserTest extends ApplicationTest {

    private static final String INSTRUCTIONS = "Activity_sendActivationInstructions";
    private static final String OURS = ".smart-account";
    private static final By FACTS = By.cssSelector(OURS + " dl");
    private static final By WRONG = By.cssSelector(OURS + " .smart-account-wrong li");

    @Autowired
    RequestProcess process;

    private RequestForm form = RequestForm.forNewCustomer();
    private @Nullable Browser opened;

    @BeforeAll
    void open() {
        opened = Browser.openIfFound();
    }

    @BeforeEach
    void anotherCustomer() {
        form = RequestForm.forNewCustomer();
    }

    @AfterAll
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    @Test
    void anAdministratorSeesTheRequestBehindAnInstance() {
        String request = pending();
        logIn("admin");

        openInstance(request);
        browser().see(request + ": Pending");
        browser().see(form.approver());
        browser().see("90 days left");
        browser().see("Nothing has failed.");
        browser().see("Your decision is needed: Smart Account for Customer at " + form.domain());
        look("cockpit-pending");

        browser().click(By.cssSelector(OURS + " a.btn"));
        browser().see(By.cssSelector("main .story"));
        assertThat(browser().address()).endsWith("/requests/" + request);
    }

    @Test
    void whatHasFailedIsSaidOnTheTabAndWhereCockpitListsIncidents() {
        String request = tasklist.submit(PAULA, form);
        String refused = tasklist.submit(PAULA, RequestForm.forNewCustomer());
        relay.goDown();
        try {
            fail(refused);
            for (int tries = 1; tries <= 5; tries++) {
                fail(request);
            }
        } finally {
            relay.comeBack();
        }
        logIn("admin");

        openInstance(refused);
        assertThat(browser().see(WRONG).getText())
                .contains("The mail server refused the connection. It will be tried again at ");
        look("cockpit-failed-once");
        openInstance(request);
        assertThat(browser().see(WRONG).getText()).contains("is not tried again by itself");
        look("cockpit-failed");

        browser().click("Incidents");
        browser().click(By.cssSelector(".smart-account-incident button"));
        browser().see(By.cssSelector("dialog[open]"));
        browser().see("The mail server refused the connection.");
        assertThat(browser().barriers("dialog[open]")).isEmpty();
        browser().screenshot("cockpit-incident");
        browser().see(By.cssSelector("dialog button")).sendKeys(Keys.ESCAPE);
        browser().seeNo(By.cssSelector("dialog"));

        openDefinition(request);
        assertThat(browser().see(WRONG).getText()).contains("Send activation instructions");
        browser().go(url + "/camunda/app/cockpit/default/#/processes");
        assertThat(browser().see(WRONG).getText()).contains("Send activation instructions");
        assertThat(browser().barriers(OURS)).isEmpty();
        browser().screenshot("cockpit-processes");
        browser().click(By.cssSelector(".smart-account-wrong a"));
        browser().see(FACTS);
    }

    @Test
    void outcomesAreATableAndAPlot() {
        String declined = pending();
        process.decline(new ActivationLink(declined, 1), DeclineReason.NOT_WANTED, "");
        String accepted = tasklist.submit(PAULA, RequestForm.forNewCustomer());
        jobs.drain(accepted);
        process.accept(new ActivationLink(accepted, 1));
        logIn("admin");

        openInstance(declined);
        browser().see(declined + ": Declined");
        look("cockpit-declined");
        openInstance(accepted);
        browser().see(accepted + ": Active");
        look("cockpit-active");

        String waiting = tasklist.submit(PAULA, RequestForm.forNewCustomer());
        jobs.drain(waiting);
        openDefinition(waiting);
        browser().see("Where requests stand");
        browser().see("How long customers take");
        browser().see(By.cssSelector(OURS + " canvas[width]"));
        look("cockpit-outcomes");
        browser().click(By.cssSelector(OURS + " summary"));
        browser().see(By.cssSelector(OURS + " details[open] table"));
        assertThat(browser().barriers(OURS)).isEmpty();
    }

    @Test
    void anAnalystSeesNoNames() {
        String request = pending();
        logIn("aiko");

        openInstance(request);
        browser().see(request + ": Pending");
        browser().see("Names, addresses and what was said are left out");
        assertThat(browser().text()).doesNotContain(form.domain());
        look("cockpit-of-an-analyst");
    }

    private void look(String name) {
        assertThat(browser().barriers(OURS)).isEmpty();
        browser().screenshot(name);
        browser().resize(560, 900);
        assertThat(browser().isTooWide()).isFalse();
        browser().screenshot(name + "-narrow");
        browser().resize(1400, 1000);
    }

    private String pending() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        return request;
    }

    private void fail(String request) {
        assertThatThrownBy(() -> jobs.run(request, INSTRUCTIONS)).isInstanceOf(RuntimeException.class);
    }

    private void openInstance(String request) {
        String instance = Objects.requireNonNull(tasklist.instance(request)).getId();
        browser().go(url + "/camunda/app/cockpit/default/#/process-instance/" + instance + "/runtime");
        browser().see(request + ": ");
    }

    private void openDefinition(String request) {
        String definition = Objects.requireNonNull(tasklist.instance(request)).getProcessDefinitionId();
        browser().go(url + "/camunda/app/cockpit/default/#/process-definition/" + definition + "/runtime");
        browser().click("Outcomes");
        browser().see("What is wrong");
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
