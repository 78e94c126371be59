package org.smartaccounts.overview;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.AccountStatus;
import org.springframework.cache.Cache;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How many requests there are. For one company they are counted at each look; for all companies, and by week, at most once a minute, however many
 * people look.
 */
@Component
public class RequestNumbers {

    /** How far back the weeks go. */
    public static final int WEEKS = 26;

    /** A minute at most, and not for more companies than there may be. */
    private static final String FRESH = "expireAfterWrite=60s,maximumSize=1000";

    /**
     * How many requests there are now.
     *
     * @param byStatus     of each status that there is
     * @param failedEmails how many requests have emails that could not be delivered; null where nobody asks
     * @param asOf         when that was so
     */
    public record Counts(
            Map<AccountStatus, Long> byStatus, @Nullable Long failedEmails, Instant asOf) {

        public long of(String status) {
            return byStatus.getOrDefault(AccountStatus.valueOf(status), 0L);
        }
    }

    /**
     * A week.
     *
     * @param monday    with which it begins, in UTC
     * @param requested how many requests were made in it
     * @param activated how many customers accepted in it
     * @param declined  how many declined
     * @param expired   how many let the time pass
     * @param days      how many days the customers who decided in it took, as many below as above; null if nobody decided
     */
    public record Week(
            LocalDate monday,
            long requested,
            long activated,
            long declined,
            long expired,
            @Nullable Double days) {}

    /**
     * The last weeks, the present one included.
     *
     * @param asOf when that was so
     */
    public record Weeks(List<Week> weeks, Instant asOf) {}

    /** Whose requests are counted; empty companies and all are different things. */
    private record Whose(boolean all, List<String> companies) {}

    private static final String COUNTS =
            "SELECT status, count(*) FROM smart_account WHERE requester_company_id = ANY(:companies) GROUP BY status";

    /** Of all together the tally knows, without counting a million. */
    private static final String COUNTS_OF_ALL = """
            SELECT upper(name) AS status, sum(amount) AS count
            FROM (SELECT name, total AS amount FROM tally WHERE kind = 'request'
                UNION ALL SELECT name, amount FROM tally_mark WHERE kind = 'request') counted
            GROUP BY name HAVING sum(amount) > 0""";

    private static final String OF_WEEKS = """
            WITH requested AS (
                SELECT date_trunc('week', requested_at AT TIME ZONE 'UTC')::date AS week, count(*) AS requests
                FROM smart_account WHERE %1$s AND requested_at >= :since GROUP BY week
            ), ended AS (
                SELECT date_trunc('week', end_of_wait AT TIME ZONE 'UTC')::date AS week,
                    count(*) FILTER (WHERE 'ACTIVE' IN (status, status_before)) AS activated,
                    count(*) FILTER (WHERE status = 'DECLINED') AS declined,
                    count(*) FILTER (WHERE status = 'EXPIRED') AS expired,
                    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM end_of_wait - submitted.at))
                        FILTER (WHERE status = 'DECLINED' OR 'ACTIVE' IN (status, status_before)) / 86400 AS days
                FROM smart_account account CROSS JOIN LATERAL (
                    SELECT min(occurred_at) AS at FROM timeline_entry
                    WHERE request_number = account.request_number AND status = 'PENDING') submitted
                WHERE %1$s AND status IN ('ACTIVE', 'DECLINED', 'EXPIRED', 'SUSPENDED', 'CLOSED') AND end_of_wait >= :since GROUP BY week
            )
            SELECT monday, coalesce(requests, 0) AS requests, coalesce(activated, 0) AS activated,
                coalesce(declined, 0) AS declined, coalesce(expired, 0) AS expired, days
            FROM (SELECT :monday::date + 7 * week AS monday FROM generate_series(0, %2$d) week) weeks
            LEFT JOIN requested ON requested.week = monday LEFT JOIN ended ON ended.week = monday ORDER BY monday""";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Cache counts;
    private final Cache weeks;

    RequestNumbers(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
        CaffeineCacheManager caches = new CaffeineCacheManager();
        caches.setCacheSpecification(FRESH);
        counts = Objects.requireNonNull(caches.getCache("counts"));
        weeks = Objects.requireNonNull(caches.getCache("weeks"));
    }

    /** How many of the requests that somebody sees there are. */
    public Counts counts(Sight sight) {
        Whose whose = whose(sight);
        return whose.all() ? Objects.requireNonNull(counts.get(whose, () -> count(whose))) : count(whose);
    }

    /** The last weeks of the requests that somebody sees. */
    public Weeks weeks(Sight sight) {
        Whose whose = whose(sight);
        return Objects.requireNonNull(weeks.get(whose, () -> countWeeks(whose)));
    }

    private static Whose whose(Sight sight) {
        return new Whose(sight.all(), sight.all() ? List.of() : sight.companies());
    }

    private Counts count(Whose whose) {
        Map<AccountStatus, Long> byStatus = new EnumMap<>(AccountStatus.class);
        jdbc.sql(whose.all() ? COUNTS_OF_ALL : COUNTS)
                .param("companies", whose.companies().toArray(String[]::new))
                .query(row -> {
                    byStatus.put(AccountStatus.valueOf(row.getString("status")), row.getLong("count"));
                });
        return new Counts(byStatus, whose.all() ? failedEmails() : null, clock.instant());
    }

    private long failedEmails() {
        return jdbc.sql("SELECT count(DISTINCT request_number) FROM (%s) failed".formatted(Choice.EMAIL_FAILED))
                .param("monthAgo", Choice.monthBefore(clock.instant()))
                .query(Long.class)
                .single();
    }

    private Weeks countWeeks(Whose whose) {
        Instant now = clock.instant();
        LocalDate first = firstMonday(now);
        return new Weeks(
                jdbc.sql(OF_WEEKS.formatted(condition(whose), WEEKS - 1))
                        .param("companies", whose.companies().toArray(String[]::new))
                        .param("monday", first)
                        .param("since", first.atStartOfDay().atOffset(ZoneOffset.UTC))
                        .query((row, index) -> new Week(
                                row.getDate("monday").toLocalDate(),
                                row.getLong("requests"),
                                row.getLong("activated"),
                                row.getLong("declined"),
                                row.getLong("expired"),
                                row.getObject("days", Double.class)))
                        .list(),
                now);
    }

    private static LocalDate firstMonday(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return today.minusDays(today.getDayOfWeek().getValue() - 1L).minusWeeks(WEEKS - 1L);
    }

    private static String condition(Whose whose) {
        return whose.all() ? "true" : "requester_company_id = ANY(:companies)";
    }
}
