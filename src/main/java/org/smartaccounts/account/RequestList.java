package org.smartaccounts.account;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Requests as lists show them, the newest first. */
@Component
public class RequestList {

    /** How many are shown at once. */
    public static final int LENGTH = 100;

    /**
     * A request in a list.
     *
     * @param requesterName as it was when the request was made
     * @param deadline      until when the customer has time; null while nobody has asked the customer
     */
    public record Line(
            String requestNumber,
            AccountStatus status,
            String accountName,
            String accountDomain,
            String requesterName,
            String companyName,
            @Nullable Instant deadline) {}

    private static final String OPEN = """
            SELECT request_number, status, account_name, account_domain, requester_name, requester_company_name, deadline
            FROM smart_account WHERE status IN ('IN_REVIEW', 'IN_DOMAIN_APPROVAL', 'PENDING') %s ORDER BY requested_at DESC LIMIT %d""";

    private final JdbcClient jdbc;

    RequestList(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The open requests of a partner company. */
    public List<Line> openOf(String companyId) {
        return lines(
                jdbc.sql(OPEN.formatted("AND requester_company_id = ?", LENGTH)).param(companyId));
    }

    /** All open requests. */
    public List<Line> open() {
        return lines(jdbc.sql(OPEN.formatted("", LENGTH)));
    }

    private static List<Line> lines(JdbcClient.StatementSpec query) {
        return query.query((row, index) -> {
                    @Nullable Timestamp deadline = row.getTimestamp("deadline");
                    return new Line(
                            row.getString("request_number"),
                            AccountStatus.valueOf(row.getString("status")),
                            row.getString("account_name"),
                            row.getString("account_domain"),
                            row.getString("requester_name"),
                            row.getString("requester_company_name"),
                            deadline == null ? null : deadline.toInstant());
                })
                .list();
    }
}
