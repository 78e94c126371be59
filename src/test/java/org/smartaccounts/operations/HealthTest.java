package org.smartaccounts.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smartaccounts.support.Partner;
import org.smartaccounts.support.RunningApplication;
import org.smartaccounts.support.Visitor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.util.TestSocketUtils;

/** What a load balancer hears of a node whose database is away, or hangs: the truth, and in time. */
class HealthTest {

    /** Load balancers do not wait for long. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String SESSION = "session=MDEyMzQ1Njc4OWFiY2RlZg==";

    @TempDir
    Path directory;

    private final int port = TestSocketUtils.findAvailableTcpPort();
    private final int databasePort = TestSocketUtils.findAvailableTcpPort();
    private final HttpClient balancer = HttpClient.newHttpClient();

    @Test
    void onlyReadinessFollowsTheDatabaseAndBothAnswerInTime() throws Exception {
        EmbeddedPostgres database = database();
        try {
            Map<String, String> environment = StartUpTest.environment(database.getJdbcUrl("postgres", "postgres"));
            environment.put("PORT", String.valueOf(port));
            try (RunningApplication node =
                    RunningApplication.inProduction(environment).awaitReady()) {
                becomes(200);

                isGoneWhileSomebodyWaitsForAPage(database);
                becomes(503);
                peopleAreAskedToComeBack();
                database = database();
                becomes(200);

                List<ProcessHandle> processes = processes();
                signal("STOP", processes);
                List<CompletableFuture<Integer>> readers = new ArrayList<>();
                try {
                    // People, who come while nobody knows yet.
                    readers.addAll(IntStream.range(0, 40).mapToObj(i -> page()).toList());
                    becomes(503);
                } finally {
                    signal("CONT", processes);
                }
                becomes(200);
                assertThat(readers).allSatisfy(reader -> assertThat(reader).succeedsWithin(SOON));
                assertThat(node.output())
                        .contains("Started SmartAccountsApplication")
                        .as("the page about the error was shown without another")
                        .doesNotContain("Exception Processing");
            }
        } finally {
            database.close();
        }
    }

    /** Their session was read before, and would be written after. */
    private void isGoneWhileSomebodyWaitsForAPage(EmbeddedPostgres database) throws Exception {
        Visitor admin = new Visitor("http://localhost:" + port);
        assertThat(admin.logIn(Partner.ADMINISTRATOR, Partner.ADMINISTRATORS_PASSWORD)
                        .statusCode())
                .isEqualTo(302);
        CompletableFuture<HttpResponse<String>> page;
        try (Connection other = database.getPostgresDatabase().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE smart_account");
            page = CompletableFuture.supplyAsync(() ->
                    admin.send(HttpRequest.newBuilder(admin.at("/requests")).header("Accept", "text/html")));
            JdbcClient watching = JdbcClient.create(database.getPostgresDatabase());
            await().atMost(SOON)
                    .until(() -> watching.sql("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
                            .query(Boolean.class)
                            .single());
            database.close();
        }
        assertThat(page).succeedsWithin(SOON).satisfies(HealthTest::asksToComeBack);
    }

    /** Whoever has logged in, and whoever has not; and the page that says so looks as all do. */
    private void peopleAreAskedToComeBack() {
        List<CompletableFuture<HttpResponse<String>>> answers = Stream.of(
                        request("/requests").header("Cookie", SESSION),
                        request("/activation/SAR-000001.1." + "a".repeat(43)))
                .map(request ->
                        balancer.sendAsync(request.header("Accept", "text/html").build(), BodyHandlers.ofString()))
                .toList();
        assertThat(answers)
                .allSatisfy(coming -> assertThat(coming).succeedsWithin(SOON).satisfies(HealthTest::asksToComeBack));
        assertThat(balancer.sendAsync(
                        request("/pages.css").header("Cookie", SESSION).build(), BodyHandlers.discarding()))
                .succeedsWithin(PATIENCE)
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(200));
    }

    private static void asksToComeBack(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("30");
        assertThat(answer.body()).contains("/pages.css", "Please try again in a few minutes.");
    }

    private EmbeddedPostgres database() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("postgresql"))
                .setCleanDataDirectory(false)
                .setPort(databasePort)
                .setServerConfig("max_connections", "100")
                .start();
    }

    /** Readiness answers with that before long; whatever is asked is answered in time, and the node itself lives. */
    private void becomes(int readiness) {
        await().atMost(SOON).until(() -> {
            assertThat(probe("liveness")).isEqualTo(200);
            return probe("readiness") == readiness;
        });
    }

    private int probe(String name) throws IOException, InterruptedException {
        return balancer.send(
                        request("/actuator/health/" + name).timeout(PATIENCE).build(), BodyHandlers.discarding())
                .statusCode();
    }

    /** Somebody with a session, which is in the database. */
    private CompletableFuture<Integer> page() {
        return balancer.sendAsync(request("/requests").header("Cookie", SESSION).build(), BodyHandlers.discarding())
                .thenApply(answer -> answer.statusCode());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    /** The server and everybody who works for it. */
    private List<ProcessHandle> processes() throws IOException {
        long pid = Long.parseLong(Files.readAllLines(directory.resolve("postgresql/postmaster.pid"))
                .get(0)
                .strip());
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        return Stream.concat(Stream.of(server), server.descendants()).toList();
    }

    private static void signal(String signal, List<ProcessHandle> processes) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        processes.forEach(process -> command.add(String.valueOf(process.pid())));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
