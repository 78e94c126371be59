package org.smartaccounts.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smartaccounts.development.EmbeddedDatabase;
import org.smartaccounts.support.Partner;
import org.smartaccounts.support.RunningApplication;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.util.TestSocketUtils;

/** How the application starts, and when it refuses to. */
class StartUpTest {

    @TempDir
    Path directory;

    @Test
    void twoNodesThatStartAtOnceOnAnEmptyDatabaseBothComeUpAndDeployOnce() throws IOException, SQLException {
        String database = EmbeddedDatabase.newDatabase();
        try (RunningApplication one = RunningApplication.inProduction(environment(database));
                RunningApplication other = RunningApplication.inProduction(environment(database))) {
            one.awaitReady();
            other.awaitReady();
        }
        try (RunningApplication again = RunningApplication.inProduction(environment(database))) {
            again.awaitReady();
        }

        JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(database, "postgres", ""));
        assertThat(count(jdbc, "act_re_procdef")).isEqualTo(filesThatEndWith(".bpmn"));
        assertThat(count(jdbc, "act_re_camformdef")).isEqualTo(filesThatEndWith(".form"));
        assertThat(count(jdbc, "act_re_decision_def")).isEqualTo(filesThatEndWith(".dmn"));
        assertThat(count(jdbc, "act_id_user")).isEqualTo(1);
        assertThat(count(jdbc, "act_ru_filter")).isEqualTo(4);
        assertThat(jdbc.sql("SELECT value_ FROM act_ge_property WHERE name_ = 'historyLevel'")
                        .query(String.class)
                        .single())
                .isEqualTo("24");
        assertThat(jdbc.sql(
                                "SELECT count(*) FROM pg_indexes WHERE tablename = 'act_ru_job' AND indexdef LIKE '%(duedate_)'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    private static int filesThatEndWith(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("processes"))) {
            return (int) files.filter(file -> file.toString().endsWith(suffix)).count();
        }
    }

    private static int count(JdbcClient jdbc, String table) {
        return jdbc.sql("SELECT count(*) FROM " + table).query(Integer.class).single();
    }

    @ParameterizedTest
    @CsvSource({
        "ACTIVATION_KEYS, too short, at least 32 bytes",
        "ACTIVATION_KEYS, , are missing: ACTIVATION_KEYS",
        "ADMIN_PASSWORD, , are missing: ADMIN_PASSWORD",
        "ADMIN_PASSWORD, ' ', are missing: ADMIN_PASSWORD",
        "ADMIN_PASSWORD, too-weak, ADMIN_PASSWORD is too weak",
        "ADMIN_PASSWORD, Try-it-2026, ADMIN_PASSWORD is a value that everybody knows",
        "ACTIVATION_KEYS, for-development-only-0123456789abcdef, ACTIVATION_KEYS is a value that everybody knows",
        "DATABASE_PASSWORD, changeme, DATABASE_PASSWORD is a value that everybody knows",
        "FORWARD_HEADERS, native, TRUSTED_PROXIES does not say whose headers are believed",
    })
    void withoutItsSecretsItStopsAndSaysWhatToSet(String variable, String value, String words)
            throws IOException, SQLException {
        Map<String, String> environment = environment(EmbeddedDatabase.newDatabase());
        environment.remove(variable);
        if (value != null) {
            environment.put(variable, value);
        }

        try (RunningApplication application = RunningApplication.inProduction(environment)) {
            assertThat(application.awaitEnd()).isNotZero();
            assertThat(application.output()).contains(words);
        }
    }

    @Test
    void behindTlsBrowsersComeBackByTlsOnly() throws IOException, SQLException, InterruptedException {
        int port = TestSocketUtils.findAvailableTcpPort();
        Map<String, String> environment = environment(EmbeddedDatabase.newDatabase());
        environment.put("PORT", String.valueOf(port));
        environment.put("PUBLIC_URL", "https://smart-accounts.example");

        try (RunningApplication application = RunningApplication.inProduction(environment)) {
            application.awaitReady();
            HttpResponse<String> login = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://localhost:%d/login".formatted(port)))
                                    // Nobody believes who is no proxy of ours.
                                    .header("X-Forwarded-Host", "evil.example")
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(login.headers().firstValue("Strict-Transport-Security").orElseThrow())
                    .contains("max-age=31536000");
            assertThat(login.headers().allValues("Set-Cookie"))
                    .isNotEmpty()
                    .allSatisfy(cookie -> assertThat(cookie).contains("Secure", "HttpOnly", "SameSite=Lax"));
            assertThat(login.body()).doesNotContain("evil.example");
        }
    }

