package org.smartaccounts.scale;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.smartaccounts.access.Groups;
import org.smartaccounts.development.TimeMachine;
import org.smartaccounts.request.ProcessElements;
import org.smartaccounts.support.Jobs;
import org.smartaccounts.support.RequestForm;
import org.smartaccounts.support.Tasklist;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * So many requests that wait for their customers, of the last ninety days, of a thousand people at four hundred partners; and as many more as are then in review, or wait for
 * the approval of a domain. The application makes one of each kind, at the time at which it would have; the others are copies of these.
 */
final class ManyRequests {

    private static final Duration DAY = Duration.ofDays(1);

    /** What a prototype says that each copy says otherwise. */
    private static final String CUSTOMER = "prototype-customer-%s.example";

    private static final int PARTNERS = 400;
    private static final int PEOPLE_EACH = 3;

    /** Whoever asks for the prototypes. */
    private static final String REQUESTER = "prototype-requester";

    private static final String COMPANY = "prototype-partner";

    /**
     * A kind of requests.
     *
     * @param share   how many there are for each that waits for its customer
     * @param minimum age in days
     * @param maximum age in days; a little later a timer is due
     */
    private record Kind(String name, double share, double minimum, double maximum) {}

    /** Between their timers, those that wait for their customers are all the same: reminded so many times. */
    private static final List<Kind> KINDS = List.of(
            new Kind("reminded0", 30 / 90.0, 0.1, 29.5),
            new Kind("reminded1", 30 / 90.0, 30.1, 59.5),
            new Kind("reminded2", 23 / 90.0, 60.1, 82.5),
            new Kind("reminded3", 6 / 90.0, 83.1, 88.5),
            new Kind("reminded4", 1 / 90.0, 89.1, 89.5),
            new Kind("review", 0.01, 0.1, 29),
            new Kind("approval", 0.0005, 0.1, 4.5));

    private final String url;
    private final JdbcClient jdbc;
    private final Tasklist tasklist;
    private final Jobs jobs;
    private final TimeMachine clock;
    private final IdentityService identity;

    /** @param application in development, on the database with this address */
    ManyRequests(ApplicationContext application, String url) {
        this.url = url;
        jdbc = application.getBean(JdbcClient.class);
        tasklist = application.getBean(Tasklist.class);
        jobs = application.getBean(Jobs.class);
        clock = application.getBean(TimeMachine.class);
        identity = application.getBean(IdentityService.class);
    }

    /** Makes them, if there are none; how long that took. */
    Duration make(int requests) {
        Instant begin = Clock.systemUTC().instant();
        if (jdbc.sql("SELECT to_regclass('made') IS NOT NULL")
                .query(Boolean.class)
                .single()) {
            return Duration.ZERO;
        }
        requester();
        people();
        jdbc.sql("""
                CREATE UNLOGGED TABLE made (number bigint, kind text, id text, later interval, request_number text, domain text, account_name text,
                    requester_id text, requester_name text, requester_email text, company_id text, company_name text)""").update();
        Map<String, List<String>> statements = new LinkedHashMap<>();
        long next =
                jdbc.sql("SELECT nextval('request_number')").query(Long.class).single() + 1_000;
        for (Kind kind : KINDS) {
            String requestNumber = prototype(kind);
            long count = Math.max(1, Math.round(requests * kind.share()));
            list(kind, requestNumber, next, count);
            next += count;
            new Copies(Prototype.of(jdbc, requestNumber), kind.name(), words(kind, requestNumber))
                    .statements()
                    .forEach((table, more) -> statements
                            .computeIfAbsent(table, name -> new ArrayList<>())
                            .addAll(more));
        }
        jdbc.sql("SELECT setval('request_number', ?)")
                .param(next)
                .query(Long.class)
                .single();
        jdbc.sql("ANALYZE made").update();
        copy(statements);
        return Duration.between(begin, Clock.systemUTC().instant());
    }

    private void requester() {
        Group company = identity.newGroup(COMPANY);
        company.setName("The Prototype Partner");
        company.setType(Groups.PARTNER_COMPANY_TYPE);
        identity.saveGroup(company);
        User user = identity.newUser(REQUESTER);
        user.setFirstName("Prototypia");
        user.setLastName("Requester");
        user.setEmail("prototypia@the-partner.example");
        user.setPassword("Try-it-2026");
        identity.saveUser(user);
        List.of(Groups.PARTNERS, COMPANY).forEach(group -> identity.createMembership(REQUESTER, group));
    }

