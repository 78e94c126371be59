package org.smartaccounts.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smartaccounts.development.EmbeddedDatabase;
import org.smartaccounts.operations.check.ReleasedDiagram;
import org.smartaccounts.support.Partner;
import org.smartaccounts.support.RunningApplication;
import org.smartaccounts.support.Visitor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.util.TestSocketUtils;

/** An installation names a folder of processes: what is right in it is live, what is wrong is said, and never stops anything. */
class ProcessFolderTest {

    private static final String DIAGRAM = "smartAccountRequest.bpmn";
    private static final String PICTURE = "smartAccountRequest.svg";
    private static final String MISTAKE =
            "smartAccountRequest.bpmn, Event_waitExpired: 'PT90D' is no duration that can be read; write P90D for 90 days.";

    @TempDir
    Path folder;

    private final int port = TestSocketUtils.findAvailableTcpPort();
    private String tag = "";
    private String address = "";
    private Map<String, String> environment = Map.of();
    private JdbcClient database = JdbcClient.create(new DriverManagerDataSource());

    @BeforeEach
    void aFolderForAnInstallation() throws IOException, SQLException {
        try (Stream<Path> originals = Files.list(Path.of("src", "test", "resources", "checked"))) {
            for (Path original : originals.filter(Files::isRegularFile).toList()) {
                Files.copy(original, folder.resolve(original.getFileName()));
            }
        }
        tag = ReleasedDiagram.of(read(DIAGRAM)).versionTag();
        address = EmbeddedDatabase.newDatabase();
        database = JdbcClient.create(new DriverManagerDataSource(address, "postgres", ""));
        environment = StartUpTest.environment(address);
        environment.put("PORT", String.valueOf(port));
        environment.put("PUBLIC_URL", "http://localhost:" + port);
        environment.put("PROCESSES_FOLDER", folder.toString());
    }

    @Test
    void isTriedByWhoeverSavesAFile() throws IOException {
        change("P90D", "PT90D");
        environment.put("PROCESSES_WATCH", "true");

        try (RunningApplication application = RunningApplication.inProduction(environment)) {
            application.awaitReady();
            // Nothing was live yet.
            assertThat(versions()).containsExactly(tag);
            assertThat(application.output()).contains(MISTAKE).contains("ERROR");
            Visitor administrator = administrator();
            assertThat(administrator.get("/actuator/health").body())
                    .contains("\"processes\":{\"status\":\"DOWN\"", MISTAKE, folder.toString());
            assertThat(new Visitor(url()).get("/actuator/health").body()).isEqualTo("{\"status\":\"DOWN\"}");
            assertThat(readiness()).as("a rolling update stops here").isEqualTo(503);

            change("PT90D", "P60D");
            soon(() -> assertThat(versions()).containsExactly(tag, tag));
            soon(() -> assertThat(application.output())
                    .contains("raise its version tag, which is " + tag, "is live in version 2 (%s)".formatted(tag)));
            await().untilAsserted(() -> assertThat(
                            administrator.get("/actuator/health").body())
                    .contains("\"processes\":{\"status\":\"UP\""));
            assertThat(readiness()).isEqualTo(200);

            int once = rules().size();
            write("accountRules.dmn", read("accountRules.dmn").replace("&gt;= 10000", "&gt;= 9000"));
            soon(() -> assertThat(rules()).hasSize(2 * once));
            write("blockedDomains.txt", "example.com");
            // The code finds the lists beside the newest decision.
            soon(() -> assertThat(rules()).hasSize(3 * once));
            assertThat(versions()).containsExactly(tag, tag);

            Files.delete(folder.resolve("reviewRequest.form"));
            soon(() -> assertThat(application.output())
                    .contains("smartAccountRequest.bpmn, Activity_reviewRequest: there is no form reviewRequest;"));
            assertThat(administrator.get("/actuator/health").body()).contains("\"processes\":{\"status\":\"DOWN\"");
            assertThat(readiness()).as("what was live stays live").isEqualTo(200);
        }
    }

    @Test
    void leavesWhatWasLiveWhereItIsBroken() throws IOException {
        try (RunningApplication first = RunningApplication.inProduction(environment)) {
            first.awaitReady();
        }
        change("P90D", "P60D");
        String list = read("freeMailDomains.txt");
        Files.write(folder.resolve("freeMailDomains.txt"), new byte[] {(byte) 0xE4});

        try (RunningApplication again = RunningApplication.inProduction(environment)) {
            again.awaitReady();
            assertThat(again.output())
                    .contains("freeMailDomains.txt: it has characters that are not UTF-8; save it as UTF-8.");
            assertThat(readiness()).isEqualTo(503);
        }
        write("freeMailDomains.txt", list);
        try (RunningApplication again = RunningApplication.inProduction(environment)) {
            again.awaitReady();
            // Nobody tries here.
            assertThat(again.output()).contains("raise its version tag, which is " + tag);
        }
        environment.put("PROCESSES_FOLDER", folder.resolve("gone").toString());
        try (RunningApplication again = RunningApplication.inProduction(environment)) {
            again.awaitReady();
            assertThat(again.output()).contains("there is no such folder; create it");
            assertThat(administrator().get("/actuator/health").body()).contains("there is no such folder");
        }
        assertThat(versions()).containsExactly(tag);
    }

