package org.smartaccounts.web.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.PAULA;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.By;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.Browser;

/** What partners and licensing support do on the requests page, in a browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestsBrowserTest extends ApplicationTest {

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
    void theLoginAndTheListHaveNoBarriers() {
        browser().forgetEverything();
        browser().go(url + "/requests");
        assertThat(browser().barriers()).isEmpty();
        logIn(PAULA);
        assertThat(browser().barriers()).isEmpty();
    }

    private void logIn(String user) {
        browser().forgetEverything();
        browser().go(url + "/requests");
        browser().type(By.id("username"), user);
        browser().type(By.id("password"), password);
        browser().click(By.cssSelector("button.primary"));
        browser().see(By.cssSelector("main h1"));
    }

    private Browser browser() {
        return Objects.requireNonNull(opened);
    }
}
