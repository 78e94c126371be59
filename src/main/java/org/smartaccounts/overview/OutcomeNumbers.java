package org.smartaccounts.overview;

import java.sql.Date;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.AccountStatus;
import org.springframework.cache.Cache;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What becomes of requests, of all companies together. It is looked up at most once a minute, however many people look. */
@Component
public class OutcomeNumbers {

    /** Of how many decisions the times are: enough for nine of ten to mean something, and the newest say most. */
    private static final int DECISIONS = 1_000;

    private static final String FRESH = "expireAfterWrite=60s,maximumSize=1";

    /** The tally is exact at every moment, and reading it takes the same time whatever there is. */
    private static final String COUNTS = """
            SELECT upper(name) AS status, sum(amount) AS requests
            FROM (SELECT name, total AS amount FROM tally WHERE kind = 'request'
                UNION ALL SELECT name, amount FROM tally_mark WHERE kind = 'request') counted
            GROUP BY name""";

    /** From when the account was there until the customer had decided, in days. */
    private static final String TIMES = """
            SELECT count(*) AS decisions, percentile_cont(0.5) WITHIN GROUP (ORDER BY days) AS median,
                percentile_cont(0.9) WITHIN GROUP (ORDER BY days) AS slow
            FROM (
                SELECT request_number, end_of_wait FROM smart_account WHERE status IN ('ACTIVE', 'DECLINED')
                ORDER BY end_of_wait DESC LIMIT :decisions) decided
            CROSS JOIN LATERAL (
                SELECT extract(epoch FROM decided.end_of_wait - min(occurred_at)) / 86400 AS days FROM timeline_entry
                WHERE request_number = decided.request_number AND status = 'PENDING') took
            WHERE days IS NOT NULL""";

    /** Also of suspended ones, whose time goes on. What is overdue by a moment counts for the present week. */
    private static final String EXPIRIES = """
            SELECT date_trunc('week', greatest(deadline, :now) AT TIME ZONE 'UTC')::date AS monday, count(*)
            FROM (SELECT deadline FROM smart_account WHERE status = 'PENDING' AND deadline IS NOT NULL
                UNION ALL SELECT deadline FROM smart_account WHERE status = 'SUSPENDED' AND status_before = 'PENDING') undecided
            WHERE deadline IS NOT NULL GROUP BY monday ORDER BY monday""";

    /**
     * What has become of all requests.
     *
     * @param byStatus  how many there are of each status that there is
     * @param decisions of how many decisions the times are; 0 if there is none
     * @param median    how many days customers took, as many below as above; null if nobody has decided
     * @param slow      within how many days nine of ten had decided; null likewise
     * @param expiries  how many customers' time ends in each week to come if they do not decide, by the week's Monday in UTC, without
     *                  gaps from the present one to the last that has any
     * @param asOf      when that was so
     */
    public record Outcomes(
            Map<AccountStatus, Long> byStatus,
            long decisions,
            @Nullable Double median,
            @Nullable Double slow,
            Map<LocalDate, Long> expiries,
            Instant asOf) {}

    private record Times(
            long decisions,
            @Nullable Double median,
            @Nullable Double slow) {}

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Cache outcomes;

    OutcomeNumbers(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
        CaffeineCacheManager caches = new CaffeineCacheManager();
        caches.setCacheSpecification(FRESH);
        outcomes = Objects.requireNonNull(caches.getCache("outcomes"));
    }

    public Outcomes outcomes() {
        return Objects.requireNonNull(outcomes.get("all", this::count));
    }

    private Outcomes count() {
        Instant now = clock.instant();
        Map<AccountStatus, Long> byStatus = new EnumMap<>(AccountStatus.class);
        jdbc.sql(COUNTS).query(row -> {
            byStatus.put(AccountStatus.valueOf(row.getString("status")), row.getLong("requests"));
        });
        Times times = jdbc.sql(TIMES)
                .param("decisions", DECISIONS)
                .query((row, index) -> new Times(
                        row.getLong("decisions"),
                        row.getObject("median", Double.class),
                        row.getObject("slow", Double.class)))
                .single();
        return new Outcomes(byStatus, times.decisions(), times.median(), times.slow(), expiries(now), now);
    }

    private Map<LocalDate, Long> expiries(Instant now) {
        TreeMap<LocalDate, Long> weeks = new TreeMap<>();
        jdbc.sql(EXPIRIES).param("now", now.atOffset(ZoneOffset.UTC)).query(row -> {
            Date monday = Objects.requireNonNull(row.getDate("monday"));
            weeks.put(monday.toLocalDate(), row.getLong("count"));
        });
        if (!weeks.isEmpty()) {
            LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
            LocalDate monday = today.minusDays(today.getDayOfWeek().getValue() - 1L);
            monday.datesUntil(weeks.lastKey(), Period.ofWeeks(1)).forEach(week -> weeks.putIfAbsent(week, 0L));
        }
        return weeks;
    }
}
