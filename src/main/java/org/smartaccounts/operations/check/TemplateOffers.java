package org.smartaccounts.operations.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.smartaccounts.process.DiagramVocabulary;

/** What the element templates write into a diagram: each of it exists, whether somebody chooses it or never sees it. */
final class TemplateOffers {

    private static final String ASK = "correct it, or ask a developer for what is meant";

    private final DiagramVocabulary vocabulary;
    private final Set<String> forms;
    private final Mistakes mistakes;

    /** @param forms ids of all forms that there are */
    TemplateOffers(DiagramVocabulary vocabulary, Set<String> forms, Mistakes mistakes) {
        this.vocabulary = vocabulary;
        this.forms = forms;
        this.mistakes = mistakes;
    }

    void check(String file, JsonNode template) {
        for (JsonNode property : template.path("properties")) {
            String name = property.path("binding").path("name").asText();
            for (String value : values(property)) {
                checkValue(file, name, value);
            }
        }
    }

    /** What is chosen from, and what is chosen at first. */
    private static Set<String> values(JsonNode property) {
        Set<String> values = StreamSupport.stream(property.path("choices").spliterator(), false)
                .map(choice -> choice.path("value").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        if (property.has("value")) {
            values.add(property.path("value").asText());
        }
        return values;
    }

    private void checkValue(String file, String name, String value) {
        switch (name) {
            case "camunda:delegateExpression" ->
                require(file, "delegate", value.replaceFirst("^\\$\\{(.*)}$", "$1"), vocabulary.delegates());
            case "camunda:formRef" -> require(file, "form", value, forms);
            case "camunda:candidateGroups" -> require(file, "group", value, vocabulary.groups());
            case DiagramVocabulary.EMAIL_RECIPIENT -> require(file, "recipient", value, vocabulary.recipients());
            case DiagramVocabulary.EMAIL_TEMPLATE -> {
                List<String> missing = vocabulary.missingPartsOf(value);
                if (!missing.isEmpty()) {
                    mistakes.add(
                            file,
                            null,
                            "the template offers the email %s, which does not exist (missing: %s); %s"
                                    .formatted(value, String.join(", ", missing), ASK));
                }
            }
            default -> {
                // Nothing that could be missing.
            }
        }
    }

    private void require(String file, String what, String value, Set<String> known) {
        if (!known.contains(value)) {
            mistakes.add(
                    file, null, "the template offers the %s %s, which does not exist; %s".formatted(what, value, ASK));
        }
    }
}
