package org.smartaccounts.account;

import java.time.ZoneOffset;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Everything that ever happened to an account, written once and never changed. Nobody has to remember to write it:
 * {@link SmartAccount} announces each change, and saving the account puts the line into the same transaction.
 */
@Component
public class Timeline {

    private final JdbcClient jdbc;

    Timeline(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventListener
    void record(TimelineEntry entry) {
        jdbc.sql("""
                INSERT INTO timeline_entry (request_number, occurred_at, actor_role, actor_name, event, status, details)
                VALUES (?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        entry.requestNumber(),
                        entry.at().atOffset(ZoneOffset.UTC),
                        entry.actor().role().name(),
                        entry.actor().name(),
                        entry.event().name(),
                        entry.status().name(),
                        entry.details())
                .update();
    }

    /** The account's lines, oldest first. */
    public List<TimelineEntry> of(String requestNumber) {
        return jdbc.sql("""
                SELECT occurred_at, actor_role, actor_name, event, status, details
                FROM timeline_entry WHERE request_number = ? ORDER BY id""")
                .param(requestNumber)
                .query((row, index) -> new TimelineEntry(
                        requestNumber,
                        row.getTimestamp("occurred_at").toInstant(),
                        new Actor(Actor.Role.valueOf(row.getString("actor_role")), row.getString("actor_name")),
                        TimelineEntry.Event.valueOf(row.getString("event")),
                        AccountStatus.valueOf(row.getString("status")),
                        row.getString("details")))
                .list();
    }
}
