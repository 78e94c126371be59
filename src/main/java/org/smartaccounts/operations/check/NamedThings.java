package org.smartaccounts.operations.check;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.camunda.bpm.impl.juel.TreeBuilderException;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.SendTask;
import org.camunda.bpm.model.bpmn.instance.ThrowEvent;
import org.smartaccounts.process.DiagramVocabulary;
import org.smartaccounts.process.ProcessVocabulary;

/** What a released diagram names, and what of it is not there any more, so that requests on it could not go on. */
final class NamedThings {

    private final DiagramVocabulary vocabulary;
    private final Set<String> files;

    /** @param files names of the files that are there */
    NamedThings(DiagramVocabulary vocabulary, Set<String> files) {
        this.vocabulary = vocabulary;
        this.files = files;
    }

    /** Tells of each missing thing: the element that names it, and what it is. */
    void missingIn(Diagram diagram, BiConsumer<String, String> missing) {
        ProcessVocabulary words = vocabulary.of(diagram.processId());
        beansAndVariables(diagram, words, missing);
        emails(diagram, words, missing);
        formsAndDecisions(diagram, missing);
        messagesAndErrors(diagram, words, missing);
    }

    private void beansAndVariables(Diagram diagram, ProcessVocabulary words, BiConsumer<String, String> missing) {
        Set<String> variables = words.variables();
        for (Expression expression : Expression.allIn(diagram)) {
            try {
                expression.names().stream()
                        .filter(name -> !variables.contains(name))
                        .filter(name -> vocabulary.bean(name).isEmpty())
                        .forEach(name -> missing.accept(expression.element(), name));
            } catch (TreeBuilderException e) {
                missing.accept(expression.element(), "somebody who can read " + expression.text());
            }
            expression
                    .questions()
                    .forEach(question -> vocabulary
                            .bean(question.getKey())
                            .filter(bean -> !vocabulary.questionsTo(bean).contains(question.getValue()))
                            .ifPresent(bean -> missing.accept(
                                    expression.element(), question.getKey() + "." + question.getValue())));
        }
        DiagramXml.visit(
                diagram,
                (id, element) -> DiagramXml.variables(element)
                        .filter(name -> !variables.contains(name))
                        .forEach(name -> missing.accept(id, "the variable " + name)));
    }

    private void emails(Diagram diagram, ProcessVocabulary words, BiConsumer<String, String> missing) {
        for (SendTask task : diagram.all(SendTask.class)) {
            String template = TaskRules.input(task, DiagramVocabulary.EMAIL_TEMPLATE);
            if (!vocabulary.missingPartsOf(template).isEmpty()) {
                missing.accept(task.getId(), "the email " + template);
            }
            String recipient = TaskRules.input(task, DiagramVocabulary.EMAIL_RECIPIENT);
            if (!words.recipients().contains(recipient)) {
                missing.accept(task.getId(), "the recipient " + recipient);
            }
        }
    }

    private void formsAndDecisions(Diagram diagram, BiConsumer<String, String> missing) {
        for (FlowNode node : diagram.all(FlowNode.class)) {
            Stream.ofNullable(Diagram.camunda(node, "formRef"))
                    .map(form -> form + FormRules.SUFFIX)
                    .filter(file -> !files.contains(file))
                    .forEach(file -> missing.accept(node.getId(), "the form " + file));
        }
        // A decision has the name of its file, or lies in the file of one that needs it.
        for (BusinessRuleTask task : diagram.all(BusinessRuleTask.class)) {
            boolean anyDecision = files.stream().anyMatch(file -> file.endsWith(DecisionRules.SUFFIX));
            if (task.getCamundaDecisionRef() != null && !anyDecision) {
                missing.accept(task.getId(), "the decision " + task.getCamundaDecisionRef());
            }
        }
    }

    private void messagesAndErrors(Diagram diagram, ProcessVocabulary words, BiConsumer<String, String> missing) {
        for (Message message : diagram.all(Message.class)) {
            if (!words.messages().contains(String.valueOf(message.getName()))) {
                missing.accept(message.getId(), "somebody who sends the message " + message.getName());
            }
        }
        Set<String> thrown = new HashSet<>(words.errors());
        for (ErrorEventDefinition error : diagram.all(ErrorEventDefinition.class)) {
            if (error.getParentElement() instanceof ThrowEvent && error.getError() != null) {
                thrown.add(String.valueOf(error.getError().getErrorCode()));
            }
        }
        for (ErrorEventDefinition error : diagram.all(ErrorEventDefinition.class)) {
            if (error.getError() != null
                    && !thrown.contains(
                            Objects.requireNonNullElse(error.getError().getErrorCode(), ""))) {
                missing.accept(
                        Diagram.idOf(error),
                        "somebody who throws the error " + error.getError().getErrorCode());
            }
        }
    }
}
