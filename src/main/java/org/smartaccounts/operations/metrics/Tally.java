package org.smartaccounts.operations.metrics;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How many requests and emails there are of each kind, without counting them. Triggers make a mark for each change, in the transaction of
 * the change; here the marks are added up. So the numbers are exact, the same on every node and after every restart, and what they cost depends
 * on what has happened since the last look, not on how many requests there are.
 */
@Component
class Tally {

    /** So many marks are added up at once: two changes of status leave four. */
    static final int AT_ONCE = 20_000;

    private final JdbcClient jdbc;

    Tally(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds marks up. Nodes that do so at the same moment take different ones, and do not wait for each other for longer than an update of
     * some rows takes.
     *
     * @return whether there may be more
     */
    boolean addUp() {
        return jdbc.sql("""
                        WITH taken AS (
                            DELETE FROM tally_mark WHERE id IN (SELECT id FROM tally_mark LIMIT ? FOR UPDATE SKIP LOCKED)
                            RETURNING kind, name, detail, amount),
                        added AS (
                            INSERT INTO tally SELECT kind, name, detail, sum(amount) FROM taken GROUP BY kind, name, detail
                            -- In the same order on every node, or two could wait for each other.
                            ORDER BY kind, name, detail
                            ON CONFLICT (kind, name, detail) DO UPDATE SET total = tally.total + excluded.total)
                        SELECT count(*) FROM taken""").param(AT_ONCE).query(Long.class).single() == AT_ONCE;
    }

    /** All numbers, with the marks that are not added up yet. */
    List<Count> read() {
        return jdbc.sql("""
                SELECT kind, name, detail, sum(total) AS total
                FROM (SELECT kind, name, detail, total FROM tally UNION ALL SELECT kind, name, detail, amount FROM tally_mark) marks
                GROUP BY kind, name, detail""").query(Count.class).list();
    }
}
