package org.smartaccounts.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smartaccounts.development.EmbeddedDatabase;
import org.smartaccounts.development.MailRelay;
import org.smartaccounts.support.Partner;
import org.smartaccounts.support.Partner.Asked;
import org.smartaccounts.support.RunningApplication;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.util.TestSocketUtils;

/** A node is told to end, in the middle of its work: it ends what it has begun, and leaves the rest to others. */
class OrderlyEndTest {

    private static final List<String> DOMAINS = IntStream.rangeClosed(1, 12)
            .mapToObj("customer-%d.example"::formatted)
            .toList();

    private static final int THREADS = 2;
    private static final int QUEUE = 2;

    /** {@code SIGTERM}, as a shell says it. */
    private static final int TERMINATED = 143;

    private final GreenMail server =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());
    private final int mailPort = TestSocketUtils.findAvailableTcpPort();
    private final MailRelay relay =
            new MailRelay(mailPort, () -> server.getSmtp().getPort());
    private final int port = TestSocketUtils.findAvailableTcpPort();
    private final String url = "http://localhost:" + port;

    @BeforeEach
    void start() {
        server.start();
        relay.start();
    }

    @AfterEach
    void stop() {
        relay.close();
        server.stop();
    }

    @Test
    void whatIsUnderWayIsFinishedAndWhatIsNotBegunIsLeftToOthers() throws Exception {
        String address = EmbeddedDatabase.newDatabase();
        DriverManagerDataSource database = new DriverManagerDataSource(address, "postgres", "");
        JdbcClient jdbc = JdbcClient.create(database);
        Map<String, String> environment = StartUpTest.environment(address);
        environment.putAll(
                Map.of("PORT", String.valueOf(port), "PUBLIC_URL", url, "MAIL_PORT", String.valueOf(mailPort)));
        // So few that some of what is taken up waits in the queue, and some finds no place there.
        Map<String, String> narrow = new HashMap<>(environment);
        narrow.putAll(Map.of(
                "CAMUNDA_BPM_JOBEXECUTION_COREPOOLSIZE", String.valueOf(THREADS),
                "CAMUNDA_BPM_JOBEXECUTION_MAXPOOLSIZE", String.valueOf(THREADS),
                "CAMUNDA_BPM_JOBEXECUTION_QUEUECAPACITY", String.valueOf(QUEUE)));

        try (RunningApplication node = RunningApplication.inProduction(narrow).awaitReady();
                Connection somebody = database.getConnection();
                Statement statement = somebody.createStatement()) {
            Partner paula = Partner.isLetIn(url);
            Asked inReview = paula.asks("in-review.example");
            List<Asked> asked = DOMAINS.stream().map(paula::asks).toList();
            DOMAINS.forEach(domain -> relay.holdAnswerTo("anna@" + domain));
            asked.forEach(paula::submits);
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(relay.held()).isEqualTo(THREADS);
                assertThat(locked(jdbc)).as("some wait for a thread").isGreaterThan(THREADS + QUEUE);
            });

            // Somebody has just opened a request, and the page takes its time.
            somebody.setAutoCommit(false);
            statement.execute("LOCK TABLE timeline_entry IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<String> page = CompletableFuture.supplyAsync(() -> paula.sees(inReview));
            await().untilAsserted(() -> assertThat(waitingForTheTable(jdbc)).isPositive());

            node.stop();
            await().untilAsserted(() -> assertThat(node.output()).contains("Commencing graceful shutdown"));
            assertThat(page).isNotDone();
            somebody.rollback();
            assertThat(page.get()).contains(inReview.number());
            relay.letGo();

            assertThat(node.awaitEnd()).isEqualTo(TERMINATED);
            assertThat(node.output())
                    .contains("Graceful shutdown complete")
                    .doesNotContain("ERROR", "goes on for longer", "\tat ");
        }

        assertThat(locked(jdbc)).as("nobody waits for a lock").isZero();
        assertThat(received()).hasSize(THREADS).doesNotHaveDuplicates();
        assertThat(recipients(jdbc, "SENT")).containsExactlyInAnyOrderElementsOf(received());

        try (RunningApplication next =
                RunningApplication.inProduction(environment).awaitReady()) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(recipients(jdbc, "SENT")).hasSize(DOMAINS.size()));
            assertThat(next.output()).doesNotContain("ERROR");
        }
        assertThat(received()).hasSize(DOMAINS.size()).doesNotHaveDuplicates();
    }

    private static long locked(JdbcClient jdbc) {
        return jdbc.sql("SELECT count(*) FROM act_ru_job WHERE lock_owner_ IS NOT NULL")
                .query(Long.class)
                .single();
    }

    private static long waitingForTheTable(JdbcClient jdbc) {
        return jdbc.sql("SELECT count(*) FROM pg_locks WHERE relation = 'timeline_entry'::regclass AND NOT granted")
                .query(Long.class)
                .single();
    }

    /** The customers whose instructions are in that state. */
    private static List<String> recipients(JdbcClient jdbc, String state) {
        return jdbc.sql("SELECT recipient FROM email WHERE template = 'activationInstructions' AND state = ?")
                .param(state)
                .query(String.class)
                .list();
    }

    /** The customers to whom something has come, once for each email. */
    private List<String> received() throws MessagingException {
        List<String> recipients = new ArrayList<>();
        for (var message : server.getReceivedMessages()) {
            Arrays.stream(message.getAllRecipients())
                    .map(Object::toString)
                    .filter(recipient -> recipient.startsWith("anna@"))
                    .forEach(recipients::add);
        }
        return recipients;
    }
}
