package org.smartaccounts.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.PAULA;

import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.Browser;
import org.smartaccounts.support.RequestForm;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** What a partner typed, in the browsers of others: it is text in Tasklist and in Cockpit, and nothing that a browser would act upon. */
class LiteralTextTest extends ApplicationTest {

    private static final String NAME =
            "=1+1{{7*7}}${7*7}<b class=pwned>x</b><img src=x onerror=document.body.id='pwned'>";
    private static final String NOTE =
            "**bold** [link](javascript:alert(1)) " + NAME + "<script>document.body.id='pwned'</script>";
    private static final By ACTED_UPON = By.cssSelector("#pwned, .pwned, a[href^='javascript:alert']");

    @Autowired
    SmartAccounts accounts;

    @Value("${PUBLIC_URL}")
    String url;

    @Value("${development.password}")
    String password;

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
            browser.see(NOTE);
            assertThat(browser.sees(ACTED_UPON)).isFalse();
            browser.screenshot("23-cockpit-of-markup");
        }
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
