package org.smartaccounts.operations.check;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.EventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.RootElement;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;

/** A diagram, and what one asks of it. */
final class Diagram {

    static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";

    private final String file;
    private final BpmnModelInstance model;

    private Diagram(String file, BpmnModelInstance model) {
        this.file = file;
        this.model = model;
    }

    /** @throws org.camunda.bpm.model.xml.ModelException if it is none */
    static Diagram read(String file, String content) {
        return new Diagram(
                file, Bpmn.readModelFromStream(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8))));
    }

    String file() {
        return file;
    }

    /** The first, since {@link ProcessRules} wants exactly one; without one, or without a tag, their texts are empty. */
    Optional<Process> process() {
        return all(Process.class).stream().findFirst();
    }

    String processId() {
        return process().map(Process::getId).orElse("");
    }

    String versionTag() {
        return process().map(Process::getCamundaVersionTag).orElse("");
    }

    <T extends ModelElementInstance> Collection<T> all(Class<T> type) {
        return model.getModelElementsByType(type);
    }

    Optional<ModelElementInstance> find(String id) {
        return Optional.ofNullable(model.getModelElementById(id));
    }

    Document xml() {
        return (Document) model.getDocument().getDomSource().getNode();
    }

    /** Everything of a type within an element, at whatever depth. */
    static <T extends ModelElementInstance> List<T> within(ModelElementInstance of, Class<T> type) {
        return of.getModelInstance().getModelElementsByType(type).stream()
                .filter(element -> ancestors(element).anyMatch(of::equals))
                .toList();
    }

    /** An element and all around it, from the inside out. */
    static Stream<ModelElementInstance> ancestors(ModelElementInstance element) {
        return Stream.iterate(element, above -> above != null, ModelElementInstance::getParentElement);
    }

    /** The id by which a person finds something in the Modeler: that of the task, event or flow around it. */
    static String idOf(ModelElementInstance element) {
        return ancestors(element)
                .filter(above -> above instanceof FlowElement
                        || (above instanceof RootElement && !(above instanceof EventDefinition)))
                .map(above -> ((BaseElement) above).getId())
                .findFirst()
                .orElse("");
    }

    static @Nullable String camunda(ModelElementInstance element, String attribute) {
        return element.getAttributeValueNs(CAMUNDA, attribute);
    }
}
