package org.smartaccounts.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.DomainName;
import org.smartaccounts.account.EmailAddress;
import org.smartaccounts.security.LookalikeDomains.Lookalike;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The facts about pending and active accounts, some hundreds at a time: a few questions to the database, however many accounts they are. */
@Component
class LiveAccounts {

    private static final Duration RECENT = Duration.ofDays(7);
    private static final Duration DECLINES = Duration.ofDays(180);

    /** How a timeline names two approvers. */
    private static final String FROM_TO = " → ";

    private record Row(
            String requestNumber,
            String status,
            String accountDomain,
            String customerEmail,
            String userEmails,
            String requesterId,
            int approverVersion,
            int wrongLinks,
            @Nullable String firstChange) {}

    private record Counts(String requesterId, int recentRequests, int notACustomer) {}

    private final JdbcClient jdbc;
    private final LookalikeDomains lookalikes;
    private final WrongLinks wrongLinks;
    private final Clock clock;

    LiveAccounts(JdbcClient jdbc, LookalikeDomains lookalikes, WrongLinks wrongLinks, Clock clock) {
        this.jdbc = jdbc;
        this.lookalikes = lookalikes;
        this.wrongLinks = wrongLinks;
        this.clock = clock;
    }

    /** Those with the next numbers, at most so many; fewer if there are no more. */
    List<CheckedAccount> after(String requestNumber, int atMost, MailDomains domains) {
        List<Row> rows = jdbc.sql("""
                        SELECT account.request_number, account.status, account.account_domain, account.customer_email, account.user_emails,
                            account.requester_id, account.approver_version, tried.wrong_links, changed.first_change
                        FROM smart_account account
                        CROSS JOIN LATERAL (
                            SELECT coalesce(sum(tries), 0)::int AS wrong_links FROM wrong_link link
                            WHERE link.request_number = account.request_number AND link.day >= :since) tried
                        LEFT JOIN LATERAL (
                            SELECT details AS first_change FROM timeline_entry entry
                            WHERE account.approver_version > 1 AND entry.request_number = account.request_number AND entry.event = 'APPROVER'
                            ORDER BY entry.id LIMIT 1) changed ON true
                        WHERE account.status IN ('PENDING', 'ACTIVE') AND account.request_number > :after
                        ORDER BY account.request_number LIMIT :most""")
                .param("since", wrongLinks.since())
                .param("after", requestNumber)
                .param("most", atMost)
                .query(Row.class)
                .list();
        Map<String, Counts> requesters =
                countsOf(rows.stream().map(Row::requesterId).distinct().toList());
        Map<String, Lookalike> alike =
                lookalikes.of(rows.stream().map(Row::requestNumber).toList());
        return rows.stream()
                .map(row -> checked(row, requesters.get(row.requesterId()), alike.get(row.requestNumber()), domains))
                .toList();
    }

    /** By the time of their requests, for which there is an index: whoever has asked for many in all these years costs no more. */
    private Map<String, Counts> countsOf(Collection<String> requesters) {
        Instant now = clock.instant();
        Map<String, Counts> counts = new HashMap<>();
        jdbc.sql("""
                        SELECT requester_id, sum(recent)::int AS recent_requests, sum(declined)::int AS not_a_customer FROM (
                            SELECT requester_id, count(*) AS recent, 0 AS declined FROM smart_account
                            WHERE status = ANY(:any) AND requested_at > :recently AND requester_id = ANY(:requesters) GROUP BY requester_id
                            UNION ALL
                            SELECT requester_id, 0, count(*) FROM smart_account
                            WHERE status = 'DECLINED' AND requested_at > :lately AND decline_reason = 'NOT_A_CUSTOMER'
                              AND requester_id = ANY(:requesters) GROUP BY requester_id) counted
                        GROUP BY requester_id""")
                .param(
                        "any",
                        Arrays.stream(AccountStatus.values()).map(Enum::name).toArray(String[]::new))
                .param("recently", now.minus(RECENT).atOffset(ZoneOffset.UTC))
                .param("lately", now.minus(DECLINES).atOffset(ZoneOffset.UTC))
                .param("requesters", requesters.toArray(String[]::new))
                .query(Counts.class)
                .list()
                .forEach(count -> counts.put(count.requesterId(), count));
        return counts;
    }

    private static CheckedAccount checked(
            Row row, @Nullable Counts requester, @Nullable Lookalike lookalike, MailDomains domains) {
        Optional<DomainName> domain = DomainName.parse(row.accountDomain());
        Optional<DomainName> approver = EmailAddress.parse(row.customerEmail()).map(EmailAddress::domain);
        List<DomainName> users = row.userEmails()
                .lines()
                .map(EmailAddress::parse)
                .flatMap(Optional::stream)
                .map(EmailAddress::domain)
                .toList();
        SecurityFacts facts = new SecurityFacts(
                row.status().toLowerCase(Locale.ROOT),
                approver.map(known -> kindOf(known, domains)).orElse(SecurityFacts.ORDINARY),
                approver.filter(known -> isOutside(known, domain)).isPresent(),
                (int) users.stream().filter(user -> isOutside(user, domain)).count(),
                (int) users.stream().filter(domains::isFreeMail).count(),
                (int) users.stream().filter(domains::isDisposable).count(),
                lookalike == null ? SecurityFacts.NONE : lookalike.kind(),
                requester == null ? 0 : requester.recentRequests(),
                requester == null ? 0 : requester.notACustomer(),
                row.approverVersion() - 1,
                row.wrongLinks(),
                isOtherActivator(row));
        return new CheckedAccount(
                row.requestNumber(),
                facts,
                row.accountDomain(),
                approver.map(DomainName::value).orElse(""),
                lookalike == null ? "" : lookalike.domain());
    }

    private static String kindOf(DomainName domain, MailDomains domains) {
        if (domains.isDisposable(domain)) {
            return SecurityFacts.DISPOSABLE;
        }
        return domains.isFreeMail(domain) ? SecurityFacts.FREE_MAIL : SecurityFacts.ORDINARY;
    }

    private static boolean isOutside(DomainName address, Optional<DomainName> accountDomain) {
        return accountDomain.filter(domain -> !domain.isRelatedTo(address)).isPresent();
    }

    /** Whoever was named at first may have been named again in the end. */
    private static boolean isOtherActivator(Row row) {
        return row.status().equals(AccountStatus.ACTIVE.name())
                && row.firstChange() != null
                && !Objects.requireNonNull(row.firstChange())
                        .split(FROM_TO, 2)[0]
                        .equalsIgnoreCase(row.customerEmail());
    }
}
