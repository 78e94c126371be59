package org.smartaccounts.support;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether readers find our public pages helpful, and what they say about them. */
@Component
public class PageVotes {

    /** Characters that a comment may have. */
    public static final int MAX_COMMENT = 1000;

    /**
     * How many found a page helpful in a language.
     *
     * @param page    which
     * @param helpful how many did
     * @param not     how many did not
     */
    public record Count(String page, Locale language, long helpful, long not) {}

    /** What somebody said about a page. Newer comments have higher ids. */
    public record Comment(long id, Instant at, String page, Locale language, boolean helpful, String words) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    PageVotes(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Keeps a vote. Given again with the same form it takes the place of the first.
     *
     * @param comment may be empty, at most {@link #MAX_COMMENT} characters
     */
    public void give(UUID form, String page, Locale language, boolean helpful, String comment) {
        jdbc.sql("""
                INSERT INTO page_vote (form, page, language, helpful, comment, given_at) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (form) DO UPDATE SET helpful = excluded.helpful, comment = excluded.comment""")
                .params(
                        form,
                        page,
                        language.toLanguageTag(),
                        helpful,
                        comment,
                        clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** By page and language. */
    public List<Count> counts() {
        return jdbc.sql("""
                SELECT page, language, count(*) FILTER (WHERE helpful) AS yes, count(*) FILTER (WHERE NOT helpful) AS no
                FROM page_vote GROUP BY page, language ORDER BY page, language""")
                .query((row, index) -> new Count(
                        row.getString("page"),
                        Locale.forLanguageTag(row.getString("language")),
                        row.getLong("yes"),
                        row.getLong("no")))
                .list();
    }

    /**
     * The newest comments before another one.
     *
     * @param before its id
     * @param most   at most so many
     */
    public List<Comment> comments(long before, int most) {
        return jdbc.sql("""
                SELECT id, given_at, page, language, helpful, comment FROM page_vote
                WHERE comment <> '' AND id < ? ORDER BY id DESC LIMIT ?""")
                .params(before, most)
                .query((row, index) -> new Comment(
                        row.getLong("id"),
                        row.getTimestamp("given_at").toInstant(),
                        row.getString("page"),
                        Locale.forLanguageTag(row.getString("language")),
                        row.getBoolean("helpful"),
                        row.getString("comment")))
                .list();
    }
}
