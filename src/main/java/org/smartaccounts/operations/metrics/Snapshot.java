package org.smartaccounts.operations.metrics;

import java.util.List;

/**
 * What the database said at one moment.
 *
 * @param counts of requests, outcomes and emails
 * @param emails that were tried, and that no mail server has taken yet
 * @param work   what the engine has to do
 * @param live   the processes
 */
record Snapshot(List<Count> counts, long emails, WaitingWork work, List<LiveProcess> live) {

    /** The counts of a kind. */
    List<Count> of(String kind) {
        return counts.stream().filter(count -> count.kind().equals(kind)).toList();
    }

    /** How many there are of one; zero if there has never been one. */
    long total(String kind, String name, String detail) {
        return counts.stream()
                .filter(count -> count.kind().equals(kind)
                        && count.name().equals(name)
                        && count.detail().equals(detail))
                .mapToLong(Count::total)
                .sum();
    }
}
