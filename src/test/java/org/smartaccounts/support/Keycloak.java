package org.smartaccounts.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.test.util.TestSocketUtils;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * A real Keycloak in a JVM of its own, with the realm {@code smart-accounts} and its people. It keeps everything in memory; its log is
 * {@code target/keycloak.log}. A test with it has the tag {@code keycloak}.
 */
public final class Keycloak implements AutoCloseable {

    private static final String REALM = "smart-accounts";
    private static final Path LOG = Path.of("target", "keycloak.log");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** The client that may end sessions, and its secret. */
    private static final String ADMINISTRATION = "administration";

    private final int port = TestSocketUtils.findAvailableTcpPort();
    private final String url = "http://localhost:" + port;
    private final RestClient http = RestClient.create(url);
    private final Process process;

    private Keycloak(String application) throws IOException {
        Path home = Path.of(Objects.requireNonNull(
                System.getProperty("keycloak.home"), "No Keycloak here; Maven's profile keycloak unpacks it"));
        String realm = REALM + "-realm.json";
        Path imported = Files.createDirectories(home.resolve("data/import"));
        Files.copy(
                testClasses().resolve("keycloak").resolve(realm),
                imported.resolve(realm),
                StandardCopyOption.REPLACE_EXISTING);
        ProcessBuilder builder =
                new ProcessBuilder(command(home)).redirectErrorStream(true).redirectOutput(LOG.toFile());
        // The realm refers to it: the application's port is another one each time.
        builder.environment().put("APPLICATION", application);
        builder.environment().put("KC_BOOTSTRAP_ADMIN_CLIENT_ID", ADMINISTRATION);
        builder.environment().put("KC_BOOTSTRAP_ADMIN_CLIENT_SECRET", ADMINISTRATION);
        process = builder.start();
    }

    /** Starts it for the application at that address, such as {@code http://localhost:8080}, and waits until it can be used. */
    public static Keycloak startFor(String application) {
        try {
            Keycloak keycloak = new Keycloak(application);
            keycloak.awaitReady();
            return keycloak;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command(Path home) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx384m",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory"
                        + "=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "-Dkc.home.dir=" + home,
                // It is used as it comes. Otherwise it would first build itself anew, which takes as long as the start.
                "-Dkc.config.built=true",
                "-cp",
                home.resolve("lib/quarkus-run.jar") + File.pathSeparator + testClasses(),
                Launcher.class.getName(),
                "start",
                "--import-realm",
                // Its built-in H2, but in memory; the rest of the URL is what Keycloak needs of H2.
                "--db-url=jdbc:h2:mem:keycloak;NON_KEYWORDS=VALUE;DB_CLOSE_DELAY=-1",
                "--cache=local",
                "--hostname=" + url,
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + port);
    }

    private static Path testClasses() {
        return Path.of(URI.create(Keycloak.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
    }

    private void awaitReady() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new AssertionError("Keycloak did not start:\n" + Files.readString(LOG));
            }
        }
    }

    private boolean answers() {
        try {
            Thread.sleep(100);
            http.get()
                    .uri(issuer() + "/.well-known/openid-configuration")
                    .retrieve()
                    .toBodilessEntity();
            return true;
        } catch (RestClientException e) {
            return false;
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Where discovery begins. */
    public String issuer() {
        return url + "/realms/" + REALM;
    }

    /** Ends all sessions of a person, as an administrator does; Keycloak tells the application by the back channel. */
    public void endSessions(String username) {
        String token = received(http.post()
                        .uri("/realms/master/protocol/openid-connect/token")
                        .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                        .body("grant_type=client_credentials&client_id=%1$s&client_secret=%1$s"
                                .formatted(ADMINISTRATION)))
                .required("access_token")
                .asText();
        String users = "/admin/realms/" + REALM + "/users";
        String id = received(http.get()
                        .uri(users + "?exact=true&username={name}", username)
                        .headers(headers -> headers.setBearerAuth(token)))
                .required(0)
                .required("id")
                .asText();
        http.post()
                .uri(users + "/{id}/logout", id)
                .headers(headers -> headers.setBearerAuth(token))
                .retrieve()
                .toBodilessEntity();
    }

    private static JsonNode received(RestClient.RequestHeadersSpec<?> request) {
        return Objects.requireNonNull(request.retrieve().body(JsonNode.class));
    }

    /** At once: it has nothing to save. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** Ends Keycloak together with the JVM that started it, however that one ends. */
    static final class Launcher {

        public static void main(String[] arguments) throws ReflectiveOperationException {
            ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
            Thread end = new Thread(() -> {
                parent.onExit().join();
                Runtime.getRuntime().halt(1);
            });
            end.setDaemon(true);
            end.start();
            Class.forName("io.quarkus.bootstrap.runner.QuarkusEntryPoint")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) arguments);
        }
    }
}
