package org.smartaccounts.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.PAULA;

import java.net.http.HttpHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.Visitor;

/** What every answer says to browsers; what is only said behind TLS, is tested where the application is started so. */
class HeadersTest extends ApplicationTest {

    private Visitor paula = new Visitor("");

    @BeforeEach
    void logIn() {
        paula = loggedIn(PAULA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/logout", "/requests", "/nowhere", "/activation/x", "/pages.css"})
    void ourPagesRunNoScriptOfTheirOwnAndAreShownInNoFrame(String page) {
        HttpHeaders headers = paula.get(page).headers();

        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'self'")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
        assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
    }

    @Test
    void theWebApplicationsAreShownInNoFrameAndRunOnlyTheScriptsOfTheirPage() {
        HttpHeaders headers = paula.get("/camunda/app/tasklist/default/").headers();
        String page = paula.get("/camunda/app/tasklist/default/").body();

        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .contains("frame-ancestors 'none'", "'nonce-", "object-src 'none'");
        assertThat(page).contains("nonce=\"").doesNotContain("$CSP_NONCE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/login", "/requests", "/activation/x", "/camunda/api/engine/engine/default/task", "/nowhere"})
    void whatIsPersonalStaysInNoCache(String address) {
        assertThat(paula.get(address).headers().firstValue("Cache-Control").orElseThrow())
                .contains("no-store");
    }

    @Test
    void whatIsTheSameForEverybodyMayBeKept() {
        assertThat(paula.get("/pages.css").headers().firstValue("Cache-Control").orElse(""))
                .doesNotContain("no-store");
    }

    @Test
    void noAnswerSaysWhatItRunsOn() {
        assertThat(paula.get("/nowhere").headers().map()).doesNotContainKeys("server", "x-powered-by");
    }
}
