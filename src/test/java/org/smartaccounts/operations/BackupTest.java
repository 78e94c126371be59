package org.smartaccounts.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smartaccounts.development.MailRelay;
import org.smartaccounts.development.Mailbox;
import org.smartaccounts.development.Mailbox.Received;
import org.smartaccounts.support.InstalledPostgres;
import org.smartaccounts.support.Partner;
import org.smartaccounts.support.Partner.Asked;
import org.smartaccounts.support.RunningApplication;
import org.smartaccounts.support.Visitor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.util.TestSocketUtils;

/**
 * The worst has happened: the database is gone, and there is a dump of it, made by the commands of the README while people were at work. They
 * are read from there.
 */
class BackupTest {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final int PEOPLE = 3;

    @TempDir
    Path directory;

    private final GreenMail server =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());
    private final int mailPort = TestSocketUtils.findAvailableTcpPort();
    private final MailRelay relay =
            new MailRelay(mailPort, () -> server.getSmtp().getPort());
    private final Mailbox mailbox = new Mailbox(server);
    private final int port = TestSocketUtils.findAvailableTcpPort();
    private final String url = "http://localhost:" + port;
    private final Queue<Asked> load = new ConcurrentLinkedQueue<>();

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
    void whateverWasThereWhenTheDumpBeganGoesOnAfterTheRestore() throws Exception {
        try (InstalledPostgres postgres = InstalledPostgres.startIfFound(directory)) {
            postgres.run("createdb smartaccounts", directory);
            JdbcClient gone = jdbc(postgres, "smartaccounts");
            Asked inReview;
            Asked untouched;
            Asked pending;
            Asked active;
            Asked unsent;
            Asked lost;
            List<Asked> before;

            try (RunningApplication node = node(postgres, "smartaccounts")) {
                Partner paula = Partner.isLetIn(url);
                inReview = paula.asks("in-review.example");
                untouched = paula.asks("untouched.example");
                pending = submitted(paula, "pending.example");
                active = submitted(paula, "active.example");
                accept(active);
                relay.refuse("anna@unsent.example", "450 4.2.1 Come back later");
                unsent = submitted(paula, "unsent.example");
                await().atMost(SOON).untilAsserted(() -> {
                    assertThat(mailbox.about(pending.number(), "anna@pending.example"))
                            .hasSize(1);
                    assertThat(status(gone, active)).isEqualTo("ACTIVE");
                    assertThat(triedInVain(gone, unsent)).isEqualTo(1);
                });

                AtomicBoolean enough = new AtomicBoolean();
                List<CompletableFuture<Void>> people = peopleWhoAsk(enough);
                await().atMost(SOON).until(() -> load.size() >= PEOPLE);
                before = List.copyOf(load);
                dumpWhilePeopleAsk(postgres);
                enough.set(true);
                people.forEach(CompletableFuture::join);
                lost = submitted(paula, "lost.example");
                await().atMost(SOON).until(() -> !instructions(lost).isEmpty());

                // What is sent from now on, the dump does not know.
                relay.allow("anna@unsent.example");
                await().atMost(Duration.ofMinutes(2))
                        .untilAsserted(() -> assertThat(mailbox.about(unsent.number(), "anna@unsent.example"))
                                .hasSize(1));
                assertThat(node.output()).doesNotContain("ERROR");
            }

            run(postgres, "To restore");
            JdbcClient restored = jdbc(postgres, "restored");
            assertThat(halfRequests(restored)).isEmpty();
            assertThat(tallied(restored)).isEqualTo(counted(restored));
            assertThat(before)
                    .allSatisfy(asked -> assertThat(status(restored, asked)).isEqualTo("PENDING"));
            assertThat(triedInVain(restored, unsent)).isEqualTo(1);
            // What the node was doing when the dump began has a lock for five minutes, which are over.
            restored.sql("UPDATE act_ru_job SET lock_exp_time_ = now() WHERE lock_exp_time_ > now()")
                    .update();
            // And here it is a month later.
            restored.sql("UPDATE act_ru_job SET duedate_ = now() WHERE process_instance_id_ = ?")
                    .param(untouched.instance())
                    .update();

            try (RunningApplication node = node(postgres, "restored")) {
                Partner paula = Partner.logsIn(url);
                assertThat(paula.sees(inReview)).contains(inReview.number());
                paula.submits(inReview);
                accept(pending);
                assertThat(submitted(paula, "afterwards.example").number())
                        .as("a number that nobody has a link to")
                        .isGreaterThan(lost.number());
                assertThat(new Visitor(url).get(link(lost)).statusCode()).isEqualTo(404);
                await().atMost(SOON).untilAsserted(() -> {
                    assertThat(status(restored, untouched)).isEqualTo("WITHDRAWN");
                    assertThat(status(restored, pending)).isEqualTo("ACTIVE");
                    assertThat(mailbox.about(inReview.number(), "anna@in-review.example"))
                            .hasSize(1);
                    // At least once: to the dump it was still to be sent. Readers' programs know it by its number.
                    assertThat(messageIds(unsent, "anna@unsent.example"))
                            .hasSize(2)
                            .containsOnly(firstId(unsent));
                    assertThat(before)
                            .allSatisfy(asked -> assertThat(instructionsSent(restored, asked))
                                    .isTrue());
                });
                assertThat(tallied(restored)).isEqualTo(counted(restored));
                assertThat(new Visitor(url).get(link(active)).body()).contains("active.example");
                assertThat(node.output()).doesNotContain("ERROR");
            }
        }
    }

    /** The lines of a shell that stand under these words in the README. */
    private static String commands(String words) throws IOException {
        Matcher block = Pattern.compile(Pattern.quote(words) + ".*?```\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("README.md")));
        assertThat(block.find()).as("the README says how: " + words).isTrue();
        return block.group(1);
    }

    private RunningApplication node(InstalledPostgres postgres, String database) {
        Map<String, String> environment = StartUpTest.environment(postgres.url(database));
        environment.putAll(
                Map.of("PORT", String.valueOf(port), "PUBLIC_URL", url, "MAIL_PORT", String.valueOf(mailPort)));
        return RunningApplication.inProduction(environment).awaitReady();
    }

    private static JdbcClient jdbc(InstalledPostgres postgres, String database) {
        return JdbcClient.create(new DriverManagerDataSource(postgres.url(database), "postgres", ""));
    }

    private static Asked submitted(Partner paula, String domain) {
        Asked request = paula.asks(domain);
        paula.submits(request);
        return request;
    }

    private List<CompletableFuture<Void>> peopleWhoAsk(AtomicBoolean enough) {
        return IntStream.range(0, PEOPLE)
                .mapToObj(person -> CompletableFuture.runAsync(() -> {
                    Partner paula = Partner.logsIn(url);
                    for (int i = 0; !enough.get(); i++) {
                        load.add(submitted(paula, "customer-%d-of-%d.example".formatted(i, person)));
                    }
                }))
                .toList();
    }

    /** Somebody keeps a table to themselves, so that the dump, which has begun, takes its time. */
    private void dumpWhilePeopleAsk(InstalledPostgres postgres) throws Exception {
        String table = "act_ge_schema_log";
        DriverManagerDataSource database = new DriverManagerDataSource(postgres.url("smartaccounts"), "postgres", "");
        try (Connection somebody = database.getConnection();
                Statement statement = somebody.createStatement()) {
            somebody.setAutoCommit(false);
            statement.execute("LOCK TABLE %s IN ACCESS EXCLUSIVE MODE".formatted(table));
            CompletableFuture<Void> dump = CompletableFuture.runAsync(() -> run(postgres, "To back up"));
            await().atMost(SOON)
                    .until(() -> JdbcClient.create(database)
                                    .sql("SELECT count(*) FROM pg_locks WHERE relation = ?::regclass AND NOT granted")
                                    .param(table)
                                    .query(Long.class)
                                    .single()
                            > 0);
            int asked = load.size();
            await().atMost(SOON).until(() -> load.size() >= asked + PEOPLE);
            somebody.rollback();
            dump.join();
        }
    }

    private void run(InstalledPostgres postgres, String words) {
        try {
            postgres.run(commands(words), directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The customer follows the link of the email, ticks, and accepts. */
    private void accept(Asked request) {
        await().atMost(SOON).until(() -> !instructions(request).isEmpty());
        assertThat(new Visitor(url)
                        .submit(link(request), Map.of("decision", "accept", "authorised", "true"))
                        .statusCode())
                .isEqualTo(303);
    }

    private String link(Asked request) {
        return URI.create(instructions(request).get(0).link()).getPath();
    }

    private List<Received> instructions(Asked request) {
        return mailbox.about(request.number()).stream()
                .filter(email -> email.template().equals("activationInstructions"))
                .toList();
    }

    private String firstId(Asked request) throws MessagingException {
        return instructions(request).get(0).message().getMessageID();
    }

    private List<String> messageIds(Asked request, String to) throws MessagingException {
        List<String> ids = new ArrayList<>();
        for (Received email : mailbox.about(request.number(), to)) {
            ids.add(email.message().getMessageID());
        }
        return ids;
    }

    private static String status(JdbcClient jdbc, Asked request) {
        return jdbc.sql("SELECT status FROM smart_account WHERE request_number = ?")
                .param(request.number())
                .query(String.class)
                .single();
    }

    private static long triedInVain(JdbcClient jdbc, Asked request) {
        return jdbc.sql("SELECT count(*) FROM email WHERE request_number = ? AND state = 'WAITING' AND tries > 0")
                .param(request.number())
                .query(Long.class)
                .single();
    }

    private static boolean instructionsSent(JdbcClient jdbc, Asked request) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT 1 FROM email
                            WHERE request_number = ? AND template = 'activationInstructions' AND state = 'SENT')""").param(request.number()).query(Boolean.class).single();
    }

    /** Requests that one of the two, the process and its row, knows nothing of. */
    private static List<String> halfRequests(JdbcClient jdbc) {
        return jdbc.sql("""
                        SELECT coalesce(request_number, business_key_)
                        FROM (SELECT * FROM smart_account WHERE status IN ('IN_REVIEW', 'PENDING')) open
                            FULL JOIN (SELECT * FROM act_ru_execution
                                       WHERE parent_id_ IS NULL AND business_key_ LIKE 'SAR-%') instance
                            ON request_number = business_key_
                        WHERE business_key_ IS NULL
                           OR request_number IS NULL
                              AND business_key_ NOT IN (SELECT request_number FROM smart_account)""").query(String.class).list();
    }

    /** Each status and how often, as the metrics say it. */
    private static Collection<String> tallied(JdbcClient jdbc) {
        return new HashSet<>(jdbc.sql("""
                        SELECT name || ' ' || sum(amount)
                        FROM (SELECT kind, name, total AS amount FROM tally
                              UNION ALL SELECT kind, name, amount FROM tally_mark) marks
                        WHERE kind = 'request' GROUP BY name HAVING sum(amount) > 0""").query(String.class).list());
    }

    private static Collection<String> counted(JdbcClient jdbc) {
        return new HashSet<>(jdbc.sql("SELECT lower(status) || ' ' || count(*) FROM smart_account GROUP BY status")
                .query(String.class)
                .list());
    }
}
