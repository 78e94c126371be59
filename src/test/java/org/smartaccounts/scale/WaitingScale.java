package org.smartaccounts.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.smartaccounts.measure.MailServerProcess;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A million requests wait. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WaitingScale {

    private final MailServerProcess mail = MailServerProcess.start();
    private final ExplainedServer server = ExplainedServer.start("scale");
    private final String many = server.create("many");
    private final ConfigurableApplicationContext application = DevelopmentOn.database(many);
    private final JdbcClient jdbc = server.jdbc("many");

    @BeforeAll
    void make() {
        int requests = Integer.getInteger("scale.requests", 1_000_000);
        Duration taken = new ManyRequests(application, many).make(requests);
        System.out.printf("%,d requests made in %s, %s%n", requests, taken, jdbc.sql("SELECT pg_size_pretty(pg_database_size('many'))").query(String.class).single());
    }

    @AfterAll
    void stop() throws Exception {
        application.close();
        mail.close();
        server.close();
    }

    @Test
    void nothingReadsATableThatGrowsFromTheBeginningToTheEnd() throws Exception {
        Set<String> growing = new TreeSet<>(jdbc.sql("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples > 5000").query(String.class).list());
        try (Node node = Node.start(many, mail.port(), Map.of("SMARTACCOUNTS_KEEP_AT", "*/20 * * * * *"))) {
            Tour tour = new Tour(node, jdbc);
            Map<String, Supplier<HttpResponse<String>>> all = new LinkedHashMap<>(tour.pages());
            all.putAll(tour.tasklist());
            all.putAll(tour.operations());
            all.forEach((name, page) -> {
                HttpResponse<String> a = page.get();
                if (a.statusCode() != 200) System.out.println("!!! " + name + " " + a.statusCode() + " " + a.body());
            });
            server.explain();
            Thread.sleep(500);
            all.forEach((name, page) -> {
                long b = System.nanoTime();
                page.get();
                System.out.printf("TOUR %-30s %8.1f ms%n", name, (System.nanoTime() - b) / 1e6);
            });
            Thread.sleep(35000);
        }
        List<PlanLog.Statement> seen = server.explained();
        report(seen, growing);
    }

    private static String abbreviate(String sql) { String one = sql.replaceAll("\\s+", " "); return one.length() < 260 ? one : one.substring(0, 120) + " ... " + one.replaceFirst("(?i)^.*? from ", "FROM ").substring(0, Math.min(220, one.replaceFirst("(?i)^.*? from ", "FROM ").length())); }

    private void report(List<PlanLog.Statement> seen, Set<String> growing) {
        Map<String, PlanLog.Statement> worst = new HashMap<>();
        Map<String, Integer> count = new HashMap<>();
        seen.forEach(s -> { worst.merge(s.sql(), s, (a, b) -> a.read() + a.millis() > b.read() + b.millis() ? a : b); count.merge(s.sql(), 1, Integer::sum); });
        System.out.println("PLANS " + seen.size() + " of " + worst.size() + " statements");
        worst.values().stream().filter(s -> s.whole().stream().anyMatch(growing::contains)).forEach(s ->
            System.out.printf("WHOLE %s %.1f ms read %d x%d: %s%n", s.whole(), s.millis(), s.read(), count.get(s.sql()), abbreviate(s.sql())));
        worst.values().stream().sorted(Comparator.comparing(PlanLog.Statement::read).reversed()).limit(16).forEach(s ->
            System.out.printf("READ %d %.1f ms x%d: %s%n", s.read(), s.millis(), count.get(s.sql()), abbreviate(s.sql())));
        worst.values().stream().filter(s -> s.isAbout("ACT_RU_JOB RES")).limit(5).forEach(s ->
            System.out.printf("JOB %d %.3f ms x%d: %s%n", s.read(), s.millis(), count.get(s.sql()), abbreviate(s.sql())));
    }
}
