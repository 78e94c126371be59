package org.smartaccounts.privacy;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks through the whole database, whichever tables it has. */
final class Everywhere {

    private Everywhere() {}

    /** The tables of which some row says these words, capital or small. */
    static List<String> tablesThatSay(String words, JdbcClient database) {
        return database.sql("""
                SELECT table_name FROM information_schema.tables
                WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name""").query(String.class).list().stream()
                .filter(table -> database.sql(
                                "SELECT EXISTS (SELECT 1 FROM %s AS t WHERE position(lower(?) IN lower(t::text)) > 0)"
                                        .formatted(table))
                        .param(words)
                        .query(Boolean.class)
                        .single())
                .toList();
    }
}
