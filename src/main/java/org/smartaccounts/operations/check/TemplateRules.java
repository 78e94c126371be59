package org.smartaccounts.operations.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;

/** The element templates of the Modeler: an element that says it is made from one still is what the template hides. */
final class TemplateRules {

    private static final String BPMN_PREFIX = "bpmn:";
    private static final String CAMUNDA_PREFIX = "camunda:";

    private final Mistakes mistakes;
    private final TemplateOffers offers;
    private final Map<String, JsonNode> templates = new LinkedHashMap<>();

    /** @param offers looks at what the templates let people choose */
    TemplateRules(TemplateOffers offers, Mistakes mistakes) {
        this.offers = offers;
        this.mistakes = mistakes;
    }

    /** Gets to know the templates of a file. */
    void learn(String file, String content) {
        try {
            JsonNode json = new ObjectMapper().readTree(content);
            Iterable<JsonNode> all = json.isArray() ? json : Set.of(json);
            for (JsonNode template : all) {
                templates.put(template.path("id").asText(), template);
                offers.check(file, template);
            }
        } catch (JsonProcessingException e) {
            mistakes.add(
                    file,
                    "line " + (e.getLocation() == null ? 1 : e.getLocation().getLineNr()),
                    "the element template cannot be read; undo the last change");
        }
    }

    void check(Diagram diagram) {
        if (templates.isEmpty()) {
            // The packaged processes come without: the test has compared them.
            return;
        }
        for (FlowNode node : diagram.all(FlowNode.class)) {
            @Nullable String id = Diagram.camunda(node, "modelerTemplate");
            // What another rule says of the element helps more than that it is not as the template wants it.
            if (id != null && !mistakes.tellOf(diagram.file(), node.getId())) {
                check(diagram, node, id);
            }
        }
    }

    private void check(Diagram diagram, FlowNode node, String id) {
        @Nullable JsonNode template = templates.get(id);
        if (template == null) {
            mistakes.add(
                    diagram.file(),
                    node.getId(),
                    "there is no element template %s; %s".formatted(id, Nearest.suggest(id, templates.keySet())));
            return;
        }
        String name = template.path("name").asText();
        for (JsonNode property : template.path("properties")) {
            value(node, property.path("binding"))
                    .filter(value -> !fits(property, value))
                    .ifPresent(value -> mistakes.add(
                            diagram.file(),
                            node.getId(),
                            "%s is %s, which the template \"%s\" does not allow; choose the template again"
                                    .formatted(
                                            property.path("binding")
                                                    .path("name")
                                                    .asText(),
                                            value.isEmpty() ? "empty" : "'%s'".formatted(value),
                                            name)));
        }
    }

    private static boolean fits(JsonNode property, String value) {
        return switch (property.path("type").asText()) {
            // What is not ticked is not written.
            case "Hidden" ->
                property.path("value").asText().equals(value)
                        || (value.isEmpty() && property.path("value").asText().equals("false"));
            case "Dropdown" ->
                StreamSupport.stream(property.path("choices").spliterator(), false)
                        .anyMatch(choice -> choice.path("value").asText().equals(value));
            default -> true;
        };
    }

    /** What an element has where the template's value belongs; empty for a place that is not compared. */
    private static Optional<String> value(FlowNode node, JsonNode binding) {
        String name = binding.path("name").asText();
        return switch (binding.path("type").asText()) {
            case "property" -> Optional.of(attribute(node, name));
            case "camunda:inputParameter" ->
                Optional.of(Diagram.within(node, CamundaInputParameter.class).stream()
                        .filter(input -> name.equals(input.getCamundaName()))
                        .map(input -> input.getTextContent().strip())
                        .findFirst()
                        .orElse(""));
            case "camunda:property" ->
                Optional.of(ExtensionProperties.of((BaseElement) node, name).orElse(""));
            default -> Optional.empty();
        };
    }

    private static String attribute(ModelElementInstance node, String name) {
        @Nullable
        String value = name.startsWith(CAMUNDA_PREFIX)
                ? Diagram.camunda(node, name.substring(CAMUNDA_PREFIX.length()))
                : node.getAttributeValue(name.replace(BPMN_PREFIX, ""));
        return value == null ? "" : value;
    }
}
