package org.smartaccounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.By;
import org.smartaccounts.development.EmbeddedDatabase;
import org.smartaccounts.support.Browser;
import org.smartaccounts.support.Keycloak;
import org.smartaccounts.support.RunningApplication;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.util.TestSocketUtils;

/** People of a real identity provider come and go: the application as in production, in front of it a Keycloak and a browser. */
@Tag("keycloak")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SingleSignOnTest {

    private static final String PASSWORD = "Try-it-2026";
    private static final String CLIENT = "SPRING_SECURITY_OAUTH2_CLIENT_";

    private final int port = TestSocketUtils.findAvailableTcpPort();
    private final String url = "http://localhost:" + port;
    private @Nullable Keycloak keycloak;
    private @Nullable RunningApplication application;
    private @Nullable Browser opened;
    private @Nullable JdbcClient database;
    private Map<String, String> environment = Map.of();

    @BeforeAll
    void start() throws Exception {
        keycloak = Keycloak.startFor(url);
        String data = EmbeddedDatabase.newDatabase();
        database = JdbcClient.create(new DriverManagerDataSource(data, "postgres", ""));
        environment = new HashMap<>(Map.of(
                "DATABASE_URL", data,
                "DATABASE_USER", "postgres",
                "DATABASE_PASSWORD", "not asked for",
                "MAIL_HOST", "localhost",
                "MAIL_FROM", "no-reply@smartaccounts.example",
                "SUPPORT_EMAIL", "licensing-support@smartaccounts.example",
                "PORT", String.valueOf(port),
                "PUBLIC_URL", url,
                "ACTIVATION_KEYS", "0123456789abcdef0123456789abcdef"));
        environment.putAll(Map.of(
                CLIENT + "REGISTRATION_KEYCLOAK_CLIENTID", "smart-account-requests",
                CLIENT + "REGISTRATION_KEYCLOAK_CLIENTSECRET", "for-tests-only",
                CLIENT + "REGISTRATION_KEYCLOAK_CLIENTNAME", "Example Inc.",
                CLIENT + "REGISTRATION_KEYCLOAK_SCOPE", "openid,profile,email",
                CLIENT + "PROVIDER_KEYCLOAK_ISSUERURI", keycloak.issuer(),
                CLIENT + "PROVIDER_KEYCLOAK_USERNAMEATTRIBUTE", "preferred_username"));
        application = RunningApplication.inProduction(environment).awaitReady();
        opened = Browser.open();
    }

    @AfterAll
    void stop() {
        for (@Nullable AutoCloseable resource : new AutoCloseable[] {opened, application, keycloak}) {
            try {
                if (resource != null) {
                    resource.close();
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    @BeforeEach
    void beNobody() {
        browser().go(Objects.requireNonNull(keycloak).issuer());
        browser().forgetEverything();
        browser().go(url + "/login");
        browser().forgetEverything();
    }

    @Test
    void aPartnerComesInIsWrittenDownAndLeavesBothAtOnce() {
        logIn("paula");
        browser().see(By.partialLinkText("Start process"));
        browser().see("Paula Romano");
        browser().screenshot("30-single-sign-on-tasklist");

        assertThat(groupsOf("paula")).containsExactly("alpine-reseller", "partners");
        assertThat(database()
                        .sql("SELECT type_ FROM act_id_group WHERE id_ = 'alpine-reseller'")
                        .query(String.class)
                        .single())
                .isEqualTo("PARTNER");
        assertThat(database()
                        .sql("SELECT first_, last_, email_, pwd_ FROM act_id_user WHERE id_ = 'paula'")
                        .query()
                        .singleRow())
                .containsEntry("first_", "Paula")
                .containsEntry("last_", "Romano")
                .containsEntry("email_", "paula@alpine-reseller.example")
                .containsEntry("pwd_", null);

        browser().click(By.cssSelector(".account .dropdown-toggle, .account a"));
        browser().click(By.cssSelector(".logout a"));
        browser().see("You are logged out");
        browser().screenshot("31-logged-out");
        // There, too: otherwise one would be in again without a word.
        browser().go(url + "/camunda/app/tasklist/default/");
        browser().see(By.id("kc-login"));
    }

    @Test
    void anAdministratorWatchesCockpitAndFindsWhoWasHere() {
        logIn("sam");
        browser().see(By.partialLinkText("Support"));
        beNobody();
        logIn("ada");
        browser().see("Running Process Instances");
        browser().go(url + "/camunda/app/admin/default/#/users");
        browser().see("Sam Okoro");
    }

    @Test
    void whoLosesAGroupThereLosesItHere() {
        logIn("sam");
        browser().see(By.partialLinkText("Support"));
        database()
                .sql("INSERT INTO act_id_membership (user_id_, group_id_) VALUES ('sam', 'analysts')")
                .update();
        beNobody();
        logIn("sam");
        browser().see(By.partialLinkText("Support"));

        assertThat(groupsOf("sam")).containsExactly("licensing-support");
    }

    @Test
    void aPartnerOfNoCompanyOrOfTwoIsToldWhyNot() {
        logIn("lone");
        browser().see("does not say of which company");
        browser().screenshot("32-no-company");
        beNobody();
        logIn("twin");
        browser().see("several partner companies");

        assertThat(database()
                        .sql("SELECT count(*) FROM act_id_user WHERE id_ IN ('lone', 'twin')")
                        .query(Integer.class)
                        .single())
                .isZero();
        browser().go(url + "/camunda/app/tasklist/default/");
        assertThat(browser().text()).doesNotContain("Start process");
    }

    @Test
    void whoeverIsInNoGroupReadsWhy() {
        logIn("ingo");
        browser().see("You are in no group yet");
        browser().screenshot("33-no-group");
    }

    @Test
    void theIdentityProviderEndsASessionAlsoOfANodeThatHasBeenRestarted() {
        logIn("paula");
        browser().see(By.partialLinkText("Start process"));

        Objects.requireNonNull(application).kill();
        application = RunningApplication.inProduction(environment).awaitReady();
        browser().go(url + "/camunda/app/tasklist/default/");
        browser().see(By.partialLinkText("Start process"));

        Objects.requireNonNull(keycloak).endSessions("paula");
        browser().go(url + "/camunda/app/tasklist/default/");
        browser().see(By.id("kc-login"));
        assertThat(database()
                        .sql("SELECT count(*) FROM spring_session WHERE principal_name = 'paula'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private void logIn(String user) {
        browser().go(url + "/");
        browser().type(By.id("username"), user);
        browser().type(By.id("password"), PASSWORD);
        browser().click(By.id("kc-login"));
    }

    private List<String> groupsOf(String user) {
        return database()
                .sql("SELECT group_id_ FROM act_id_membership WHERE user_id_ = ? ORDER BY 1")
                .param(user)
                .query(String.class)
                .list();
    }

    private Browser browser() {
        return Objects.requireNonNull(opened);
    }

    private JdbcClient database() {
        return Objects.requireNonNull(database);
    }
}
