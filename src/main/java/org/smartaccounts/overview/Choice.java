package org.smartaccounts.overview;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.overview.RequestFilter.Attention;

/**
 * The SQL that chooses requests. A page is found from where there is little to look at: without further wishes at the newest end of an
 * index, for each status; what needs attention among all that does; a part of a word first among the newest, and only if it is rare there, by the
 * index of marks. So a page takes the same time whatever else there is; only a word that was common once, and is rare among the newest, costs
 * a look at all that have it.
 */
final class Choice {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MONTH = Duration.ofDays(30);

    /** Among how many of the newest a part of a word is looked for first: what is common is found there, and what is not is in few. */
    private static final int NEWEST = 2_000;

    /** Too short to leave a mark. */
    private static final Pattern WITHOUT_MARK = Pattern.compile("[ -~]{0,2}");

    private static final String HAS_WORD = "strpos(words, folded(:search)) > 0";

    /** The numbers of the requests of which an email could not be delivered, needing {@code :monthAgo}. */
    static final String EMAIL_FAILED = """
            SELECT request_number FROM email failed JOIN smart_account concerned USING (request_number)
            WHERE failed.state = 'FAILED' AND failed.approver_version = concerned.approver_version
                AND (concerned.status IN ('IN_REVIEW', 'IN_DOMAIN_APPROVAL', 'PENDING')
                    OR coalesce(concerned.end_of_wait, failed.changed_at) > :monthAgo)""";

    private static final String WAITS_FOR_ME = """
            SELECT request.business_key_ FROM act_ru_task task JOIN act_ru_execution request ON request.id_ = task.proc_inst_id_
            WHERE task.assignee_ = :me""";

    private static final String WAITS_FOR_SUPPORT =
            WAITS_FOR_ME + " UNION ALL SELECT request_number FROM smart_account WHERE status = 'IN_DOMAIN_APPROVAL'";

    private final RequestFilter filter;
    private final boolean allCompanies;
    private final boolean support;
    private final Map<String, Object> parameters = new HashMap<>();

    Choice(Sight sight, RequestFilter filter, Instant now) {
        this.filter = filter;
        support = sight.all();
        allCompanies = sight.all() && filter.companyId().isEmpty();
        List<String> companies = sight.all() ? List.of(filter.companyId()) : sight.companies();
        List<AccountStatus> statuses =
                filter.status() == null ? List.of(AccountStatus.values()) : List.of(filter.status());
        parameters.put("me", sight.person().id());
        parameters.put("companies", companies.toArray(String[]::new));
        parameters.put("statuses", statuses.stream().map(Enum::name).toArray(String[]::new));
        parameters.put("search", filter.search());
        parameters.put("inAWeek", now.plus(WEEK).atOffset(ZoneOffset.UTC));
        parameters.put("monthAgo", monthBefore(now));
    }

