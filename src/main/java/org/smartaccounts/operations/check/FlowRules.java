package org.smartaccounts.operations.check;

import java.util.Collection;
import java.util.Objects;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.LinkEventDefinition;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.ThrowEvent;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;

/** The arrows: everything is connected, every question has an answer, and every link leads somewhere. */
final class FlowRules {

    private final Mistakes mistakes;

    FlowRules(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    void check(Diagram diagram) {
        diagram.all(FlowNode.class).forEach(node -> checkConnected(diagram, node));
        diagram.all(ExclusiveGateway.class).forEach(gateway -> checkWaysOut(diagram, gateway, gateway.getDefault()));
        diagram.all(InclusiveGateway.class).forEach(gateway -> checkWaysOut(diagram, gateway, gateway.getDefault()));
        checkLinks(diagram);
    }

    private void checkConnected(Diagram diagram, FlowNode node) {
        boolean aside = node instanceof SubProcess part && part.triggeredByEvent();
        boolean begins = node instanceof StartEvent || node instanceof BoundaryEvent;
        boolean link = !Diagram.within(node, LinkEventDefinition.class).isEmpty() && !(node instanceof SubProcess);
        boolean jumpsAway = link && node instanceof ThrowEvent;
        boolean landsHere = link && !(node instanceof ThrowEvent);
        if (!aside && !begins && !landsHere && arrows(diagram, node, false).isEmpty()) {
            say(diagram, node, "no arrow leads to it, so it never happens; draw one, or delete it");
        }
        if (!aside
                && !(node instanceof EndEvent)
                && !jumpsAway
                && arrows(diagram, node, true).isEmpty()) {
            say(diagram, node, "no arrow leads on from it; draw one to what comes next, or to an end event");
        }
    }

    private static Collection<SequenceFlow> arrows(Diagram diagram, FlowNode node, boolean away) {
        return diagram.all(SequenceFlow.class).stream()
                .filter(flow -> node.equals(away ? flow.getSource() : flow.getTarget()))
                .toList();
    }

    private void checkWaysOut(Diagram diagram, FlowNode gateway, @Nullable SequenceFlow otherwise) {
        Collection<SequenceFlow> ways = arrows(diagram, gateway, true);
        if (ways.size() < 2) {
            return;
        }
        for (SequenceFlow way : ways) {
            boolean conditional = way.getConditionExpression() != null
                    && !way.getConditionExpression().getTextContent().isBlank();
            if (!conditional && !way.equals(otherwise)) {
                say(
                        diagram,
                        way,
                        "nothing says when this way out of %s is taken; write a condition, or make it the default flow"
                                .formatted(gateway.getId()));
            } else if (conditional && way.equals(otherwise)) {
                say(
                        diagram,
                        way,
                        "it is the default flow of %s and has a condition too, which nobody asks; delete one of them"
                                .formatted(gateway.getId()));
            }
        }
    }

    private void checkLinks(Diagram diagram) {
        Collection<LinkEventDefinition> links = diagram.all(LinkEventDefinition.class);
        for (LinkEventDefinition link : links) {
            boolean away = link.getParentElement() instanceof ThrowEvent;
            long others = links.stream()
                    .filter(other -> other.getParentElement() instanceof ThrowEvent != away)
                    .filter(other -> Objects.equals(other.getName(), link.getName()))
                    .filter(other -> scope(other).equals(scope(link)))
                    .count();
            if (others == 0) {
                say(
                        diagram,
                        link,
                        "no link event %s it; give two link events in the same part of the diagram the link name %s, one that throws and one that catches"
                                .formatted(away ? "continues from" : "leads to", link.getName()));
            } else if (away && others > 1) {
                say(diagram, link, "several link events catch %s; keep one".formatted(link.getName()));
            }
        }
    }

    private static ModelElementInstance scope(LinkEventDefinition link) {
        return link.getParentElement().getParentElement();
    }

    private void say(Diagram diagram, ModelElementInstance element, String sentence) {
        mistakes.add(diagram.file(), Diagram.idOf(element), sentence);
    }
}
