package org.smartaccounts.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which of many domains somebody has, or has asked for: one question for all of them. */
@Component
public class ClaimedDomains {

    private final JdbcClient jdbc;

    ClaimedDomains(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those that live accounts hold. */
    public Set<String> takenAmong(Collection<String> domains) {
        return new HashSet<>(jdbc.sql("""
                        SELECT account_domain FROM smart_account
                        WHERE account_domain = ANY(?) AND status IN ('PENDING', 'ACTIVE', 'SUSPENDED')""")
                .param(1, inOneQuestion(domains))
                .query(String.class)
                .list());
    }

    /** Those that a partner company has asked for and may still get, or has got: the numbers of the requests by domain. */
    public Map<String, String> askedBy(String companyId, Collection<String> domains) {
        Map<String, String> asked = new HashMap<>();
        jdbc.sql("""
                        SELECT account_domain, request_number FROM smart_account
                        WHERE account_domain = ANY(?) AND requester_company_id = ?
                          AND status IN ('IN_REVIEW', 'IN_DOMAIN_APPROVAL', 'PENDING', 'ACTIVE', 'SUSPENDED')
                        ORDER BY requested_at DESC""").param(1, inOneQuestion(domains)).param(2, companyId).query((ResultSet row) -> put(row, asked));
        return asked;
    }

    private static void put(ResultSet row, Map<String, String> asked) throws SQLException {
        asked.put(row.getString("account_domain"), row.getString("request_number"));
    }

    /** What has no domain yet asks for none. */
    private static String[] inOneQuestion(Collection<String> domains) {
        return domains.stream().filter(domain -> !domain.isEmpty()).distinct().toArray(String[]::new);
    }
}
