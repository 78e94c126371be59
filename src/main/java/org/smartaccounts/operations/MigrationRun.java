package org.smartaccounts.operations;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.smartaccounts.operations.MigrationReports.Line;
import org.smartaccounts.operations.MoveResult.Outcome;

/** One run through the requests of some versions, page by page. */
final class MigrationRun {

    /** So many are reported at once. */
    static final int PAGE = 50;

    /** Of each version so many are tried out. */
    static final int SAMPLE = 1000;

    /** So many of those that something was just being done to are looked at again in the end. */
    private static final int BUSY_AT_MOST = 1000;

    private final WaitingRequests waiting;
    private final RequestMover mover;
    private final MigrationReports reports;
    private final BooleanSupplier stopping;
    private final long id;
    private final boolean trial;
    private final Map<VersionChange, List<WaitingRequest>> busy = new LinkedHashMap<>();
    private int allBusy;

    /**
     * @param stopping whether the application ends
     * @param id       of the report
     * @param trial    whether nothing is to be changed
     */
    MigrationRun(
            WaitingRequests waiting,
            RequestMover mover,
            MigrationReports reports,
            BooleanSupplier stopping,
            long id,
            boolean trial) {
        this.waiting = waiting;
        this.mover = mover;
        this.reports = reports;
        this.stopping = stopping;
        this.id = id;
        this.trial = trial;
    }

    void through(List<VersionChange> changes) {
        changes.forEach(this::through);
        busy.forEach((change, requests) -> move(change, requests, true));
    }

    private void through(VersionChange change) {
        int seen = 0;
        List<WaitingRequest> page = waiting.page(change.from(), "", PAGE);
        while (!page.isEmpty() && !stopping.getAsBoolean() && !(trial && seen >= SAMPLE)) {
            move(change, page, false);
            seen += page.size();
            page = waiting.page(change.from(), page.get(page.size() - 1).processInstance(), PAGE);
        }
    }

    private void move(VersionChange change, List<WaitingRequest> requests, boolean again) {
        Map<MoveResult, Line> results = new LinkedHashMap<>();
        for (WaitingRequest request : requests) {
            if (stopping.getAsBoolean()) {
                break;
            }
            MoveResult result = trial ? mover.tryOut(change, request) : mover.move(change, request);
            if (result.outcome() == Outcome.BUSY && !again && allBusy < BUSY_AT_MOST) {
                busy.computeIfAbsent(change, key -> new ArrayList<>()).add(request);
                allBusy++;
            } else if (result.outcome() != Outcome.GONE) {
                results.merge(result, Line.of(change, result, request), Line::plus);
            }
        }
        results.values().forEach(line -> reports.add(id, line));
    }
}
