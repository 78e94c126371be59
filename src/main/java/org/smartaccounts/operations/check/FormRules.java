package org.smartaccounts.operations.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.smartaccounts.process.DiagramVocabulary;
import org.smartaccounts.process.ProcessVocabulary;
import org.smartaccounts.request.RequestVocabulary;

/** The forms: each is called as its file, and its fields are what the step that uses it takes or shows. */
final class FormRules {

    static final String SUFFIX = ".form";

    /** Of a task whose meaning the code does not know nothing is kept, so its form may only show. */
    private static final String READ_ONLY = "readonly";

    private final DiagramVocabulary vocabulary;
    private final Mistakes mistakes;

    FormRules(DiagramVocabulary vocabulary, Mistakes mistakes) {
        this.vocabulary = vocabulary;
        this.mistakes = mistakes;
    }

    void check(String file, String content, Collection<Diagram> diagrams) {
        JsonNode form;
        try {
            form = new ObjectMapper().readTree(content);
        } catch (JsonProcessingException e) {
            mistakes.add(
                    file,
                    "line " + (e.getLocation() == null ? 1 : e.getLocation().getLineNr()),
                    "the form cannot be read; open it in the Modeler and save it again");
            return;
        }
        String id = file.substring(0, file.length() - SUFFIX.length());
        if (!form.path("id").asText().equals(id)) {
            mistakes.add(
                    file,
                    null,
                    "the form and its file have the same name; give the form the id %s instead of %s"
                            .formatted(id, form.path("id").asText()));
        }
        List<JsonNode> fields = form.findParents("key").stream()
                .filter(field -> field.has("type"))
                .toList();
        fields.forEach(field -> checkField(file, field));
        for (Diagram diagram : diagrams) {
            ProcessVocabulary words = vocabulary.of(diagram.processId());
            Stream.concat(
                            diagram.all(UserTask.class).stream().filter(task -> id.equals(task.getCamundaFormRef())),
                            diagram.all(StartEvent.class).stream()
                                    .filter(start -> id.equals(start.getCamundaFormRef())))
                    .forEach(step -> fields.forEach(field -> checkField(file, field, step, words)));
        }
    }

    private void checkField(String file, JsonNode field) {
        if (field.path("type").asText().equals("dynamiclist")) {
            mistakes.add(
                    file,
                    field.path("id").asText(),
                    "Tasklist cannot show dynamic lists; use a text area with one entry a line");
        }
        if (field.path("key").asText().equals(RequestVocabulary.LANGUAGE)
                && !field.path("properties").path("values").asText().equals("languages")) {
            mistakes.add(
                    file,
                    field.path("id").asText(),
                    "it does not offer the languages that there are; add the custom property values with the value languages");
        }
    }

    private void checkField(String file, JsonNode field, FlowNode step, ProcessVocabulary words) {
        String key = field.path("key").asText();
        Optional<Set<String>> fields = Optional.ofNullable(words.fields().get(step.getId()));
        Set<String> known = fields.orElseGet(words::variables);
        if (!known.contains(key)) {
            mistakes.add(
                    file,
                    field.path("id").asText(),
                    "%s neither takes nor shows %s; %s".formatted(step.getId(), key, Nearest.suggest(key, known)));
        } else if (fields.isEmpty() && !field.path(READ_ONLY).asBoolean()) {
            mistakes.add(
                    file,
                    field.path("id").asText(),
                    "what is typed into %s at %s would be forgotten; make the field read only, or ask a developer to keep it"
                            .formatted(key, step.getId()));
        }
    }
}
