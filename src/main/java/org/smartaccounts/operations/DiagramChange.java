package org.smartaccounts.operations;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.LinkEventDefinition;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.ThrowEvent;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.operations.check.ExtensionProperties;

/**
 * What differs between two versions of a diagram, as far as it matters to requests that wait on the older one. Elements are the same if
 * they have the same id. One whose id has changed says so in its extension property {@code formerIds}, a list with commas.
 */
final class DiagramChange {

    private final BpmnModelInstance older;
    private final BpmnModelInstance newer;
    private final Map<String, String> ids = new LinkedHashMap<>();

    DiagramChange(BpmnModelInstance older, BpmnModelInstance newer) {
        this.older = older;
        this.newer = newer;
        for (FlowNode node : newer.getModelElementsByType(FlowNode.class)) {
            if (node(older, node.getId()) != null) {
                ids.put(node.getId(), node.getId());
            }
        }
        for (FlowNode node : newer.getModelElementsByType(FlowNode.class)) {
            if (!ids.containsKey(node.getId())) {
                ExtensionProperties.formerIds(node).stream()
                        .filter(former -> node(older, former) != null)
                        .findFirst()
                        .ifPresent(former -> ids.putIfAbsent(former, node.getId()));
            }
        }
    }

    /** The elements that are in both, by the older id: what id they have in the newer. */
    Map<String, String> ids() {
        return ids;
    }

    /** What people call an element of the older diagram, and its id. */
    String nameOf(String olderId) {
        @Nullable FlowNode node = node(older, olderId);
        return node == null || node.getName() == null
                ? olderId
                : "%s (%s)".formatted(node.getName().strip(), olderId);
    }

    /**
     * The older ids of timers that cannot be moved, beside something that can: the engine would move what waits, and drop its timer without
     * a word.
     */
    List<String> timersBut(Collection<String> movable) {
        return older.getModelElementsByType(TimerEventDefinition.class).stream()
                .map(timer -> (FlowNode) timer.getParentElement())
                .filter(timer -> !(timer instanceof IntermediateCatchEvent))
                .filter(timer -> !(timer instanceof BoundaryEvent event)
                        || movable.contains(event.getAttachedTo().getId()))
                .map(FlowNode::getId)
                .filter(timer -> !movable.contains(timer))
                .toList();
    }

    /** The newer ids of timers whose changed duration is meant for requests that wait already. */
    List<String> timersCountedAnew() {
        return ids.entrySet().stream()
                .filter(id -> {
                    FlowNode timer = newer.getModelElementById(id.getValue());
                    return ExtensionProperties.of(timer, ExtensionProperties.APPLIES_TO_RUNNING_REQUESTS)
                                    .filter("true"::equals)
                                    .isPresent()
                            && !duration(timer).equals(duration(older.getModelElementById(id.getKey())));
                })
                .map(Map.Entry::getValue)
                .toList();
    }

    private static String duration(FlowNode timer) {
        return timer.getChildElementsByType(TimerEventDefinition.class).stream()
                .map(definition -> definition.getTextContent().strip())
                .collect(Collectors.joining());
    }

    /**
     * The elements from which the newer diagram no longer leads where the older one did, though both ends are still there: a request that
     * waits at one of them would leave out what was to come. Older ids; their values are what is no longer reached.
     */
    Map<String, Set<String>> waysLost() {
        Map<String, Set<String>> lost = new LinkedHashMap<>();
        ids.forEach((olderId, newerId) -> {
            Set<String> before = activitiesAfter(older, olderId);
            before.retainAll(ids.keySet());
            Set<String> now = activitiesAfter(newer, newerId);
            before.removeIf(activity -> now.contains(ids.get(activity)));
            if (!before.isEmpty()) {
                lost.put(olderId, before);
            }
        });
        return lost;
    }

    private static Set<String> activitiesAfter(BpmnModelInstance diagram, String id) {
        Set<FlowNode> reached = new LinkedHashSet<>();
        Deque<FlowNode> next = new ArrayDeque<>(after(diagram.getModelElementById(id)));
        while (!next.isEmpty()) {
            FlowNode node = next.pop();
            if (reached.add(node)) {
                next.addAll(after(node));
            }
        }
        return reached.stream()
                .filter(Activity.class::isInstance)
                .map(FlowNode::getId)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Where a request may come to next, whatever happens. */
    private static List<FlowNode> after(FlowNode node) {
        List<FlowNode> next = new ArrayList<>(out(node));
        if (node instanceof SubProcess part) {
            next.addAll(part.getChildElementsByType(StartEvent.class));
        }
        if (node instanceof ThrowEvent) {
            linkNames(node)
                    .forEach(name -> node.getParentElement().getChildElementsByType(FlowNode.class).stream()
                            .filter(other -> !(other instanceof ThrowEvent)
                                    && linkNames(other).contains(name))
                            .forEach(next::add));
        }
        // A part may be left at any time, and what is started by an event may start.
        if (node.getParentElement() instanceof SubProcess part) {
            next.addAll(out(part));
            part.getChildElementsByType(SubProcess.class).stream()
                    .filter(SubProcess::triggeredByEvent)
                    .forEach(next::add);
            if (part.getParentElement() instanceof SubProcess) {
                next.addAll(after(part));
            }
        }
        return next;
    }

    private static List<FlowNode> out(FlowNode node) {
        return Stream.concat(
                        node.getOutgoing().stream().map(SequenceFlow::getTarget),
                        node.getParentElement().getChildElementsByType(BoundaryEvent.class).stream()
                                .filter(event -> event.getAttachedTo().equals(node)))
                .toList();
    }

    private static List<String> linkNames(FlowNode node) {
        return node.getChildElementsByType(LinkEventDefinition.class).stream()
                .map(LinkEventDefinition::getName)
                .toList();
    }

    private static @Nullable FlowNode node(BpmnModelInstance diagram, String id) {
        return diagram.getModelElementById(id) instanceof FlowNode node ? node : null;
    }
}
