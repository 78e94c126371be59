package org.smartaccounts.measure;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * What something costs the database.
 *
 * @param statements that were sent to it, those that begin and end transactions included
 * @param inside     statements that it ran inside of those: triggers and foreign keys
 * @param commits    of transactions that have written something
 * @param rows       that were inserted, updated or deleted
 * @param wal        bytes in the write-ahead log
 * @param disk       bytes that the database has grown by
 */
public record Cost(double statements, double inside, double commits, double rows, double wal, double disk) {

    /** Counts what happens in one database; nothing else may be busy on the same server. */
    public static final class Meter {

        private final JdbcClient jdbc;

        private String begin = "0/0";
        private long transactions;
        private long size;

        /** Of the database with this JDBC address. */
        public Meter(String url) {
            jdbc = JdbcClient.create(new DriverManagerDataSource(url, "postgres", ""));
            jdbc.sql("CREATE EXTENSION IF NOT EXISTS pg_stat_statements").update();
        }

        /** From now on. */
        public void begin() {
            size = size();
            transactions = transactions();
            jdbc.sql("SELECT pg_stat_statements_reset()").query().singleValue();
            begin = jdbc.sql("SELECT pg_current_wal_lsn()::text")
                    .query(String.class)
                    .single();
        }

        /** What each of so many has cost since. */
        public Cost end(int times) {
            double wal = jdbc.sql("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), ?::pg_lsn)")
                    .param(begin)
                    .query(Double.class)
                    .single();
            Cost all = jdbc.sql("""
                    SELECT sum(calls) FILTER (WHERE toplevel) AS statements,
                           sum(calls) FILTER (WHERE NOT toplevel) AS inside,
                           sum(rows) FILTER (WHERE query ~* '^\\s*(INSERT|UPDATE|DELETE)') AS rows
                    FROM pg_stat_statements
                    WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND query NOT LIKE '%pg_stat_statements_reset%'""")
                    .query((row, index) -> new Cost(
                            row.getDouble("statements"),
                            row.getDouble("inside"),
                            transactions() - transactions,
                            row.getDouble("rows"),
                            wal,
                            size() - size))
                    .single();
            return all.dividedBy(times);
        }

        /** Each statement that was sent, the most frequent first, with how often each of so many has sent it, what it wrote and how long it took. */
        public String statements(int times) {
            return String.join(
                    "\n",
                    jdbc.sql("""
                    SELECT round(sum(calls) / ?::numeric, 2) || '  ' || CASE WHEN toplevel THEN '' ELSE '(inside) ' END
                           || round(sum(wal_bytes) / ?::numeric) || ' B  ' || round(1000 * sum(total_exec_time)::numeric / ?) || ' us  ' || left(regexp_replace(query, '\\s+', ' ', 'g'), 140)
                    FROM pg_stat_statements
                    WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
                    GROUP BY toplevel, query ORDER BY sum(calls) DESC""")
                            .params(times, times, times)
                            .query(String.class)
                            .list());
        }

        /** Those that have written something; who only reads costs no commit. */
        private long transactions() {
            return jdbc.sql("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
                    .query(Long.class)
                    .single();
        }

        private long size() {
            return jdbc.sql("SELECT pg_database_size(current_database())")
                    .query(Long.class)
                    .single();
        }
    }

    @Override
    public String toString() {
        return "%10.1f %7.1f %8.1f %7.1f %8.0f %8.0f".formatted(statements, inside, commits, rows, wal, disk);
    }

    private Cost dividedBy(int times) {
        return new Cost(statements / times, inside / times, commits / times, rows / times, wal / times, disk / times);
    }
}
