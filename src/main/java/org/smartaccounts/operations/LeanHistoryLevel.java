package org.smartaccounts.operations;

import java.util.Set;
import org.camunda.bpm.engine.impl.bpmn.helper.BpmnProperties;
import org.camunda.bpm.engine.impl.history.HistoryLevel;
import org.camunda.bpm.engine.impl.history.event.HistoryEventType;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.jspecify.annotations.Nullable;

/**
 * What the engine remembers: instances, activities, tasks, incidents and what administrators did. Not the variables, whose history
 * costs half of all writes and repeats what the account's own row and timeline say; and with it a text that is too long for the
 * database would fail before it can be refused in words. And not the gateways, which are two fifths of what a request passes: where it went
 * from there says as much. The level of an existing database cannot be changed.
 */
class LeanHistoryLevel implements HistoryLevel {

    static final String NAME = "lean";

    private static final Set<HistoryEventTypes> PRODUCED = Set.of(
            HistoryEventTypes.PROCESS_INSTANCE_START,
            HistoryEventTypes.PROCESS_INSTANCE_UPDATE,
            HistoryEventTypes.PROCESS_INSTANCE_MIGRATE,
            HistoryEventTypes.PROCESS_INSTANCE_END,
            HistoryEventTypes.ACTIVITY_INSTANCE_START,
            HistoryEventTypes.ACTIVITY_INSTANCE_UPDATE,
            HistoryEventTypes.ACTIVITY_INSTANCE_MIGRATE,
            HistoryEventTypes.ACTIVITY_INSTANCE_END,
            HistoryEventTypes.TASK_INSTANCE_CREATE,
            HistoryEventTypes.TASK_INSTANCE_UPDATE,
            HistoryEventTypes.TASK_INSTANCE_MIGRATE,
            HistoryEventTypes.TASK_INSTANCE_COMPLETE,
            HistoryEventTypes.TASK_INSTANCE_DELETE,
            HistoryEventTypes.INCIDENT_CREATE,
            HistoryEventTypes.INCIDENT_MIGRATE,
            HistoryEventTypes.INCIDENT_UPDATE,
            HistoryEventTypes.INCIDENT_RESOLVE,
            HistoryEventTypes.INCIDENT_DELETE,
            HistoryEventTypes.USER_OPERATION_LOG);

    private static final Set<HistoryEventType> ACTIVITIES = Set.of(
            HistoryEventTypes.ACTIVITY_INSTANCE_START,
            HistoryEventTypes.ACTIVITY_INSTANCE_UPDATE,
            HistoryEventTypes.ACTIVITY_INSTANCE_END);

    @Override
    public int getId() {
        // Any number that the engine's own levels (0 to 3) do not use.
        return 24;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    @SuppressWarnings("SuspiciousMethodCalls") // the engine's event types are this enum
    public boolean isHistoryEventProduced(HistoryEventType eventType, @Nullable Object entity) {
        return PRODUCED.contains(eventType) && !(ACTIVITIES.contains(eventType) && isAtGateway(entity));
    }

    /** Nothing is known when the engine asks beforehand. */
    private static boolean isAtGateway(@Nullable Object entity) {
        return entity instanceof ExecutionEntity execution
                && execution.getActivity() != null
                && String.valueOf(execution.getActivity().getProperty(BpmnProperties.TYPE.getName()))
                        .endsWith("Gateway");
    }
}
