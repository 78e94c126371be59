package org.smartaccounts.operations.check;

import java.util.HashSet;
import java.util.Set;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.smartaccounts.request.RequestVocabulary;

/** The extension properties, which nobody reads if they are mistyped. */
final class PropertyRules {

    private static final Set<String> KNOWN = Set.of(
            RequestVocabulary.DAYS_LEFT,
            ExtensionProperties.FORMER_IDS,
            ExtensionProperties.APPLIES_TO_RUNNING_REQUESTS);

    private final Mistakes mistakes;

    PropertyRules(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    void check(Diagram diagram) {
        for (CamundaProperty property : diagram.all(CamundaProperty.class)) {
            String name = String.valueOf(property.getCamundaName());
            if (!KNOWN.contains(name)) {
                mistakes.add(
                        diagram.file(),
                        Diagram.idOf(property),
                        "nobody reads the property %s; %s".formatted(name, Nearest.suggest(name, KNOWN)));
            }
        }
        Set<String> claimed = new HashSet<>();
        for (FlowNode node : diagram.all(FlowNode.class)) {
            for (String former : ExtensionProperties.formerIds(node)) {
                if (diagram.find(former).isPresent()) {
                    mistakes.add(
                            diagram.file(),
                            node.getId(),
                            "%s is no former id, since there still is an element with it; delete it from %s"
                                    .formatted(former, ExtensionProperties.FORMER_IDS));
                } else if (!claimed.add(former)) {
                    mistakes.add(
                            diagram.file(),
                            node.getId(),
                            "another element has the former id %s too; write it at one of them only".formatted(former));
                }
            }
        }
    }
}
