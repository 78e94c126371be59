package org.smartaccounts.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.PAULA;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.Browser;
import org.smartaccounts.support.Releases;
import org.smartaccounts.support.RequestForm;
import org.smartaccounts.support.Visitor;
import org.springframework.beans.factory.annotation.Autowired;

/** Where administrators see which requests wait on older versions, and move them. */
class RunningRequestsPageTest extends ApplicationTest {

    private static final String PAGE = "/operations/running-requests";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    Releases releases;

    @Autowired
    RuntimeService runtime;

    @Autowired
    MigrationTurn turn;

    private ProcessDefinition older;
    private ProcessDefinition newer;

    @BeforeEach
    void twoVersionsWithRequestsOnTheOlder() {
        older = releases.deploy(Releases.sampleAs("7.0.0"));
        for (int count = 0; count < 2; count++) {
            String request = tasklist.request(PAULA, RequestForm.forNewCustomer(), older.getId());
            tasklist.review(PAULA, request, Map.of("reviewDecision", "submit"));
            jobs.drain(request);
        }
        tasklist.request(PAULA, RequestForm.forNewCustomer(), older.getId());
        newer = releases.deploy(
                Releases.change(Releases.sampleAs("7.1.0"), "Activity_reviewRequest", "Activity_lookAtRequest"));
    }

    @AfterEach
    void takeAway() {
        releases.takeAway();
    }

    @Test
    void anAdministratorTriesItOutAndThenMovesThem() {
        Visitor admin = loggedIn("admin");
        assertThat(admin.get(PAGE).body())
                .contains(VersionChange.name(older), "3 requests", "Can be moved to " + VersionChange.name(newer));

        assertThat(post(admin, "try").statusCode()).isEqualTo(302);
        assertThat(pageAtTheEnd(admin))
                .contains("by admin", "Only tried", "2 requests", "moved", "1 request,")
                .contains("has no place for what waits at Review request (Activity_reviewRequest)");
        assertThat(on(older)).isEqualTo(3);

        assertThat(post(admin, "move").statusCode()).isEqualTo(302);
        assertThat(pageAtTheEnd(admin)).contains("Can be moved to " + VersionChange.name(newer));
        assertThat(on(older)).isEqualTo(1);
        assertThat(on(newer)).isEqualTo(2);
    }

    @Test
    void whoeverStartsASecondRunIsToldThatOneIsUnderWay() {
        Visitor admin = loggedIn("admin");
        String token = admin.token(PAGE);
        try (MigrationTurn.Held held = turn.tryTake().orElseThrow()) {
            assertThat(held).isNotNull();
            HttpResponse<String> answer = admin.submit(PAGE + "/move", Map.of("_csrf", token));
            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(answer.body()).contains("A run is under way already", "http-equiv=\"refresh\"");
        }
        assertThat(on(older)).isEqualTo(3);
    }

    @Test
    void nobodyElseAndNoForgedFormMovesAnything() {
        Visitor paula = loggedIn(PAULA);
        assertThat(paula.get(PAGE).statusCode()).isEqualTo(403);
        assertThat(paula.submit(PAGE + "/move", Map.of("_csrf", paula.token("/logout")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(loggedIn("admin").submit(PAGE + "/move", Map.of()).statusCode())
                .isEqualTo(403);
        assertThat(turn.isTaken()).isFalse();
        assertThat(on(older)).isEqualTo(3);
    }

    @Test
    void thePageCanBeReadOnAScreenAndOnATelephone() {
        Assumptions.assumeTrue(Browser.executable().isPresent(), "no Chromium or Chrome");
        Visitor admin = loggedIn("admin");
        post(admin, "try");
        pageAtTheEnd(admin);
        try (Browser browser = Browser.open()) {
            browser.go(url + PAGE);
            browser.type(By.name("username"), "admin");
            browser.type(By.name("password"), password);
            browser.click(By.cssSelector("button"));
            for (int width : new int[] {1300, 390}) {
                browser.resize(width, 900);
                browser.see("has no place for what waits at");
                browser.screenshot("running-requests-" + width);
            }
        }
    }

    private HttpResponse<String> post(Visitor visitor, String act) {
        return visitor.submit(PAGE + "/" + act, Map.of("_csrf", visitor.token(PAGE)));
    }

    private String pageAtTheEnd(Visitor visitor) {
        Instant end = Instant.now().plus(PATIENCE);
        while (turn.isTaken()) {
            assertThat(Instant.now()).as("a run that takes too long").isBefore(end);
            Thread.onSpinWait();
        }
        return visitor.get(PAGE).body();
    }

    private long on(ProcessDefinition version) {
        return runtime.createProcessInstanceQuery()
                .processDefinitionId(version.getId())
                .count();
    }
}
