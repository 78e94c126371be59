package org.smartaccounts.operations.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.impl.juel.Builder;
import org.camunda.bpm.impl.juel.IdentifierNode;

/**
 * A text in which something stands between <code>${</code> and <code>}</code>.
 *
 * @param element the id by which a person finds where it is
 * @param text    all of it
 */
record Expression(String element, String text) {

    private static final Pattern TEXTS = Pattern.compile("'[^']*'|\"[^\"]*\"");
    private static final Pattern CALL = Pattern.compile("(?<![\\w.])(\\w+)\\s*\\.\\s*(\\w+\\s*(?:\\([^()]*\\))?)");
    private static final Pattern COMPARED = Pattern.compile("(?<![\\w.])(\\w+)\\s*[!=]=\\s*(?:'([^']*)'|\"([^\"]*)\")");

    /** What the engine itself knows. */
    private static final List<String> OF_THE_ENGINE = List.of(
            "execution", "task", "loopCounter", "nrOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances");

    /** All in a diagram, wherever they are. */
    static List<Expression> allIn(Diagram diagram) {
        List<Expression> all = new ArrayList<>();
        DiagramXml.visit(
                diagram,
                (id, element) -> Stream.concat(
                                DiagramXml.attributes(element).map(attribute -> attribute.getValue()),
                                Stream.of(DiagramXml.text(element)))
                        .filter(text -> text.contains("${") || text.contains("#{"))
                        .forEach(text -> all.add(new Expression(id, text))));
        return all;
    }

    /**
     * The variables and beans that it names.
     *
     * @throws org.camunda.bpm.impl.juel.TreeBuilderException if it cannot be read
     */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (IdentifierNode name :
                new Builder(Builder.Feature.METHOD_INVOCATIONS).build(text).getIdentifierNodes()) {
            names.add(name.getName());
        }
        names.removeAll(OF_THE_ENGINE);
        return names;
    }

    /** What it asks whom, such as {@code hasBegun(execution)} of {@code timeToDecide}. */
    List<Map.Entry<String, String>> questions() {
        List<Map.Entry<String, String>> questions = new ArrayList<>();
        Matcher call = CALL.matcher(TEXTS.matcher(text).replaceAll("''"));
        while (call.find()) {
            questions.add(Map.entry(call.group(1), call.group(2).replaceAll("\\s", "")));
        }
        return questions;
    }

    /** The texts with which variables are compared. */
    Map<String, List<String>> comparisons() {
        Map<String, List<String>> values = new HashMap<>();
        Matcher compared = COMPARED.matcher(text);
        while (compared.find()) {
            values.computeIfAbsent(compared.group(1), variable -> new ArrayList<>())
                    .add(Objects.requireNonNullElse(compared.group(2), compared.group(3)));
        }
        return values;
    }
}
