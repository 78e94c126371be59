package org.smartaccounts.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.PAULA;
import static org.smartaccounts.support.Tasklist.SAM;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smartaccounts.request.ProcessElements;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.Visitor;
import org.springframework.beans.factory.annotation.Autowired;

/** Somebody wants to be somebody else: by forged forms, by sessions that he knows, by links that lead astray, and by guessing passwords. */
class AttackTest extends ApplicationTest {

    private static final String API = "/camunda/api/engine/engine/default";
    private static final String WHO_AM_I = "/camunda/api/admin/auth/user/default";

    @Autowired
    IdentityService identity;

    @Autowired
    RepositoryService repository;

    @Autowired
    HistoryService history;

    @Test
    void aForgedLoginIsRefused() {
        Visitor victim = new Visitor(url);
        String ofSomebodyElse = new Visitor(url).token("/login");
        victim.get("/login");

        for (Map<String, String> forged : List.of(
                Map.of("username", PAULA, "password", password),
                Map.of("username", PAULA, "password", password, "_csrf", ""),
                Map.of("username", PAULA, "password", password, "_csrf", victim.cookie("form-token") + "x"),
                Map.of("username", PAULA, "password", password, "_csrf", ofSomebodyElse))) {
            HttpResponse<String> refused = victim.submit("/login", forged);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).doesNotContain(password);
        }
        assertIsNobody(victim);
    }

    @Test
    void aForgedLogoutIsRefused() {
        Visitor paula = loggedIn(PAULA);

        assertThat(paula.submit("/logout", Map.of()).statusCode()).isEqualTo(403);
        assertThat(paula.submit("/logout", Map.of("_csrf", new Visitor(url).token("/login")))
                        .statusCode())
                .isEqualTo(403);
        paula.get("/logout?logout=true");

        assertThat(paula.get(WHO_AM_I).body()).contains("\"userId\":\"paula\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "guessed", "planted"})
    void aForgedCallOfTheWebApplicationsDoesNothing(String token) {
        String start = "%s/process-definition/%s/submit-form".formatted(API, definition());
        String credentials = API + "/user/paula/credentials";
        String newPassword = "{\"password\":\"Another-2026\",\"authenticatedUserPassword\":\"%s\"}".formatted(password);
        long requests = requests();

        for (String type : List.of("application/json", "text/plain", "application/x-www-form-urlencoded")) {
            assertThat(forge("POST", start, type, token, "{\"variables\":{}}")).isEqualTo(403);
            assertThat(forge("PUT", credentials, type, token, newPassword)).isEqualTo(403);
        }

        assertThat(requests()).isEqualTo(requests);
        loggedIn(PAULA);
    }

    @Test
    void nothingThatChangesSomethingIsOpenWithoutTheToken() throws IOException {
        List<String> changing = Files.readAllLines(Path.of("src/test/resources/routes.csv")).stream()
                .map(line -> line.replaceFirst(",.*", "").replaceAll("\\{[^}]*name}|\\{engine}", "default"))
                .map(route -> route.replaceAll("\\{[^}]+}|\\*\\*", "none"))
                .filter(route -> route.matches("(POST|PUT|DELETE|PATCH) /camunda/.*"))
                .toList();
        assertThat(changing).hasSizeGreaterThan(100);

        assertThat(changing).allSatisfy(route -> {
            String[] methodAndPath = route.split(" ", 2);
            assertThat(forge("admin", methodAndPath[0], methodAndPath[1], "application/json", "", "{}"))
                    .as(route)
                    .isEqualTo(403);
        });
    }

    private int forge(String method, String path, String type, String token, String body) {
        return forge(PAULA, method, path, type, token, body);
    }

    /** Each time a new session: the web applications end one in which somebody forges. */
    private int forge(String user, String method, String path, String type, String token, String body) {
        Visitor victim = loggedIn(user);
        HttpRequest.Builder forged = HttpRequest.newBuilder(victim.at(path))
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            forged.header("X-XSRF-TOKEN", token);
        }
        if (token.equals("planted")) {
            victim.carry("XSRF-TOKEN", token);
        }
        return victim.send(forged).statusCode();
    }

    @Test
    void aSessionThatWasKnownBeforeTheLoginIsNobodysAfterIt() {
        Visitor attacker = loggedIn(SAM);
        String known = attacker.cookie("session");
        Visitor victim = new Visitor(url);
        victim.carry("session", known);

        // The login page sends whoever is logged in away; the token is on the page for logging out, too.
        HttpResponse<String> login = victim.submit(
                "/login", Map.of("_csrf", victim.token("/logout"), "username", PAULA, "password", password));

        assertThat(login.statusCode()).isEqualTo(302);
        assertThat(victim.cookie("session")).isNotEmpty().isNotEqualTo(known);
        victim.get("/camunda/app/welcome/default/");
        assertThat(victim.get(WHO_AM_I).body()).contains("\"userId\":\"paula\"");
        assertIsNobody(attacker);
    }

    @Test
    void aSessionThatSomebodyMadeUpIsNotTakenOver() {
        String madeUp =
                Base64.getEncoder().encodeToString(UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
        Visitor victim = new Visitor(url);
        victim.carry("session", madeUp);
        assertIsNobody(victim);

        victim.logIn(PAULA, password);

        assertThat(victim.cookie("session")).isNotEmpty().isNotEqualTo(madeUp);
        Visitor attacker = new Visitor(url);
        attacker.carry("session", madeUp);
        assertIsNobody(attacker);
    }

    @Test
    void aSessionEndsWithTheLogoutEverywhere() {
        Visitor paula = loggedIn(PAULA);
        assertThat(paula.get(API + "/task").statusCode()).isEqualTo(200);
        Visitor thief = new Visitor(url);
        thief.carry("session", paula.cookie("session"));
        thief.carry("XSRF-TOKEN", paula.cookie("XSRF-TOKEN"));
        assertThat(thief.get(API + "/task").statusCode()).isEqualTo(200);

        paula.submit("/logout", Map.of("_csrf", paula.token("/logout")));

        assertIsNobody(thief);
        assertThat(thief.get(API + "/task").statusCode()).isEqualTo(401);
        String start = "%s/process-definition/%s/submit-form".formatted(API, definition());
        assertThat(thief.call("POST", start, "{}").statusCode()).isIn(401, 403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example/",
                "///evil.example/",
                "/\\evil.example",
                "\\\\evil.example",
                "/\t/evil.example",
                "http://localhost@evil.example/",
                "javascript:alert(1)",
                "@evil.example/",
                ".evil.example/",
                "evil.example",
                ""
            })
    void afterTheLoginNobodyIsLedAstray(String target) {
        Visitor victim = new Visitor(url);
        victim.carry("REDIRECT_URI", Base64.getEncoder().encodeToString(target.getBytes(StandardCharsets.UTF_8)));
        HttpResponse<String> login = victim.send(HttpRequest.newBuilder(
                        victim.at("/login?continue=https://evil.example&redirect=//evil.example&next=//evil.example"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Referer", "https://evil.example/")
                .header("X-Forwarded-Host", "evil.example")
                .header("X-Forwarded-Proto", "https")
                .POST(BodyPublishers.ofString(
                        "_csrf=%s&username=%s&password=%s".formatted(victim.token("/login"), PAULA, password))));

        assertThat(login.statusCode()).isEqualTo(302);
        // From here, whatever host was asked for: no other site's address begins with one slash.
        assertThat(login.headers().firstValue("Location").orElseThrow())
                .startsWith("/")
                .doesNotStartWith("//")
                .doesNotContain("\\");
    }

    @ParameterizedTest
    @CsvSource({
        "session, AA==",
        "session, Jw==",
        "REDIRECT_URI, aHR0cHM6Ly9ldmlsLmV4YW1wbGU6eC8=",
        "REDIRECT_URI, L3gNClgtRXZpbDogMQ==",
        "REDIRECT_URI, %00",
        "form-token, x",
        "XSRF-TOKEN, x",
        "language, x"
    })
    void aCookieThatSomebodyPlantedKeepsNobodyOut(String name, String value) {
        Visitor victim = new Visitor(url);
        victim.carry(name, value);

        for (String page : List.of("/pages.css", "/login")) {
            assertThat(victim.get(page).statusCode()).as(page).isEqualTo(200);
        }
        HttpResponse<String> login = victim.logIn(PAULA, password);
        assertThat(login.statusCode()).isEqualTo(302);
        assertThat(login.headers().map()).doesNotContainKey("x-evil");
        assertThat(victim.get("/camunda/app/tasklist/default/").statusCode()).isEqualTo(200);
    }

    @Test
    void afterTheLoginThePageIsShownThatWasWanted() {
        Visitor paula = new Visitor(url);
        paula.get("/camunda/app/tasklist/default/?task=1");

        assertThat(paula.logIn(PAULA, password).headers().firstValue("Location"))
                .map(URI::create)
                .map(URI::getPath)
                .contains("/camunda/app/tasklist/default/");
    }

    @Test
    void whoGuessesAPasswordIsStoppedAndNobodyElse() {
        create("guessed-at");
        create("bystander");
        for (int i = 0; i < 8; i++) {
            assertThat(new Visitor(url).logIn("guessed-at", "Guess-" + i).statusCode())
                    .isEqualTo(401);
        }

        HttpResponse<String> stopped = new Visitor(url).logIn("guessed-at", "Guess-9");
        assertThat(stopped.statusCode()).isEqualTo(429);
        assertThat(stopped.headers().firstValue("Retry-After")).contains("900");
        assertThat(stopped.body()).contains("too many wrong attempts").doesNotContain("Guess-9");
        for (String spelling : List.of("guessed-at", " guessed-at", "guessed-at\t", "Guessed-At")) {
            HttpResponse<String> right = new Visitor(url).logIn(spelling, password);
            assertThat(right.statusCode()).as(spelling).isEqualTo(429);
        }

        assertThat(new Visitor(url).logIn("bystander", password).statusCode()).isEqualTo(302);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "X-Real-IP", "Client-IP", "True-Client-IP", "Forwarded"})
    void whoSaysThatHeIsAtAnotherAddressIsCountedAtHisOwn(String header) {
        create("guessed-at");
        for (int i = 0; i < 8; i++) {
            new Visitor(url).logIn("guessed-at", "Guess-" + i);
        }

        Visitor guesser = new Visitor(url);
        HttpResponse<String> right = guesser.send(HttpRequest.newBuilder(guesser.at("/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(header, header.equals("Forwarded") ? "for=203.0.113.7" : "203.0.113.7")
                .POST(BodyPublishers.ofString(
                        "_csrf=%s&username=guessed-at&password=%s".formatted(guesser.token("/login"), password))));

        assertThat(right.statusCode()).isEqualTo(429);
    }

    @Test
    void whoTriesManyUsersIsStoppedToo() {
        create("bystander");
        int tries = 0;
        while (new Visitor(url).logIn("somebody-" + tries, password).statusCode() != 429) {
            tries++;
            assertThat(tries).isLessThan(70);
        }

        assertThat(tries).isGreaterThanOrEqualTo(60);
        assertThat(new Visitor(url).logIn("bystander", password).statusCode()).isEqualTo(429);
    }

    private void create(String name) {
        identity.deleteUser(name);
        User user = identity.newUser(name);
        user.setPassword(password);
        identity.saveUser(user);
    }

    @AfterEach
    void leaveNobodyBehind() {
        identity.deleteUser("guessed-at");
        identity.deleteUser("bystander");
    }

    private static void assertIsNobody(Visitor visitor) {
        for (String page : List.of("/", "/logout", "/camunda/app/tasklist/default/", "/camunda/app/cockpit/default/")) {
            HttpResponse<String> answer = visitor.get(page);
            assertThat(answer.statusCode()).as(page).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/login");
        }
        assertThat(visitor.get(WHO_AM_I).statusCode()).isEqualTo(401);
    }

    private String definition() {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(ProcessElements.PROCESS)
                .latestVersion()
                .singleResult()
                .getId();
    }

    private long requests() {
        return history.createHistoricProcessInstanceQuery().count();
    }
}
