package org.smartaccounts.operations;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.migration.MigratingProcessInstanceValidationException;
import org.camunda.bpm.engine.migration.MigratingProcessInstanceValidationReport;
import org.camunda.bpm.engine.runtime.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.operations.MoveResult.Outcome;
import org.smartaccounts.request.DeadlineKeeper;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves one request to another version of the process, in a transaction of its own that locks the account first, as all acts do: whoever
 * acts on the request at the same moment comes before or after. It waits at the same place then, and its timers keep their due dates, except
 * those whose new duration is meant for it too.
 */
@Component
class RequestMover {

    private static final Logger log = LoggerFactory.getLogger(RequestMover.class);

    /** Somebody may be faster now and then; again and again is a reason to come back later. */
    private static final int ATTEMPTS = 5;

    private final SmartAccounts accounts;
    private final RuntimeService runtime;
    private final ManagementService management;
    private final DeadlineKeeper deadlines;
    private final TransactionTemplate transaction;

    RequestMover(
            SmartAccounts accounts,
            RuntimeService runtime,
            ManagementService management,
            DeadlineKeeper deadlines,
            TransactionTemplate transaction) {
        this.accounts = accounts;
        this.runtime = runtime;
        this.management = management;
        this.deadlines = deadlines;
        this.transaction = transaction;
    }

    /** Moves the request, or says why it stays. */
    MoveResult move(VersionChange change, WaitingRequest request) {
        return attempt(change, request, false);
    }

    /** What moving the request would come to: it is moved, and not committed. */
    MoveResult tryOut(VersionChange change, WaitingRequest request) {
        return attempt(change, request, true);
    }

    private MoveResult attempt(VersionChange change, WaitingRequest request, boolean trial) {
        try {
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                try {
                    return Objects.requireNonNull(transaction.execute(status -> {
                        MoveResult result = moveLocked(change, request);
                        if (trial || result.outcome() != Outcome.MOVED) {
                            status.setRollbackOnly();
                        }
                        return result;
                    }));
                } catch (OptimisticLockingException | PessimisticLockingFailureException e) {
                    log.debug("{} was changed at the same moment", request.requestNumber(), e);
                }
            }
            return new MoveResult(Outcome.BUSY);
        } catch (MigratingProcessInstanceValidationException e) {
            return refused(change, e.getValidationReport());
        } catch (RuntimeException e) {
            // One request does not stop the others.
            log.warn("{} cannot be moved to version {}", request.requestNumber(), VersionChange.name(change.to()), e);
            return new MoveResult(Outcome.FAILED, e.getClass().getSimpleName());
        }
    }

    private MoveResult moveLocked(VersionChange change, WaitingRequest request) {
        accounts.lock(request.requestNumber());
        String id = request.processInstance();
        if (runtime.createProcessInstanceQuery()
                        .processInstanceId(id)
                        .processDefinitionId(change.from().getId())
                        .count()
                == 0) {
            return new MoveResult(Outcome.GONE);
        }
        Optional<MoveResult> reasonToStay = reasonToStay(change, id);
        if (reasonToStay.isPresent()) {
            return reasonToStay.get();
        }
        runtime.newMigration(change.plan()).processInstanceIds(id).execute();
        // Asked for afterwards, when nobody can take a job any more: who has taken one before may be sending an email.
        if (management.createJobQuery().processInstanceId(id).acquired().count() > 0) {
            return new MoveResult(Outcome.BUSY);
        }
        change.countedAnew().stream()
                .flatMap(timer -> jobs(id, timer).stream())
                .forEach(job -> management.recalculateJobDuedate(job.getId(), true));
        deadlines.follow(request.requestNumber(), id);
        return new MoveResult(Outcome.MOVED);
    }

    /** What the engine would do without a word. */
    private Optional<MoveResult> reasonToStay(VersionChange change, String id) {
        Stream<MoveResult> timers = change.lostTimers().stream()
                .filter(timer -> !jobs(id, timer).isEmpty())
                .map(timer ->
                        new MoveResult(Outcome.TIMER_LOST, change.diagram().nameOf(timer)));
        if (change.waysLost().isEmpty()) {
            return timers.findFirst();
        }
        Set<String> places = Set.copyOf(runtime.getActiveActivityIds(id));
        Stream<MoveResult> ways = change.waysLost().entrySet().stream()
                .filter(lost -> places.contains(lost.getKey()))
                .map(lost -> new MoveResult(
                        Outcome.WAY_LOST,
                        "%s → %s".formatted(change.diagram().nameOf(lost.getKey()), names(change, lost.getValue()))));
        return Stream.concat(timers, ways).findFirst();
    }

    private List<Job> jobs(String processInstance, String activity) {
        return management
                .createJobQuery()
                .processInstanceId(processInstance)
                .activityId(activity)
                .list();
    }

    private static MoveResult refused(VersionChange change, MigratingProcessInstanceValidationReport report) {
        Set<String> places = Stream.concat(
                        report.getActivityInstanceReports().stream().map(place -> place.getSourceScopeId()),
                        report.getTransitionInstanceReports().stream().map(place -> place.getSourceScopeId()))
                .collect(Collectors.toSet());
        return new MoveResult(
                Outcome.NO_PLACE, places.isEmpty() ? String.join(" ", report.getFailures()) : names(change, places));
    }

    private static String names(VersionChange change, Collection<String> ids) {
        return ids.stream().map(change.diagram()::nameOf).sorted().collect(Collectors.joining(", "));
    }
}