    @Test
    void anIdentityProviderThatDoesNotVouchForPeopleStopsTheStart() throws IOException, SQLException {
        Map<String, String> environment = environment(EmbeddedDatabase.newDatabase());
        environment.keySet().removeAll(List.of("ADMIN_USER", "ADMIN_PASSWORD"));
        String client = "SPRING_SECURITY_OAUTH2_CLIENT_";
        environment.putAll(Map.of(
                client + "REGISTRATION_X_CLIENTID", "x",
                client + "REGISTRATION_X_CLIENTSECRET", "not a default",
                client + "REGISTRATION_X_AUTHORIZATIONGRANTTYPE", "authorization_code",
                client + "REGISTRATION_X_REDIRECTURI", "{baseUrl}/login/oauth2/code/x",
                client + "REGISTRATION_X_SCOPE", "profile",
                client + "PROVIDER_X_AUTHORIZATIONURI", "http://localhost/authorize",
                client + "PROVIDER_X_TOKENURI", "http://localhost/token",
                client + "PROVIDER_X_USERINFOURI", "http://localhost/user",
                client + "PROVIDER_X_USERNAMEATTRIBUTE", "login"));

        try (RunningApplication application = RunningApplication.inProduction(environment)) {
            assertThat(application.awaitEnd()).isNotZero();
            assertThat(application.output()).contains("The identity provider x needs the scope openid");
        }
    }

    @Test
    void aBrokenModelStopsTheStartAndSaysWhichElementOfWhichFile() throws IOException, SQLException {
        Path processes = Files.createDirectory(directory.resolve("processes"));
        try (Stream<Path> originals = Files.list(Path.of("processes"))) {
            for (Path original : originals.filter(Files::isRegularFile).toList()) {
                Files.copy(original, processes.resolve(original.getFileName()));
            }
        }
        Path model = processes.resolve("smartAccountRequest.bpmn");
        Files.writeString(
                model,
                Files.readString(model)
                        .replace("camunda:delegateExpression=\"${checkRequestDelegate}\"", "")
                        .replace("${expireAccountDelegate}", "${gone}"));

        try (RunningApplication application =
                RunningApplication.inProduction(environment(EmbeddedDatabase.newDatabase()), directory)) {
            assertThat(application.awaitEnd()).isNotZero();
            assertThat(application.output())
                    .contains(
                            "There are mistakes in processes/",
                            "smartAccountRequest.bpmn, Activity_checkRequest: it does nothing yet; choose what it does",
                            "smartAccountRequest.bpmn, Activity_expireAccount: ")
                    .doesNotContain("\tat org.camunda");
        }
    }

    @Test
    void inDevelopmentDataAndClockSurviveThatItIsKilled() throws IOException, InterruptedException {
        int port = TestSocketUtils.findAvailableTcpPort();
        int mailPort = TestSocketUtils.findAvailableTcpPort();
        HttpClient browser = HttpClient.newHttpClient();
        URI clock = URI.create("http://localhost:%d/dev/clock".formatted(port));
        try (RunningApplication first = RunningApplication.inDevelopment(directory, port, mailPort)) {
            first.awaitReady();
            HttpResponse<Void> travelled = browser.send(
                    HttpRequest.newBuilder(clock)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString("days=30"))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            assertThat(travelled.statusCode()).isEqualTo(302);
            first.kill();
        }

        try (RunningApplication second = RunningApplication.inDevelopment(directory, port, mailPort)) {
            second.awaitReady();
            String page = browser.send(HttpRequest.newBuilder(clock).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            assertThat(page)
                    .contains(DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH)
                            .format(Instant.now().plus(Duration.ofDays(30)).atZone(ZoneOffset.UTC)));
            assertThat(second.output()).doesNotContain("Migrating schema");
        }
    }

    /** What an installation has to say, at least. */
    static Map<String, String> environment(String database) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "DATABASE_URL", database,
                "DATABASE_USER", "postgres",
                "DATABASE_PASSWORD", "not asked for",
                "MAIL_HOST", "localhost",
                "MAIL_FROM", "no-reply@smartaccounts.example",
                "PORT", "0",
                "PUBLIC_URL", "http://localhost",
                "ACTIVATION_KEYS", "0123456789abcdef0123456789abcdef",
                "ADMIN_USER", Partner.ADMINISTRATOR,
                "ADMIN_PASSWORD", Partner.ADMINISTRATORS_PASSWORD));
        environment.put("SUPPORT_EMAIL", "licensing-support@smartaccounts.example");
        return environment;
    }
}
