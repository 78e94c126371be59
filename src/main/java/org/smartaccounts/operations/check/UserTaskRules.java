package org.smartaccounts.operations.check;

import java.util.Arrays;
import java.util.Set;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.process.DiagramVocabulary;
import org.smartaccounts.request.ProcessElements;

/** What people do: everybody has a form, every task has somebody to do it, and none waits for ever. */
final class UserTaskRules {

    private final DiagramVocabulary vocabulary;
    private final Mistakes mistakes;

    UserTaskRules(DiagramVocabulary vocabulary, Mistakes mistakes) {
        this.vocabulary = vocabulary;
        this.mistakes = mistakes;
    }

    /** @param forms ids of all forms that there are */
    void check(Diagram diagram, Set<String> forms) {
        for (UserTask task : diagram.all(UserTask.class)) {
            if (task.getCamundaFormRef() == null) {
                say(diagram, task, "it has no form; choose a Camunda Form and write its id");
            }
            checkForm(diagram, task, task.getCamundaFormRef(), task.getCamundaFormRefBinding(), forms);
            checkPeople(diagram, task);
            checkEnd(diagram, task);
        }
        for (StartEvent start : diagram.all(StartEvent.class)) {
            checkForm(diagram, start, start.getCamundaFormRef(), start.getCamundaFormRefBinding(), forms);
        }
    }

    private void checkForm(
            Diagram diagram, FlowNode node, @Nullable String form, @Nullable String binding, Set<String> forms) {
        if (form == null) {
            return;
        }
        if (!forms.contains(form)) {
            say(diagram, node, "there is no form %s; %s".formatted(form, Nearest.suggest(form, forms)));
        }
        if (!"latest".equals(binding)) {
            say(diagram, node, "the binding of its form is %s; choose latest".formatted(binding));
        }
    }

    private void checkPeople(Diagram diagram, UserTask task) {
        @Nullable String groups = task.getCamundaCandidateGroups();
        if (groups == null && task.getCamundaAssignee() == null) {
            say(diagram, task, "nobody sees it; write an assignee such as ${requester}, or a candidate group");
        }
        if (groups != null && !groups.contains("${")) {
            Arrays.stream(groups.split(",", -1))
                    .map(String::strip)
                    .filter(group -> !vocabulary.groups().contains(group))
                    .forEach(group -> say(
                            diagram,
                            task,
                            "nobody is in the group %s; %s"
                                    .formatted(group, Nearest.suggest(group, vocabulary.groups()))));
        }
    }

    private void checkEnd(Diagram diagram, UserTask task) {
        boolean ends =
                Diagram.ancestors(task).anyMatch(around -> endsWithTheWait(around) || isEndedByTimer(diagram, around));
        if (!ends) {
            say(diagram, task, "it may wait for ever; attach a timer that interrupts it, and draw what happens then");
        }
    }

    private static boolean endsWithTheWait(ModelElementInstance around) {
        return around instanceof BaseElement element && ProcessElements.AWAIT_CUSTOMER.equals(element.getId());
    }

    private static boolean isEndedByTimer(Diagram diagram, ModelElementInstance activity) {
        return diagram.all(BoundaryEvent.class).stream()
                .filter(event -> activity.equals(event.getAttachedTo()))
                .filter(BoundaryEvent::cancelActivity)
                .anyMatch(event ->
                        !Diagram.within(event, TimerEventDefinition.class).isEmpty());
    }

    private void say(Diagram diagram, FlowNode element, String sentence) {
        mistakes.add(diagram.file(), element.getId(), sentence);
    }
}
