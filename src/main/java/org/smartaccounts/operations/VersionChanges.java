package org.smartaccounts.operations;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.migration.MigrationInstruction;
import org.camunda.bpm.engine.migration.MigrationInstructionsBuilder;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.migration.MigrationPlanBuilder;
import org.camunda.bpm.engine.migration.MigrationPlanValidationException;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.ConditionalEventDefinition;
import org.smartaccounts.operations.check.VersionTag;
import org.smartaccounts.request.ProcessElements;
import org.springframework.stereotype.Component;

/**
 * Which version of the process follows which: the newest deployed one of the same major version. Never one that is tagged lower, and
 * never one of another major version.
 */
@Component
class VersionChanges {

    /** How the engine calls what repeats an activity for several. */
    private static final String REPEATED = "#multiInstanceBody";

    private final RepositoryService repository;
    private final RuntimeService runtime;

    VersionChanges(RepositoryService repository, RuntimeService runtime) {
        this.repository = repository;
        this.runtime = runtime;
    }

    /** All versions of the process that were ever deployed, the oldest first. */
    List<ProcessDefinition> versions() {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(ProcessElements.PROCESS)
                .orderByProcessDefinitionVersion()
                .asc()
                .list();
    }

    /** To which of some versions the requests of each are to be moved; those that stay are not in it. The oldest first. */
    Map<ProcessDefinition, ProcessDefinition> targets(List<ProcessDefinition> versions) {
        Map<ProcessDefinition, ProcessDefinition> targets = new LinkedHashMap<>();
        for (ProcessDefinition from : versions) {
            target(from, versions).ifPresent(to -> targets.put(from, to));
        }
        return targets;
    }

    private static Optional<ProcessDefinition> target(ProcessDefinition from, List<ProcessDefinition> versions) {
        return VersionTag.parse(from.getVersionTag())
                .flatMap(tag -> versions.stream()
                        .filter(version -> VersionTag.parse(version.getVersionTag())
                                .filter(other -> other.major() == tag.major())
                                .isPresent())
                        .max(Comparator.comparingInt(ProcessDefinition::getVersion))
                        .filter(newest -> newest.getVersion() > from.getVersion())
                        .filter(newest -> VersionTag.parse(newest.getVersionTag())
                                        .orElseThrow()
                                        .compareTo(tag)
                                >= 0));
    }

    /** How to come from one version to another: by equal ids, and by those that the newer one says its elements had. */
    VersionChange between(ProcessDefinition from, ProcessDefinition to) {
        DiagramChange diagram = new DiagramChange(diagram(from), diagram(to));
        MigrationPlan plan = plan(from, to, diagram);
        return new VersionChange(
                from,
                to,
                plan,
                diagram,
                diagram.timersBut(sources(plan)),
                diagram.waysLost(),
                diagram.timersCountedAnew());
    }

    private MigrationPlan plan(ProcessDefinition from, ProcessDefinition to, DiagramChange diagram) {
        MigrationPlan equal = runtime.createMigrationPlan(from.getId(), to.getId())
                .mapEqualActivities()
                .build();
        Map<String, String> more = new HashMap<>();
        if (diagram.ids().entrySet().stream().anyMatch(id -> !id.getKey().equals(id.getValue()))) {
            // What is inside of something renamed, or attached to it, the engine does not find by itself either.
            diagram.ids().forEach((older, newer) -> {
                more.put(older, newer);
                more.put(older + REPEATED, newer + REPEATED);
            });
            more.keySet().removeAll(sources(equal));
        }
        while (true) {
            try {
                return build(from, to, more);
            } catch (MigrationPlanValidationException e) {
                Set<String> refused = e.getValidationReport().getInstructionReports().stream()
                        .map(report -> report.getMigrationInstruction().getSourceActivityId())
                        .collect(Collectors.toSet());
                // No wait, or not of the same kind: whoever waits there, stays.
                if (!more.keySet().removeAll(refused)) {
                    throw e;
                }
            }
        }
    }

    private MigrationPlan build(ProcessDefinition from, ProcessDefinition to, Map<String, String> more) {
        MigrationPlanBuilder plan = runtime.createMigrationPlan(from.getId(), to.getId());
        MigrationInstructionsBuilder equal = plan.mapEqualActivities();
        BpmnModelInstance diagram = diagram(to);
        more.forEach((older, newer) -> {
            var instruction = plan.mapActivities(older, newer);
            // It is evaluated anew, the engine demands.
            if (diagram.getModelElementById(newer) instanceof CatchEvent event
                    && !event.getChildElementsByType(ConditionalEventDefinition.class)
                            .isEmpty()) {
                instruction.updateEventTrigger();
            }
        });
        return equal.build();
    }

    private static Set<String> sources(MigrationPlan plan) {
        return plan.getInstructions().stream()
                .map(MigrationInstruction::getSourceActivityId)
                .collect(Collectors.toSet());
    }

    private BpmnModelInstance diagram(ProcessDefinition version) {
        return repository.getBpmnModelInstance(version.getId());
    }
}
