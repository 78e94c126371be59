package org.smartaccounts.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smartaccounts.support.Releases;
import org.smartaccounts.support.RunningApplication;
import org.smartaccounts.support.Visitor;
import org.springframework.test.util.TestSocketUtils;

/** A release reaches an installation in which requests wait. */
class UpgradeTest {

    private static final String ENGINE = "/camunda/api/engine/engine/default";
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final String REQUEST = """
            {"variables": {
              "accountName": {"value": "Muster", "type": "String"},
              "customerEmail": {"value": "anna@muster.example", "type": "String"},
              "accountDomain": {"value": "muster.example", "type": "String"}}}""";
    private static final String SUBMIT = """
            {"variables": {"reviewDecision": {"value": "submit", "type": "String"}}}""";

    @TempDir
    Path data;

    @TempDir
    Path older;

    private final int port = TestSocketUtils.findAvailableTcpPort();
    private final int mailPort = TestSocketUtils.findAvailableTcpPort();

    @Test
    void aRequestThatWaitsIsMovedWhenTheNewReleaseStartsAndGoesOnThere() throws IOException {
        olderProcesses();
        try (RunningApplication before = start(older.toString())) {
            before.awaitReady();
            assertThat(before.output()).contains("is live in version 1 (1.4.0)");
            Visitor paula = loggedIn("paula");
            String process = firstId(paula.get(ENGINE + "/process-definition?latestVersion=true"));
            assertThat(paula.call("POST", ENGINE + "/process-definition/%s/submit-form".formatted(process), REQUEST)
                            .statusCode())
                    .isEqualTo(200);
            before.kill();
        }

        try (RunningApplication after = start("")) {
            after.awaitReady();
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(after.output()).contains("Running requests: 1 from 1.4.0 (1) to "));
            assertThat(after.output()).containsPattern("Running requests: .*: moved \\(such as SAR-\\d+\\)");
            assertThat(loggedIn("admin").get("/operations/running-requests").body())
                    .contains("at the start of the application", "1.4.0 (1)");

            Visitor paula = loggedIn("paula");
            String review = firstId(paula.get(ENGINE + "/task"));
            assertThat(paula.call("POST", ENGINE + "/task/%s/submit-form".formatted(review), SUBMIT)
                            .statusCode())
                    .isEqualTo(204);
            assertThat(paula.get("/requests").body()).contains("Pending");
        }
    }

    private void olderProcesses() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("processes"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, older.resolve(file.getFileName()));
            }
        }
        Files.writeString(older.resolve("smartAccountRequest.bpmn"), Releases.released("1.4.0"));
    }

    private RunningApplication start(String processes) {
        return RunningApplication.inDevelopment(
                data, port, mailPort, Map.of("PROCESSES_FOLDER", processes, "PROCESSES_WATCH", "false"));
    }

    private Visitor loggedIn(String user) {
        Visitor visitor = new Visitor("http://localhost:" + port);
        visitor.logIn(user, "Try-it-2026");
        // With a page of theirs the web applications begin.
        visitor.get("/camunda/app/welcome/default/");
        return visitor;
    }

    private static String firstId(HttpResponse<String> answer) {
        Matcher id = ID.matcher(answer.body());
        assertThat(id.find()).as(answer.body()).isTrue();
        return id.group(1);
    }
}
