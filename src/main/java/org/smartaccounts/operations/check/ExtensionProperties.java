package org.smartaccounts.operations.check;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;

/** What analysts write into the extension properties of elements; the templates of the Modeler leave those empty that nobody fills in. */
public final class ExtensionProperties {

    /** The ids that an element had in earlier releases, with commas between them. */
    public static final String FORMER_IDS = "formerIds";

    /** On a timer: {@code true} if requests that wait already are given the new duration too, from the start of their wait. */
    public static final String APPLIES_TO_RUNNING_REQUESTS = "appliesToRunningRequests";

    private ExtensionProperties() {}

    /** A property of an element; empty also if nothing is written into it. */
    public static Optional<String> of(BaseElement element, String name) {
        return Optional.ofNullable(element.getExtensionElements()).stream()
                .flatMap(extensions ->
                        extensions.getElementsQuery().filterByType(CamundaProperties.class).list().stream())
                .flatMap(properties -> properties.getCamundaProperties().stream())
                .filter(property -> name.equals(property.getCamundaName()))
                .map(CamundaProperty::getCamundaValue)
                .filter(value -> value != null && !value.isBlank())
                .findFirst();
    }

    /** The ids that an element had in earlier releases. */
    public static List<String> formerIds(BaseElement element) {
        return of(element, FORMER_IDS).stream()
                .flatMap(ids -> Arrays.stream(ids.split(",", -1)))
                .map(String::strip)
                .filter(id -> !id.isEmpty())
                .toList();
    }
}
