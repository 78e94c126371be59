package org.smartaccounts.operations;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.repository.ProcessDefinition;

/**
 * How requests come from one version of the process to another.
 *
 * @param plan         for the engine
 * @param diagram      what differs
 * @param lostTimers   ids of timers of the older version that the newer has not; whoever has one running, stays
 * @param waysLost     see {@link DiagramChange#waysLost}; whoever waits there, stays
 * @param countedAnew  ids of timers of the newer version whose new duration applies from the start of the wait
 */
record VersionChange(
        ProcessDefinition from,
        ProcessDefinition to,
        MigrationPlan plan,
        DiagramChange diagram,
        List<String> lostTimers,
        Map<String, Set<String>> waysLost,
        List<String> countedAnew) {

    /** A version for people: its tag, and how many were deployed up to it. */
    static String name(ProcessDefinition version) {
        return "%s (%d)".formatted(version.getVersionTag(), version.getVersion());
    }
}