    static OffsetDateTime monthBefore(Instant now) {
        return now.minus(MONTH).atOffset(ZoneOffset.UTC);
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    /** Whether what has the least time comes first, and not what is new. */
    boolean soonestFirst() {
        return filter.attention() == Attention.EXPIRING;
    }

    /**
     * Selects the numbers and places of a page, at most {@code :length}, in no order.
     *
     * @param after the place after which it begins; null for the first page
     */
    String page(@Nullable PageEnd after) {
        if (after != null) {
            parameters.put("at", after.at().atOffset(ZoneOffset.UTC));
            parameters.put("number", after.requestNumber());
        }
        boolean further = after != null;
        if (filter.attention() != null) {
            return "SELECT request_number, %s AS place FROM smart_account WHERE %s%s ORDER BY %s LIMIT :length"
                    .formatted(place(), conditions(), onwards(further), order());
        }
        return filter.search().isEmpty() ? newest(":length", further) : searched(further);
    }

    /** What all that are chosen have in common, of a row of {@code smart_account}. */
    String conditions() {
        return limits()
                + needsAttention()
                + (filter.search().isEmpty()
                        ? ""
                        : " AND request_number IN (SELECT request_number FROM request_words WHERE %s)"
                                .formatted(HAS_WORD));
    }

    private String limits() {
        return ofCompanies()
                + (filter.mine() ? " AND requester_id = :me" : "")
                + (filter.status() == null ? "" : " AND status = ANY(:statuses)");
    }

    String order() {
        return soonestFirst() ? "deadline, request_number" : "requested_at DESC, request_number DESC";
    }

    private String place() {
        return soonestFirst() ? "deadline" : "requested_at";
    }

    private String onwards(boolean further) {
        return further
                ? " AND (%s, request_number) %s (:at, :number)".formatted(place(), soonestFirst() ? ">" : "<")
                : "";
    }

    private String ofCompanies() {
        return allCompanies ? "true" : "requester_company_id = ANY(:companies)";
    }

    private String needsAttention() {
        @Nullable Attention attention = filter.attention();
        if (attention == null) {
            return "";
        }
        return switch (attention) {
            case EMAIL_FAILED -> " AND request_number IN (%s)".formatted(EMAIL_FAILED);
            case EXPIRING -> " AND status = 'PENDING' AND deadline <= :inAWeek";
            case WAITS_FOR_ME -> " AND request_number IN (%s)".formatted(support ? WAITS_FOR_SUPPORT : WAITS_FOR_ME);
        };
    }

    /** The newest of each company and status by themselves, each from the end of its index, and of these the newest. */
    private String newest(String length, boolean further) {
        String whose = (filter.mine() ? "requester_id = :me AND " : "")
                + (allCompanies ? "true" : "requester_company_id = seen.company");
        String companies = allCompanies ? "" : "unnest(:companies) seen(company) CROSS JOIN ";
        return """
                SELECT request_number, requested_at AS place
                FROM %sunnest(:statuses) wanted(status) CROSS JOIN LATERAL (
                    SELECT request_number, requested_at FROM smart_account
                    WHERE %s AND status = wanted.status%s ORDER BY %s LIMIT %s) of_status
                ORDER BY %s LIMIT %s""".formatted(companies, whose, onwards(further), order(), length, order(), length);
    }

    private String searched(boolean further) {
        return """
                WITH newest AS MATERIALIZED (
                    SELECT request_number, place, words FROM (%s) newest JOIN request_words USING (request_number)
                ), common AS MATERIALIZED (
                    SELECT request_number, place FROM newest WHERE %s ORDER BY place DESC, request_number DESC LIMIT :length
                ), rare AS (
                    SELECT request_number, requested_at AS place FROM %s
                    WHERE (SELECT count(*) FROM common) < :length AND (SELECT count(*) FROM newest) = %d AND %s%s
                    ORDER BY %s LIMIT :length
                )
                SELECT request_number, place FROM common UNION SELECT request_number, place FROM rare
                ORDER BY place DESC, request_number DESC LIMIT :length""".formatted(
                        newest(String.valueOf(NEWEST), further),
                        HAS_WORD,
                        rareWords(),
                        NEWEST,
                        limits(),
                        onwards(further),
                        order());
    }

    /** By the index, for each company by itself. */
    private String rareWords() {
        String marked = allCompanies
                ? WITHOUT_MARK.matcher(filter.search()).matches()
                        ? "(SELECT request_number FROM request_words WHERE %s) marked"
                        : """
                          (SELECT request_number FROM request_words
                              WHERE search_marks(words, requester_company_id) @> search_marks(folded(:search), NULL) AND %s) marked"""
                : """
                  unnest(:companies) seen(company) CROSS JOIN LATERAL (SELECT request_number FROM request_words
                      WHERE search_marks(words, requester_company_id) @> search_marks(folded(:search), seen.company) AND %s
                          AND requester_company_id = seen.company) marked""";
        return marked.formatted(HAS_WORD) + " JOIN smart_account USING (request_number)";
    }
}