    /** The first partner is the greatest, and Paula is there. */
    private void people() {
        jdbc.sql("""
                CREATE UNLOGGED TABLE partner_people AS
                SELECT row_number() OVER (ORDER BY company, person) - 1 AS place,
                    CASE WHEN company = 0 THEN 'alpine-reseller' ELSE 'partner-' || company END AS company_id,
                    CASE WHEN company = 0 THEN 'Alpine Reseller' ELSE 'Partner ' || company END AS company_name,
                    CASE WHEN company = 0 THEN (ARRAY['paula', 'pedro', 'petra'])[person] ELSE 'person-' || company || '-' || person END AS id,
                    CASE WHEN company = 0 THEN (ARRAY['Paula', 'Pedro', 'Petra'])[person] ELSE (ARRAY['Anna', 'Björn', 'Chloé'])[person] END AS first_name,
                    CASE WHEN company = 0 THEN (ARRAY['Romano', 'Alves', 'Alpe'])[person] ELSE 'Partner ' || company END AS last_name
                FROM generate_series(0, ? - 1) company, generate_series(1, ?) person""").params(PARTNERS, PEOPLE_EACH).update();
        jdbc.sql("""
                INSERT INTO act_id_group (id_, rev_, name_, type_)
                SELECT DISTINCT company_id, 1, company_name, 'PARTNER' FROM partner_people ON CONFLICT DO NOTHING""").update();
        jdbc.sql("""
                INSERT INTO act_id_user (id_, rev_, first_, last_, email_, pwd_, salt_)
                SELECT id, 1, first_name, last_name, id || '@' || company_id || '.example', '', '' FROM partner_people ON CONFLICT DO NOTHING""").update();
        jdbc.sql("""
                INSERT INTO act_id_membership (user_id_, group_id_)
                SELECT id, unnest(ARRAY['partners', company_id]) FROM partner_people ON CONFLICT DO NOTHING""").update();
    }

    /** The oldest of its kind, as the application has made it and has kept it since; its number. */
    private String prototype(Kind kind) {
        Instant now = clock.instant();
        clock.travelTo(now.minus(Duration.ofMinutes((long) (kind.maximum() * DAY.toMinutes()))));
        String domain = CUSTOMER.formatted(kind.name());
        RequestForm form = RequestForm.forNewCustomer()
                .with("accountName", name(kind))
                .with("accountDomain", domain)
                .with("customerEmail", "anna@" + domain)
                .with("userEmails", "bruno@%1$s\ncarla@%1$s".formatted(domain));
        String requestNumber = switch (kind.name()) {
            case "review" -> tasklist.request(REQUESTER, form);
            case "approval" ->
                tasklist.submit(
                        REQUESTER,
                        form.with("customerEmail", "anna@holding-of-%s".formatted(domain))
                                .with("justification", "The holding decides for all its companies."));
            default -> tasklist.submit(REQUESTER, form);
        };
        jobs.drain(requestNumber);
        int reminders = kind.name().startsWith("reminded") ? kind.name().charAt(8) - '0' : 0;
        for (int reminder = 0; reminder < reminders; reminder++) {
            clock.travelTo(jobs.only(requestNumber, ProcessElements.REMINDER_DUE)
                    .getDuedate()
                    .toInstant()
                    .plusSeconds(5));
            jobs.run(requestNumber, ProcessElements.REMINDER_DUE);
            jobs.drain(requestNumber);
        }
        clock.returnToPresent();
        return requestNumber;
    }

    private static String name(Kind kind) {
        return "The Customer of " + kind.name();
    }

    private static Map<String, String> words(Kind kind, String requestNumber) {
        return Map.of(
                requestNumber,
                "made.request_number",
                CUSTOMER.formatted(kind.name()),
                "made.domain",
                name(kind),
                "made.account_name",
                REQUESTER,
                "made.requester_id",
                "Prototypia Requester",
                "made.requester_name",
                "prototypia@the-partner.example",
                "made.requester_email",
                COMPANY,
                "made.company_id",
                "The Prototype Partner",
                "made.company_name");
    }

