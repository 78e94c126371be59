package org.smartaccounts.operations.check;

import java.util.List;
import java.util.Set;
import org.camunda.bpm.impl.juel.TreeBuilderException;
import org.smartaccounts.process.DiagramVocabulary;
import org.smartaccounts.process.ProcessVocabulary;
import org.w3c.dom.Element;

/**
 * What stands between <code>${</code> and <code>}</code>: it can be read, and everything in it is a variable, or a bean of the application
 * that can answer the question. And no other code than that.
 */
final class ExpressionRules {

    private final DiagramVocabulary vocabulary;
    private final Mistakes mistakes;
    private final ProcessVocabulary words;
    private final Set<String> variables;

    ExpressionRules(DiagramVocabulary vocabulary, ProcessVocabulary words, Mistakes mistakes) {
        this.vocabulary = vocabulary;
        this.mistakes = mistakes;
        this.words = words;
        this.variables = words.variables();
    }

    void check(Diagram diagram) {
        DiagramXml.visit(diagram, (id, element) -> {
            checkCode(diagram, element, id);
            DiagramXml.variables(element)
                    .filter(name -> !variables.contains(name))
                    .forEach(name -> say(
                            diagram,
                            id,
                            "there is no variable %s; %s".formatted(name, Nearest.suggest(name, variables))));
            if (element.getLocalName().equals("conditionExpression")
                    && !DiagramXml.text(element).startsWith("${")) {
                say(diagram, id, "'%s' is no condition; write it between ${ and }".formatted(DiagramXml.text(element)));
            }
        });
        Expression.allIn(diagram).stream()
                // What a task does is looked at by itself.
                .filter(expression -> !expression.text().matches("\\$\\{\\w+Delegate\\w*}"))
                .forEach(expression -> checkExpression(diagram, expression));
    }

    private void checkCode(Diagram diagram, Element element, String id) {
        String name = element.getLocalName();
        boolean ofCamunda = Diagram.CAMUNDA.equals(element.getNamespaceURI());
        if (name.equals("script")
                || name.equals("scriptTask")
                || (name.equals("conditionExpression") && element.hasAttribute("language"))) {
            say(diagram, id, "a script stands in the diagram, where nobody tests it; ask a developer for a delegate");
        }
        if (element.hasAttributeNS(Diagram.CAMUNDA, "class") || (ofCamunda && element.hasAttribute("class"))) {
            say(diagram, id, "it names a Java class; choose a template of the Modeler, or write a delegate expression");
        }
        if (element.hasAttributeNS(Diagram.CAMUNDA, "expression")
                || element.hasAttributeNS(Diagram.CAMUNDA, "topic")
                || (ofCamunda && (name.equals("connector") || name.equals("field")))) {
            say(
                    diagram,
                    id,
                    "what it does is said by an expression, a topic, a connector or a field; choose a template of the Modeler, or write a delegate expression");
        }
    }

    private void checkExpression(Diagram diagram, Expression expression) {
        List<String> names;
        try {
            names = expression.names();
        } catch (TreeBuilderException e) {
            say(
                    diagram,
                    expression.element(),
                    "%s cannot be read from its character %d on; compare it with a similar one (two values are compared with ==)"
                            .formatted(expression.text(), e.getPosition() + 1));
            return;
        }
        for (String name : names) {
            if (!variables.contains(name) && vocabulary.bean(name).isEmpty()) {
                boolean asked = expression.questions().stream()
                        .anyMatch(question -> question.getKey().equals(name));
                say(
                        diagram,
                        expression.element(),
                        "in %s there is %s, which nobody knows; %s"
                                .formatted(
                                        expression.text(),
                                        name,
                                        Nearest.suggest(name, asked ? vocabulary.beans() : variables)));
            }
        }
        expression
                .questions()
                .forEach(question -> vocabulary
                        .bean(question.getKey())
                        .map(vocabulary::questionsTo)
                        .filter(known -> !known.contains(question.getValue()))
                        .ifPresent(known -> say(
                                diagram,
                                expression.element(),
                                "in %s nobody can answer %s; %s"
                                        .formatted(
                                                expression.text(),
                                                question.getValue(),
                                                Nearest.suggest(question.getValue(), known)))));
        expression.comparisons().forEach((variable, values) -> checkValues(diagram, expression, variable, values));
    }

    private void checkValues(Diagram diagram, Expression expression, String variable, List<String> values) {
        Set<String> known = words.values().getOrDefault(variable, Set.of());
        values.stream()
                .filter(value -> !known.isEmpty() && !known.contains(value))
                .forEach(value -> say(
                        diagram,
                        expression.element(),
                        "%s is never '%s'; %s".formatted(variable, value, Nearest.suggest(value, known))));
    }

    private void say(Diagram diagram, String element, String sentence) {
        mistakes.add(diagram.file(), element, sentence);
    }
}
