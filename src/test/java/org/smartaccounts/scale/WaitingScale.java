package org.smartaccounts.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.smartaccounts.development.TimeMachine;
import org.smartaccounts.measure.Lives;
import org.smartaccounts.measure.MailServerProcess;
import org.smartaccounts.measure.OurLives;
import org.smartaccounts.measure.Postbox;
import org.smartaccounts.measure.Round;
import org.smartaccounts.measure.Stopwatch;
import org.smartaccounts.request.ActivationLink;
import org.smartaccounts.request.ActivationLinks;
import org.smartaccounts.request.ProcessElements;
import org.smartaccounts.request.RequestProcess;
import org.smartaccounts.request.Seen;
import org.smartaccounts.support.Jobs;
import org.smartaccounts.support.Releases;
import org.smartaccounts.support.Tasklist;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A million requests wait ({@code -Dscale.requests}), beside a database in which hardly any do. The figures are printed, and those that were
 * promised are asserted.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WaitingScale {

    private static final int REQUESTS = Integer.getInteger("scale.requests", 1_000_000);

    /** Fill some pages. */
    private static final int FEW = 1_000;

    /** On a release day, unless there are not enough for all of them. */
    private static final int DUE = Integer.getInteger("scale.due", Math.min(20_000, REQUESTS / 8));

    /** Of ours and of the starter's defaults, on release day. */
    private static final int TURNS = 2;

    private static final int CLIENTS = 4;
    private static final int ROUNDS = 5;
    private static final Duration ROUND = Duration.ofSeconds(6);
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final int LOOKS = 20;

    /** So many statements that read most are shown, and so many characters of each. */
    private static final int GREEDIEST = 16;

    private static final int SHORT = 250;

    private final MailServerProcess mail = MailServerProcess.start();
    private final ExplainedServer server = ExplainedServer.start("scale");
    private final JdbcClient jdbc = server.jdbc("many");

    @BeforeAll
    void make() {
        for (Map.Entry<String, Integer> database : new TreeMap<>(Map.of("few", FEW, "many", REQUESTS)).entrySet()) {
            server.create(database.getKey());
            String url = server.url(database.getKey());
            try (ConfigurableApplicationContext application = DevelopmentOn.database(url)) {
                say(
                        "%,d requests made in %s",
                        database.getValue(), new ManyRequests(application, url).make(database.getValue()));
            }
        }
        say(
                "of %s",
                jdbc.sql("SELECT pg_size_pretty(pg_database_size('many'))")
                        .query(String.class)
                        .single());
    }

    @BeforeEach
    void withAClassLoaderOfItsOwn() {
        // Applications that have ended leave theirs behind.
        Thread.currentThread().setContextClassLoader(WaitingScale.class.getClassLoader());
    }

    @AfterAll
    void stop() throws Exception {
        mail.close();
        server.close();
    }

    private static void say(String what, Object... figures) {
        System.out.println("FIGURE " + String.format(Locale.ROOT, what, figures));
    }

    @Test
    @Order(1)
    void theyAreRequestsAsAllOthers() {
        try (ConfigurableApplicationContext application = DevelopmentOn.database(server.url("many"))) {
            RequestProcess process = application.getBean(RequestProcess.class);
            Tasklist tasklist = application.getBean(Tasklist.class);
            Jobs jobs = application.getBean(Jobs.class);
            TimeMachine clock = application.getBean(TimeMachine.class);
            for (String kind : List.of("reminded0", "reminded1", "reminded2", "reminded3", "reminded4")) {
                List<String> some = some(kind, "PENDING", 4);

                assertThat(process.accept(new ActivationLink(some.get(0), 1)))
                        .isEqualTo(RequestProcess.Answer.RECORDED);
                jobs.drain(some.get(0));
                assertEnded(some.get(0), "ACTIVE");

                tasklist.as(requester(some.get(1)), () -> process.cancel(Seen.anyhow(some.get(1)), "Ordered twice."));
                jobs.drain(some.get(1));
                assertEnded(some.get(1), "CANCELED");

                clock.travelTo(jobs.only(some.get(2), ProcessElements.WAIT_EXPIRED)
                        .getDuedate()
                        .toInstant()
                        .plusSeconds(5));
                jobs.run(some.get(2), ProcessElements.WAIT_EXPIRED);
                jobs.drain(some.get(2));
                clock.returnToPresent();
                assertEnded(some.get(2), "EXPIRED");

                NextVersion.deployFor(some.get(3), application);
                assertThat(process.accept(new ActivationLink(some.get(3), 1)))
                        .isEqualTo(RequestProcess.Answer.RECORDED);
                jobs.drain(some.get(3));
                assertEnded(some.get(3), "ACTIVE");
                application.getBean(Releases.class).takeAway();
            }
            String review = some("review", "IN_REVIEW", 1).get(0);
            tasklist.review(requester(review), review, Map.of("reviewDecision", "submit"));
            jobs.drain(review);
            assertThat(status(review)).isEqualTo("PENDING");

            String approval = some("approval", "IN_DOMAIN_APPROVAL", 1).get(0);
            tasklist.approve(Tasklist.SAM, approval, Map.of("domainDecision", "approve"));
            jobs.drain(approval);
            assertThat(status(approval)).isEqualTo("PENDING");
        }
    }

    private void assertEnded(String request, String status) {
        assertThat(status(request)).isEqualTo(status);
        assertThat(jdbc.sql("SELECT count(*) FROM act_ru_execution WHERE business_key_ = ?")
                        .param(request)
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql("SELECT count(*) FROM act_hi_procinst WHERE business_key_ = ? AND end_time_ IS NOT NULL")
                        .param(request)
                        .query(Long.class)
                        .single())
                .isOne();
    }

    private List<String> some(String kind, String status, int count) {
        return jdbc.sql("""
                SELECT request_number FROM made JOIN smart_account USING (request_number)
                WHERE kind = ? AND status = ? ORDER BY id DESC LIMIT ?""").params(kind, status, count).query(String.class).list();
    }

    private String requester(String request) {
        return jdbc.sql("SELECT requester_id FROM smart_account WHERE request_number = ?")
                .param(request)
                .query(String.class)
                .single();
    }

    private String status(String request) {
        return jdbc.sql("SELECT status FROM smart_account WHERE request_number = ?")
                .param(request)
                .query(String.class)
                .single();
    }

    @Test
    @Order(2)
    void newRequestsLiveAsFastAsAlone() {
        try (OurLives few =
                        OurLives.start(server.url("few"), mail.port(), "--smart-accounts.migration.at-start=false");
                OurLives many =
                        OurLives.start(server.url("many"), mail.port(), "--smart-accounts.migration.at-start=false")) {
            List<OurLives> both = List.of(few, many);
            both.forEach(Lives::pause);
            both.forEach(lives -> Round.of(lives, CLIENTS, WARM_UP));
            double[][] rates = new double[2][ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                for (int which = 0; which < 2; which++) {
                    rates[which][round] =
                            Round.of(both.get(which), CLIENTS, ROUND).perSecond();
                }
            }
            double ratio = Stopwatch.median(rates[1]) / Stopwatch.median(rates[0]);
            say(
                    "lives a second: %.1f among few, %.1f among many: %.2f (%s, %s)",
                    Stopwatch.median(rates[0]),
                    Stopwatch.median(rates[1]),
                    ratio,
                    Arrays.toString(rates[0]),
                    Arrays.toString(rates[1]));
            assertThat(ratio).isGreaterThanOrEqualTo(0.9);
        }
    }

    @Test
    @Order(3)
    void itStartsAsFastAndItsPagesAnswerAsFast() {
        Map<String, double[]> seconds = new LinkedHashMap<>(Map.of("few", new double[3], "many", new double[3]));
        for (int round = 0; round < 3; round++) {
            for (Map.Entry<String, double[]> database : seconds.entrySet()) {
                try (Node node = node(database.getKey())) {
                    database.getValue()[round] = node.secondsToStart();
                }
            }
        }
        double starts = Stopwatch.median(Objects.requireNonNull(seconds.get("many")))
                / Stopwatch.median(Objects.requireNonNull(seconds.get("few")));
        say(
                "seconds to start: %.1f with few, %.1f with many: %.2f",
                Stopwatch.median(Objects.requireNonNull(seconds.get("few"))),
                Stopwatch.median(Objects.requireNonNull(seconds.get("many"))),
                starts);

        Map<String, Double> ratios = new LinkedHashMap<>();
        Map<String, Double> millis = new LinkedHashMap<>();
        try (Node few = node("few");
                Node many = node("many")) {
            Tour among = new Tour(many, jdbc);
            Tour alone = new Tour(few, server.jdbc("few"));
            Map<String, Supplier<HttpResponse<String>>> all = new LinkedHashMap<>(among.pages());
            all.putAll(among.tasklist());
            Map<String, Supplier<HttpResponse<String>>> ofFew = new LinkedHashMap<>(alone.pages());
            ofFew.putAll(alone.tasklist());
            all.forEach((name, page) -> {
                double[][] taken = new double[2][LOOKS];
                for (int look = -5; look < LOOKS; look++) {
                    for (int which = 0; which < 2; which++) {
                        double took = millis(which == 0 ? Objects.requireNonNull(ofFew.get(name)) : page);
                        if (look >= 0) {
                            taken[which][look] = took;
                        }
                    }
                }
                double one = Stopwatch.median(taken[0]);
                double other = Stopwatch.median(taken[1]);
                ratios.put(name, other / one);
                millis.put(name, other);
                say("%-30s %8.1f ms among few, %8.1f ms among many: %.2f", name, one, other, other / one);
            });
            say("heap of the node among many: %.0f MiB in use", many.heapInUse() / 1048576);
            assertThat(many.output()).doesNotContain("OutOfMemoryError");
        }
        assertThat(starts).isLessThanOrEqualTo(1.5);
        assertThat(ratios.entrySet().stream()
                        .filter(page ->
                                page.getKey().matches(".*: (hers|her company's|pending|all|of one company|one request)")
                                        && page.getValue() > 1.5))
                .isEmpty();
        assertThat(millis.entrySet().stream()
                        .filter(page -> page.getKey().matches(".*: (My tasks|Support|Expiring.*|Partners.*)")
                                && page.getValue() > 1_000))
                .isEmpty();
    }

    private static double millis(Supplier<HttpResponse<String>> page) {
        long begin = System.nanoTime();
        assertThat(page.get().statusCode()).isEqualTo(200);
        return (System.nanoTime() - begin) / 1e6;
    }

    private Node node(String database) {
        return Node.start(server.url(database), mail.port(), Map.of());
    }

    @Test
    @Order(4)
    void nothingReadsATableThatGrowsFromTheBeginningToTheEnd() {
        Set<String> growing = growing();
        List<PlanLog.Statement> seen;
        // What is done at night is done now.
        try (Node node =
                Node.start(server.url("many"), mail.port(), Map.of("SMARTACCOUNTS_KEEP_AT", "*/5 * * * * *"))) {
            Tour tour = new Tour(node, jdbc);
            Map<String, Supplier<HttpResponse<String>>> all = new LinkedHashMap<>(tour.pages());
            all.putAll(tour.tasklist());
            all.putAll(tour.operations());
            all.values().forEach(page -> assertThat(page.get().statusCode()).isEqualTo(200));
            server.explain();
            all.values().forEach(page -> assertThat(page.get().statusCode()).isEqualTo(200));
            new ReleaseDay(jdbc).comes(20);
            new ReleaseDay(jdbc).awaitEnd(Duration.ofMinutes(2));
            tour.holdUpSecurityCheck(false);
            tour.beginSecurityCheck();
            tour.cleanUpHistory();
            // Twice a minute the marks of the tally are added up.
            jdbc.sql("INSERT INTO tally_mark (kind, name, detail, amount) VALUES ('probe', 'probe', '', 1)")
                    .update();
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> jdbc.sql("SELECT count(*) FROM tally_mark WHERE kind = 'probe'")
                                    .query(Long.class)
                                    .single()
                            == 0);
            jdbc.sql("DELETE FROM tally WHERE kind = 'probe'").update();
            seen = server.explained();
            tour.holdUpSecurityCheck(true);
        } finally {
            server.explainNoMore();
        }
        report(seen, growing);
        List<PlanLog.Statement> acquisitions = seen.stream()
                .filter(statement -> statement.isAbout("from ACT_RU_JOB RES") && statement.isAbout("LOCK_EXP_TIME_"))
                .toList();
        double[] acquired = acquisitions.stream()
                .flatMap(statement -> statement.millis().stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
        say(
                "job acquisition: median %.3f ms, longest %.3f ms, of %d",
                Stopwatch.median(acquired), Arrays.stream(acquired).max().orElseThrow(), acquired.length);
        assertThat(Stopwatch.median(acquired)).isLessThan(1);
        assertNothingIsReadWhole(seen, growing);
    }

    private Set<String> growing() {
        Set<String> growing = new TreeSet<>(jdbc.sql(
                        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples > 5000")
                .query(String.class)
                .list());
        // These are of the harness, and of nobody else.
        growing.removeAll(Set.of("made", "due", "over"));
        // Emptied twice a minute, by reading all of it: what the database last counted may be of a busier one.
        growing.remove("tally_mark");
        return growing;
    }

    private static void assertNothingIsReadWhole(List<PlanLog.Statement> seen, Set<String> growing) {
        assertThat(seen.stream()
                        .filter(statement -> !statement.isAbout(" due "))
                        .filter(statement -> statement.whole().stream().anyMatch(growing::contains))
                        .map(PlanLog.Statement::sql)
                        .distinct())
                .isEmpty();
    }

    /** Of each statement the run that read most: those that read a whole table, and the greediest of all. */
    private static void report(List<PlanLog.Statement> seen, Set<String> growing) {
        say(
                "%d statements seen, %d different ones",
                seen.stream().mapToInt(statement -> statement.millis().size()).sum(), seen.size());
        seen.stream()
                .filter(statement -> statement.whole().stream().anyMatch(growing::contains))
                .forEach(statement -> say("reads all of %s: %s", statement.whole(), inShort(statement)));
        seen.stream()
                .sorted(Comparator.comparing(PlanLog.Statement::read).reversed())
                .limit(GREEDIEST)
                .forEach(statement -> say("reads %d rows: %s", statement.read(), inShort(statement)));
    }

    private static String inShort(PlanLog.Statement statement) {
        String sql = statement.sql().replaceAll("\\s+", " ");
        String from = sql.replaceFirst("(?i)^.*? from ", "FROM ");
        double longest = statement.millis().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElseThrow();
        return "%.1f ms, %s".formatted(longest, from.substring(0, Math.min(SHORT, from.length())));
    }

    @Test
    @Order(5)
    void onReleaseDayAllAreToldOnce() throws Exception {
        ReleaseDay day = new ReleaseDay(jdbc);
        String path = activationPage();
        try (Postbox postbox = new Postbox();
                Node node = Node.start(server.url("many"), postbox.port(), Map.of())) {
            String page = node.url() + path;
            double quiet;
            try (Patience customer = Patience.at(page)) {
                await().atMost(Duration.ofMinutes(2)).until(() -> customer.times() >= 200);
                quiet = customer.p99();
            }
            double busy;
            int looked;
            double seconds;
            long before = day.jobsDone();
            day.comes(DUE);
            try (Patience customer = Patience.at(page)) {
                seconds = day.awaitEnd(Duration.ofMinutes(15));
                busy = customer.p99();
                looked = customer.times();
            }
            ReleaseDay.Ends ends = day.ends();
            long jobs = day.jobsDone() - before;
            List<String> messages = postbox.messageIds();
            say(
                    "release day: %,d requests, %,d jobs in %.0f s; %s; %,d emails at the server, %,d different",
                    DUE, jobs, seconds, ends, messages.size(), new HashSet<>(messages).size());
            say(
                    "activation page meanwhile: p99 %.1f ms, of %d looks; quiet %.1f ms: %.1f times; heap %.0f MiB",
                    busy, looked, quiet, busy / quiet, node.heapInUse() / 1048576);
            assertThat(ends.expired()).isEqualTo(DUE);
            assertThat(ends.entries()).isEqualTo(DUE);
            assertThat(ends.ended()).isEqualTo(DUE);
            assertThat(ends.twice()).isZero();
            assertThat(ends.incidents()).isZero();
            assertThat(messages).doesNotHaveDuplicates().hasSize((int) ends.told());
            assertThat(node.output()).doesNotContain("OutOfMemoryError");
            assertThat(busy).isLessThan(5 * quiet);
        }
    }

    /** In turns, as the first of them finds least of what it reads in memory. */
    @Test
    @Order(6)
    void itDoesTwiceTheJobsOfTheStartersDefaults() throws Exception {
        String path = activationPage();
        double[] ours = new double[TURNS];
        double[] defaults = new double[TURNS];
        for (int turn = 0; turn < TURNS; turn++) {
            ours[turn] = jobsASecond(path, false);
            defaults[turn] = jobsASecond(path, true);
            say("turn %d: %.0f jobs a second, %.0f with the starter's defaults", turn + 1, ours[turn], defaults[turn]);
        }
        double ratio = Arrays.stream(ours).sum() / Arrays.stream(defaults).sum();
        say(
                "jobs a second: %s, with the starter's defaults %s: %.2f times",
                Arrays.toString(ours), Arrays.toString(defaults), ratio);
        assertThat(ratio).isGreaterThanOrEqualTo(2);
    }

    /** While many are due, and a customer looks at a page. */
    private double jobsASecond(String path, boolean withDefaults) throws Exception {
        ReleaseDay day = new ReleaseDay(jdbc);
        day.defaults(withDefaults);
        try (Node node = Node.start(server.url("many"), mail.port(), withDefaults ? ReleaseDay.DEFAULTS : Map.of())) {
            day.comes(DUE);
            try (Patience customer = Patience.at(node.url() + path)) {
                double rate = day.rate(Duration.ofMinutes(15));
                assertThat(customer.times()).isPositive();
                assertThat(node.output()).doesNotContain("OutOfMemoryError");
                return rate;
            }
        } finally {
            day.defaults(false);
            day.isOver();
        }
    }

    @Test
    @Order(7)
    void whatHasEndedIsForgottenAmongThoseThatWait() {
        OldTimes years = new OldTimes(jdbc);
        // What is done at night is done now.
        try (Node node =
                Node.start(server.url("many"), mail.port(), Map.of("SMARTACCOUNTS_KEEP_AT", "*/5 * * * * *"))) {
            long waiting = waiting();
            int ended = years.begin();
            long remembered = years.remembered();
            long begin = System.nanoTime();
            new Tour(node, jdbc).cleanUpHistory();
            until(() -> years.remembered() == 0);
            double cleanedUp = (System.nanoTime() - begin) / 1e9;
            until(() -> years.toAnonymise() == 0);
            double anonymised = (System.nanoTime() - begin) / 1e9;
            years.goOn();
            long toRemove = years.toRemove();
            begin = System.nanoTime();
            until(() -> years.toRemove() == 0);
            say(
                    "%,d requests had ended: %,d rows of history gone after %.0f s, all anonymised after %.0f s; %,d removed in %.0f s",
                    ended, remembered, cleanedUp, anonymised, toRemove, (System.nanoTime() - begin) / 1e9);
            assertThat(ended).isPositive();
            assertThat(remembered).isPositive();
            assertThat(waiting()).isEqualTo(waiting);
            assertThat(node.output()).doesNotContain(" ERROR ", "OutOfMemoryError");
        }
    }

    @Test
    @Order(8)
    void anAdministratorMovesThemToTheNextVersion() throws InterruptedException {
        NextVersion next = new NextVersion(jdbc);
        try (Node node = Node.start(
                server.url("many"),
                mail.port(),
                Map.of("PROCESSES_FOLDER", next.processes(), "MIGRATE_AT_START", "false"))) {
            Tour tour = new Tour(node, jdbc);
            long begin = System.nanoTime();
            tour.tryToMove();
            until(() -> lastRun("trial AND ended_at IS NOT NULL") == 1);
            say("what would become of them is known after %.1f s", (System.nanoTime() - begin) / 1e9);
            assertThat(next.requests()).isZero();
            tour.move();
            until(() -> next.requests() > 0);
            long before = next.requests();
            List<PlanLog.Statement> seen;
            try {
                server.explain();
                until(() -> next.requests() > before + 100);
                seen = server.explained();
            } finally {
                server.explainNoMore();
            }
            Set<String> growing = growing();
            report(seen, growing);
            assertNothingIsReadWhole(
                    seen.stream()
                            .filter(statement -> !NextVersion.isAskedFor(statement))
                            .toList(),
                    growing);
            long warm = next.requests();
            TimeUnit.MINUTES.sleep(1);
            say("%.0f requests are moved in a second", (next.requests() - warm) / 60.0);
            tour.pages().forEach((name, page) -> millis(page));
            assertThat(lastRun("NOT trial AND ended_at IS NULL")).isOne();
        }
        try (ConfigurableApplicationContext application =
                DevelopmentOn.database(server.url("many"), "--PROCESSES_FOLDER=" + next.processes())) {
            next.takeBack(application);
        }
        assertThat(next.requests()).isZero();
    }

    /** Whether the last run is such. */
    private long lastRun(String such) {
        return jdbc.sql(
                        "SELECT count(*) FROM running_requests_run WHERE id = (SELECT max(id) FROM running_requests_run) AND "
                                + such)
                .query(Long.class)
                .single();
    }

    private static void until(BooleanSupplier condition) {
        await().atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofSeconds(1))
                .until(condition::getAsBoolean);
    }

    private long waiting() {
        return jdbc.sql(
                        "SELECT count(*) FROM smart_account WHERE status IN ('IN_REVIEW', 'IN_DOMAIN_APPROVAL', 'PENDING')")
                .query(Long.class)
                .single();
    }

    private String activationPage() {
        String request = some("reminded0", "PENDING", 1).get(0);
        try (ConfigurableApplicationContext application =
                DevelopmentOn.database(server.url("many"), "--ACTIVATION_KEYS=" + Node.KEY)) {
            return application
                    .getBean(ActivationLinks.class)
                    .to(new ActivationLink(request, 1))
                    .getPath();
        }
    }
}
