package org.smartaccounts.operations.check;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.EscalationEventDefinition;
import org.camunda.bpm.model.bpmn.instance.EventDefinition;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.SendTask;
import org.camunda.bpm.model.bpmn.instance.SignalEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ThrowEvent;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.smartaccounts.process.ProcessVocabulary;
import org.smartaccounts.request.ProcessElements;

/** Messages, errors, escalations and signals: what an event waits for can come, and what is thrown is caught. */
final class EventRules {

    private final ProcessVocabulary vocabulary;
    private final Mistakes mistakes;

    EventRules(ProcessVocabulary vocabulary, Mistakes mistakes) {
        this.vocabulary = vocabulary;
        this.mistakes = mistakes;
    }

    void check(Diagram diagram) {
        checkMessages(diagram);
        checkPairs(diagram, ErrorEventDefinition.class, "error", EventRules::code, vocabulary.errors());
        checkPairs(diagram, EscalationEventDefinition.class, "escalation", EventRules::code, Set.of());
        checkPairs(diagram, SignalEventDefinition.class, "signal", EventRules::name, Set.of());
        diagram.all(BoundaryEvent.class).forEach(event -> checkRefusal(diagram, event));
        diagram.find(ProcessElements.SEND_ACTIVATION_INSTRUCTIONS)
                .filter(SendTask.class::isInstance)
                .ifPresent(task -> requireRefusal(diagram, task));
    }

    private void checkMessages(Diagram diagram) {
        for (Message message : diagram.all(Message.class)) {
            String name = String.valueOf(message.getName());
            if (!vocabulary.messages().contains(name)) {
                mistakes.add(
                        diagram.file(),
                        message.getId(),
                        "nobody sends the message %s; %s"
                                .formatted(name, Nearest.suggest(name, vocabulary.messages())));
            }
        }
        diagram.all(MessageEventDefinition.class).stream()
                .filter(event -> event.getMessage() == null)
                .forEach(event -> say(diagram, event, "it does not say for which message it waits; choose one"));
        diagram.all(ReceiveTask.class).stream()
                .filter(task -> task.getMessage() == null)
                .forEach(task -> say(diagram, task, "it does not say for which message it waits; choose one"));
        Set<String> awaited = diagram.all(MessageEventDefinition.class).stream()
                .filter(event -> event.getMessage() != null)
                .map(event -> String.valueOf(event.getMessage().getName()))
                .collect(Collectors.toSet());
        vocabulary.neededMessages().stream()
                .filter(message -> !awaited.contains(message))
                .sorted()
                .forEach(message -> mistakes.add(
                        diagram.file(),
                        diagram.processId(),
                        "no event waits for the message %s, which the application sends; bring it back"
                                .formatted(message)));
    }

    private <D extends EventDefinition> void checkPairs(
            Diagram diagram, Class<D> type, String word, Function<D, Optional<String>> name, Set<String> fromCode) {
        Collection<D> all = diagram.all(type).stream()
                // What can happen to an email is looked at by itself.
                .filter(event -> !isOnSendTask(event.getParentElement()))
                .toList();
        Set<String> thrown = names(all, name, true);
        Set<String> caught = names(all, name, false);
        boolean anything = all.stream()
                .anyMatch(event -> !isThrown(event) && name.apply(event).isEmpty());
        for (D event : all) {
            Optional<String> known = name.apply(event);
            if (known.isEmpty()) {
                say(diagram, event, "it does not say which %s it means; choose one, with a code".formatted(word));
            } else if (isThrown(event) && !anything && !caught.contains(known.get())) {
                say(
                        diagram,
                        event,
                        "no event catches the %s %s; draw one that does, or choose another: %s"
                                .formatted(word, known.get(), Nearest.suggest(known.get(), caught)));
            } else if (!isThrown(event) && !thrown.contains(known.get()) && !fromCode.contains(known.get())) {
                Set<String> possible = new HashSet<>(thrown);
                possible.addAll(fromCode);
                say(
                        diagram,
                        event,
                        "nothing throws the %s %s, so this never happens; %s"
                                .formatted(word, known.get(), Nearest.suggest(known.get(), possible)));
            }
        }
    }

    private static <D extends EventDefinition> Set<String> names(
            Collection<D> all, Function<D, Optional<String>> name, boolean thrown) {
        return all.stream()
                .filter(event -> isThrown(event) == thrown)
                .flatMap(event -> name.apply(event).stream())
                .collect(Collectors.toSet());
    }

    private static boolean isOnSendTask(ModelElementInstance element) {
        return element instanceof BoundaryEvent event && event.getAttachedTo() instanceof SendTask;
    }

    private static boolean isThrown(EventDefinition definition) {
        return definition.getParentElement() instanceof ThrowEvent;
    }

    private static Optional<String> code(ErrorEventDefinition event) {
        return Optional.ofNullable(event.getError()).map(error -> error.getErrorCode());
    }

    private static Optional<String> code(EscalationEventDefinition event) {
        return Optional.ofNullable(event.getEscalation()).map(escalation -> escalation.getEscalationCode());
    }

    private static Optional<String> name(SignalEventDefinition event) {
        return Optional.ofNullable(event.getSignal()).map(signal -> signal.getName());
    }

    private void checkRefusal(Diagram diagram, BoundaryEvent event) {
        if (isOnSendTask(event)
                && !Diagram.within(event, ErrorEventDefinition.class).isEmpty()
                && Diagram.within(event, ErrorEventDefinition.class).stream()
                        .flatMap(error -> code(error).stream())
                        .noneMatch(ProcessElements.ADDRESS_REFUSED::equals)) {
            say(
                    diagram,
                    event,
                    "the only thing that can happen to an email is that its address is refused; let this event catch the error %s"
                            .formatted(ProcessElements.ADDRESS_REFUSED));
        }
    }

    private void requireRefusal(Diagram diagram, ModelElementInstance task) {
        boolean caught = diagram.all(BoundaryEvent.class).stream()
                .filter(event -> task.equals(event.getAttachedTo()))
                .anyMatch(event ->
                        !Diagram.within(event, ErrorEventDefinition.class).isEmpty());
        if (!caught) {
            say(
                    diagram,
                    task,
                    "nothing happens when the mail server refuses the customer's address; attach an event that catches the error %s"
                            .formatted(ProcessElements.ADDRESS_REFUSED));
        }
    }

    private void say(Diagram diagram, ModelElementInstance element, String sentence) {
        mistakes.add(diagram.file(), Diagram.idOf(element), sentence);
    }
}
