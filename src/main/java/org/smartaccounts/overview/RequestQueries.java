package org.smartaccounts.overview;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.TimelineEntry;
import org.smartaccounts.request.ProcessElements;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What is read of requests, the newest first, from our tables and the engine's. A page of the list is one statement. */
@Component
public class RequestQueries {

    /** How many requests are on a page. */
    public static final int PAGE = 20;

    /** How many rows the database hands over at once. */
    private static final int STREAMED = 500;

    /**
     * What a page shows of the requests that were chosen. A request's newest line and whoever it waits for are looked up by index, for the
     * few that are shown only.
     */
    private static final String SHOWN = """
            SELECT account.*, latest.event AS last_event, latest.status AS last_status, latest.occurred_at AS last_event_at,
                waiting.assignee_ AS waits_for, nullif(trim(concat_ws(' ', person.first_, person.last_)), '') AS waits_for_name
            FROM (%s) chosen
            JOIN smart_account account USING (request_number)
            CROSS JOIN LATERAL (
                SELECT event, status, occurred_at FROM timeline_entry
                WHERE request_number = account.request_number ORDER BY id DESC LIMIT 1) latest
            LEFT JOIN LATERAL (
                SELECT task.assignee_ FROM act_ru_execution request JOIN act_ru_task task ON task.proc_inst_id_ = request.id_
                WHERE request.business_key_ = account.request_number AND task.assignee_ IS NOT NULL
                    AND task.task_def_key_ IN ('%s', '%s') LIMIT 1) waiting ON true
            LEFT JOIN act_id_user person ON person.id_ = waiting.assignee_
            ORDER BY chosen.place %s, chosen.request_number %s""";

    private final JdbcClient jdbc;
    private final JdbcTemplate streaming;
    private final Clock clock;

    RequestQueries(JdbcClient jdbc, JdbcTemplate template, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
        streaming = new JdbcTemplate(Objects.requireNonNull(template.getDataSource()));
        streaming.setFetchSize(STREAMED);
    }

    /**
     * A page of what somebody wants to see.
     *
     * @param after where the page before ended; null for the first page
     */
    public ListPage page(Sight sight, RequestFilter filter, @Nullable PageEnd after) {
        Choice choice = new Choice(sight, filter, clock.instant());
        String direction = choice.soonestFirst() ? "ASC" : "DESC";
        List<ListedRequest> found = jdbc.sql(SHOWN.formatted(
                        choice.page(after),
                        ProcessElements.REVIEW_REQUEST,
                        ProcessElements.CORRECT_CUSTOMER_EMAIL,
                        direction,
                        direction))
                .params(choice.parameters())
                // One more says whether there are more.
                .param("length", PAGE + 1)
                .query((row, index) -> listed(row))
                .list();
        if (found.size() <= PAGE) {
            return new ListPage(found, null);
        }
        List<ListedRequest> shown = List.copyOf(found.subList(0, PAGE));
        ListedRequest last = shown.get(PAGE - 1);
        Instant place = choice.soonestFirst() ? Objects.requireNonNull(last.deadline()) : last.requestedAt();
        return new ListPage(shown, new PageEnd(place, last.requestNumber()));
    }

    /**
     * Everything that somebody wants to see, row by row: nothing of it is kept.
     *
     * @param taker is given each row, in the order of the list
     */
    @Transactional(readOnly = true)
    public void forEach(Sight sight, RequestFilter filter, Consumer<ExportedRequest> taker) {
        Choice choice = new Choice(sight, filter, clock.instant());
        new NamedParameterJdbcTemplate(streaming)
                .query(
                        "SELECT * FROM smart_account WHERE %s ORDER BY %s"
                                .formatted(choice.conditions(), choice.order()),
                        choice.parameters(),
                        row -> {
                            taker.accept(exported(row));
                        });
    }

    private static ExportedRequest exported(ResultSet row) throws SQLException {
        return new ExportedRequest(
                row.getString("request_number"),
                AccountStatus.valueOf(row.getString("status")),
                row.getString("account_name"),
                row.getString("account_domain"),
                row.getString("customer_email"),
                row.getString("requester_name"),
                row.getString("requester_company_name"),
                row.getTimestamp("requested_at").toInstant(),
                moment(row, "deadline"),
                moment(row, "end_of_wait"));
    }

    private static ListedRequest listed(ResultSet row) throws SQLException {
        return new ListedRequest(
                row.getString("request_number"),
                AccountStatus.valueOf(row.getString("status")),
                row.getString("account_name"),
                row.getString("account_domain"),
                row.getString("customer_email"),
                row.getString("requester_name"),
                row.getString("requester_company_name"),
                row.getTimestamp("requested_at").toInstant(),
                moment(row, "deadline"),
                TimelineEntry.Event.valueOf(row.getString("last_event")),
                AccountStatus.valueOf(row.getString("last_status")),
                row.getTimestamp("last_event_at").toInstant(),
                row.getString("waits_for"),
                row.getString("waits_for_name"));
    }

    static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        @Nullable Timestamp moment = row.getTimestamp(column);
        return moment == null ? null : moment.toInstant();
    }
}
