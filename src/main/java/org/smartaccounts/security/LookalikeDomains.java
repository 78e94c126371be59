package org.smartaccounts.security;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The domains of all live accounts by their {@linkplain DomainLook#marks marks}, so that those which can be taken for each other are found by
 * an index. The database keeps the domains; what they can be taken for is found out before a check, some hundreds at a time.
 */
@Component
class LookalikeDomains {

    /**
     * An older live account that another can be taken for.
     *
     * @param kind   {@link SecurityFacts#SAME_LOOK} or {@link SecurityFacts#ONE_LETTER}
     * @param domain of the other, as the DNS writes it
     */
    record Lookalike(String kind, String domain) {}

    /** As many are looked at for one account; whoever asks for hundreds of them is found by any. */
    private static final int CANDIDATES = 50;

    private static final String LEARN = "UPDATE domain_marks SET marks = ? WHERE request_number = ?";

    private record NewDomain(String requestNumber, String domain) {}

    private record Pair(String requestNumber, String domain, String other) {}

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    LookalikeDomains(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /**
     * Gets to know domains of live accounts.
     *
     * @return how many; fewer than {@code atMost} if there are no more
     */
    int learn(int atMost) {
        List<NewDomain> unknown =
                jdbc.sql("""
                        SELECT request_number, account_domain AS domain FROM domain_marks
                        WHERE marks IS NULL ORDER BY request_number LIMIT ?""").param(atMost).query(NewDomain.class).list();
        batches.batchUpdate(LEARN, unknown, Math.max(unknown.size(), 1), (row, account) -> {
            row.setArray(
                    1,
                    row.getConnection()
                            .createArrayOf(
                                    "text",
                                    DomainLook.of(account.domain()).marks().toArray()));
            row.setString(2, account.requestNumber());
        });
        return unknown.size();
    }

    /** For which older live account the domains of these can be taken; those that cannot are not in it. */
    Map<String, Lookalike> of(Collection<String> requestNumbers) {
        List<Pair> candidates = jdbc.sql("""
                        SELECT one.request_number, one.account_domain AS domain, other.account_domain AS other
                        FROM domain_marks one CROSS JOIN LATERAL (
                            SELECT account_domain FROM domain_marks known
                            WHERE known.marks && one.marks AND (known.requested_at, known.request_number) < (one.requested_at, one.request_number)
                            ORDER BY known.requested_at, known.request_number LIMIT ?) other
                        WHERE one.request_number = ANY(?)""")
                .param(1, CANDIDATES)
                .param(2, requestNumbers.toArray(String[]::new))
                .query(Pair.class)
                .list();
        Map<String, Lookalike> lookalikes = new HashMap<>();
        for (Pair pair : candidates) {
            DomainLook one = DomainLook.of(pair.domain());
            DomainLook other = DomainLook.of(pair.other());
            if (one.looksLike(other)) {
                lookalikes.merge(
                        pair.requestNumber(), new Lookalike(SecurityFacts.SAME_LOOK, pair.other()), this::worse);
            } else if (one.isOneLetterFrom(other)) {
                lookalikes.merge(
                        pair.requestNumber(), new Lookalike(SecurityFacts.ONE_LETTER, pair.other()), this::worse);
            }
        }
        return lookalikes;
    }

    /** The same look is worse; of two of a kind the older account counts, which comes first. */
    private Lookalike worse(Lookalike one, Lookalike another) {
        return another.kind().equals(SecurityFacts.SAME_LOOK) && one.kind().equals(SecurityFacts.ONE_LETTER)
                ? another
                : one;
    }
}