    /** What is different in each: nearly all customers are called by what nobody takes for another. */
    private void list(Kind kind, String requestNumber, long first, long count) {
        jdbc.sql("""
                INSERT INTO made
                SELECT number, :kind,
                    regexp_replace(lpad(to_hex((1000 * extract(epoch FROM asked))::bigint), 12, '0'), '^.{8}', '\\&-') || '-7000-8000-' || lpad(to_hex(number), 12, '0'),
                    asked - original.requested_at,
                    'SAR-' || lpad(number::text, greatest(6, length(number::text)), '0'), word || '.example',
                    initcap(word) || (ARRAY[' GmbH', ' AG', ' S.p.A.', ' Ltd', ' SARL', '株式会社', ' Group', ' Labs'])[1 + hash % 8],
                    person.id, person.first_name || ' ' || person.last_name, person.id || '@' || company_id || '.example', company_id, company_name
                FROM smart_account original, generate_series(:first, :first + :count - 1) number
                    CROSS JOIN LATERAL (SELECT now() - (:youngest + (:oldest - :youngest) * (number - :first) / :count) * interval '1 day' AS asked) moment
                    CROSS JOIN LATERAL (SELECT number * 2654435761 % 4294967296 AS hash) hashed
                    CROSS JOIN LATERAL (
                        SELECT string_agg(substr('bcdfghjklmnpqrstvwxz', 1 + (hash / (100 ^ place)::bigint % 20)::int, 1)
                            || substr('aeiou', 1 + (hash / (100 ^ place)::bigint / 20 % 5)::int, 1), '' ORDER BY place) AS word
                        FROM generate_series(0, 4) place) named
                    -- Some ask for more than others; of a million, none for so many that the rules let it ask for no more.
                    JOIN partner_people person ON person.place = floor(:people * (hash / 4294967296.0) ^ 1.1)
                WHERE original.request_number = :original""")
                .param("kind", kind.name())
                .param("first", first)
                .param("count", count)
                .param("youngest", kind.minimum())
                .param("oldest", kind.maximum())
                .param("people", PARTNERS * PEOPLE_EACH)
                .param("original", requestNumber)
                .update();
    }

    private void copy(Map<String, List<String>> statements) {
        // Those first whose indexes take longest.
        Set<String> tables =
                new LinkedHashSet<>(List.of("request_words", "act_hi_actinst", "act_ru_variable", "domain_marks"));
        tables.addAll(statements.keySet());
        // All at once is faster than one by one: the indexes are made afterwards.
        String[] filled = tables.toArray(String[]::new);
        jdbc.sql("""
                UPDATE pg_index SET indisready = false, indisvalid = false
                WHERE indrelid IN (SELECT oid FROM pg_class WHERE relname = ANY(?) AND relnamespace = 'public'::regnamespace)""").param(filled).update();
        ExecutorService two = Executors.newFixedThreadPool(2);
        List<CompletableFuture<?>> running = new ArrayList<>();
        statements.values().forEach(inserts -> running.add(CompletableFuture.runAsync(() -> fill(inserts), two)));
        running.forEach(CompletableFuture::join);
        fill(List.of("""
                INSERT INTO request_words SELECT request_number, requester_company_id, requested_at, words_of(request)
                FROM smart_account request WHERE request_number IN (SELECT request_number FROM made)"""));
        // As the trigger would have, and the security check last night: all but those of the last days.
        fill(List.of("""
                INSERT INTO domain_marks SELECT request_number, account_domain, requested_at,
                    CASE WHEN requested_at < now() - interval '2 days' THEN ARRAY[account_domain] END
                FROM smart_account JOIN made USING (request_number) WHERE status = 'PENDING'"""));
        // As the triggers would have.
        fill(List.of("""
                INSERT INTO tally SELECT 'request', lower(status), '', count(*)
                FROM smart_account JOIN made USING (request_number) GROUP BY status
                ON CONFLICT (kind, name, detail) DO UPDATE SET total = tally.total + excluded.total""", """
                INSERT INTO tally SELECT 'email', template, lower(state), count(*)
                FROM email JOIN made USING (request_number) GROUP BY template, state
                ON CONFLICT (kind, name, detail) DO UPDATE SET total = tally.total + excluded.total"""));
        running.clear();
        tables.forEach(table -> running.add(CompletableFuture.runAsync(
                () -> on(connection -> {
                    connection.sql("REINDEX TABLE " + table).update();
                    connection.sql("VACUUM (ANALYZE) " + table).update();
                }),
                two)));
        running.forEach(CompletableFuture::join);
        two.shutdown();
        jdbc.sql("CHECKPOINT").update();
    }

    private void fill(List<String> inserts) {
        on(connection -> {
            connection.sql("SET session_replication_role = replica").update();
            connection.sql("SET synchronous_commit = off").update();
            inserts.forEach(insert -> connection.sql(insert).update());
        });
    }

    private void on(Consumer<JdbcClient> work) {
        SingleConnectionDataSource connection = new SingleConnectionDataSource(url, "postgres", "", true);
        try {
            work.accept(JdbcClient.create(connection));
        } finally {
            connection.destroy();
        }
    }
}