    @Test
    void eachVersionKeepsItsOwnPicture() throws IOException {
        environment.put("PROCESSES_WATCH", "true");
        try (RunningApplication application = RunningApplication.inProduction(environment)) {
            application.awaitReady();
            int once = rules().size();
            assertThat(pictures()).containsExactly("none");
            // What was live before there were pictures stays as it is.
            draw("as it was");
            write("blockedDomains.txt", "example.com");
            soon(() -> assertThat(rules()).hasSize(2 * once));
            assertThat(pictures()).containsExactly("none");

            change("P90D", "P60D");
            soon(() -> assertThat(pictures()).containsExactly("none", "none"));
            assertThat(application.output())
                    .contains(
                            "goes without a picture: smartAccountRequest.svg is missing or shows it as it was before");

            drawBefore("P60D", "P50D", "shorter");
            soon(() -> assertThat(pictures()).containsExactly("none", "none", "shorter"));
            draw("nicer");
            write("blockedDomains.txt", "example.org");
            soon(() -> assertThat(rules()).hasSize(3 * once));
            assertThat(pictures()).containsExactly("none", "none", "shorter");

            // Not the picture that was there before, of this very diagram, but one that the version has itself.
            draw("shorter");
            Files.delete(folder.resolve(PICTURE));
            change("P50D", "P40D");
            soon(() -> assertThat(pictures()).containsExactly("none", "none", "shorter", "none"));
            drawBefore("P40D", "P50D", "shorter");
            soon(() -> assertThat(pictures()).containsExactly("none", "none", "shorter", "none", "shorter"));

            Files.write(folder.resolve(PICTURE), new byte[] {(byte) 0xE4});
            change("P50D", "P30D");
            soon(() -> assertThat(pictures()).containsExactly("none", "none", "shorter", "none", "shorter", "none"));
        }
        try (RunningApplication again = RunningApplication.inProduction(environment)) {
            again.awaitReady();
            assertThat(versions()).hasSize(6);
        }
    }

    /** Draws a picture of the diagram as it is. */
    private void draw(String words) throws IOException {
        write(PICTURE, picture(read(DIAGRAM), words));
    }

    /** Draws a picture of the diagram as it is going to be, and then changes the diagram. */
    private void drawBefore(String text, String other, String words) throws IOException {
        write(PICTURE, picture(read(DIAGRAM).replace(">" + text + "<", ">" + other + "<"), words));
        change(text, other);
    }

    private static String picture(String diagram, String words) {
        return "<svg>\n<!-- made from %s, sha256 %s -->%s</svg>"
                .formatted(
                        DIAGRAM,
                        HexFormat.of().formatHex(sha256().digest(diagram.getBytes(StandardCharsets.UTF_8))),
                        words);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the engine's picture of each version says. */
    private List<String> pictures() {
        return database.sql("""
                        SELECT coalesce(substring(convert_from(p.bytes_, 'UTF8') FROM '-->(.*)</svg>'), 'none')
                        FROM act_re_procdef d LEFT JOIN act_ge_bytearray p
                            ON p.deployment_id_ = d.deployment_id_ AND p.name_ = d.dgrm_resource_name_
                        WHERE d.key_ = 'smartAccountRequest' ORDER BY d.version_""").query(String.class).list();
    }

    private String url() {
        return "http://localhost:" + port;
    }

    private int readiness() {
        return new Visitor(url()).get("/actuator/health/readiness").statusCode();
    }

    private Visitor administrator() {
        Visitor administrator = new Visitor(url());
        assertThat(administrator
                        .logIn(Partner.ADMINISTRATOR, Partner.ADMINISTRATORS_PASSWORD)
                        .statusCode())
                .isEqualTo(302);
        return administrator;
    }

    private List<String> versions() {
        return database.sql(
                        "SELECT version_tag_ FROM act_re_procdef WHERE key_ = 'smartAccountRequest' ORDER BY version_")
                .query(String.class)
                .list();
    }

    /** All files that were ever deployed beside decisions, and these. */
    private List<String> rules() {
        return database.sql("""
                        SELECT r.name_ FROM act_ge_bytearray r JOIN act_re_deployment d ON d.id_ = r.deployment_id_
                        WHERE d.name_ = 'smart-account-rules'""").query(String.class).list();
    }

    private void change(String text, String other) throws IOException {
        write(DIAGRAM, read(DIAGRAM).replace(">" + text + "<", ">" + other + "<"));
    }

    private String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private void write(String file, String content) throws IOException {
        Files.writeString(folder.resolve(file), content);
    }

    /** Within two seconds, but for a busy machine. */
    private static void soon(ThrowingRunnable condition) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(condition);
    }
}
