package org.smartaccounts.operations.check;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.EventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** Where requests wait in a diagram, and may be found when the next version of it comes. */
final class WaitStates {

    private static final List<String> AWAITED = List.of("timer", "message", "conditional", "signal");

    private WaitStates() {}

    /** The ids of a diagram at which requests can wait, each with its type in words. */
    static Map<String, String> of(Diagram diagram) {
        Map<String, String> all = new LinkedHashMap<>();
        for (FlowNode node : diagram.all(FlowNode.class)) {
            if (waits(node)) {
                Diagram.ancestors(node)
                        .filter(around -> around == node || around instanceof SubProcess)
                        .forEach(around -> all.put(((FlowNode) around).getId(), type((FlowNode) around)));
            }
        }
        return all;
    }

    private static boolean waits(FlowNode node) {
        return node instanceof UserTask
                || node instanceof ReceiveTask
                || node instanceof CallActivity
                || node instanceof EventBasedGateway
                || node.isCamundaAsyncBefore()
                || node.isCamundaAsyncAfter()
                || (node instanceof Activity activity && isRepeatedWithSavePoint(activity))
                || (node instanceof CatchEvent event && isAwaited(event));
    }

    private static boolean isRepeatedWithSavePoint(Activity activity) {
        return loops(activity).stream().anyMatch(loop -> loop.isCamundaAsyncBefore() || loop.isCamundaAsyncAfter());
    }

    private static Collection<MultiInstanceLoopCharacteristics> loops(Activity activity) {
        return activity.getChildElementsByType(MultiInstanceLoopCharacteristics.class);
    }

    private static boolean isAwaited(CatchEvent event) {
        boolean partOfProcess = event instanceof BoundaryEvent
                || !(event instanceof StartEvent)
                || event.getParentElement() instanceof SubProcess;
        return partOfProcess && AWAITED.contains(what(event));
    }

    /** What kind of event it is: {@code timer}, {@code message} and so on; empty for none. */
    private static String what(CatchEvent event) {
        return event.getChildElementsByType(EventDefinition.class).stream()
                .map(definition -> definition.getElementType().getTypeName().replace("EventDefinition", ""))
                .collect(Collectors.joining());
    }

    /** What has to be the same for a request to be moved. */
    static String type(ModelElementInstance element) {
        String type = InWords.of(element.getElementType().getTypeName());
        if (element instanceof CatchEvent event && !what(event).isEmpty()) {
            return what(event) + " " + type;
        }
        if (element instanceof SubProcess part && part.triggeredByEvent()) {
            return "event subprocess";
        }
        return element instanceof Activity activity && !loops(activity).isEmpty() ? type + " for each of many" : type;
    }
}
