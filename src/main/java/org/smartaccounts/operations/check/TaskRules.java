package org.smartaccounts.operations.check;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.camunda.bpm.model.bpmn.instance.SendTask;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.Task;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaFailedJobRetryTimeCycle;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.process.DiagramVocabulary;
import org.smartaccounts.process.ProcessVocabulary;

/** What is done in the tasks: by a delegate that there is, by a decision that there is, and as a save point where it has to be. */
final class TaskRules {

    private static final Pattern DELEGATE = Pattern.compile("\\$\\{(\\w+)}");
    private static final String RETRIES = "PT10S,PT1M,PT10M,PT1H";
    private static final String LATEST = "latest";

    private final DiagramVocabulary vocabulary;
    private final ProcessVocabulary words;
    private final Mistakes mistakes;

    TaskRules(DiagramVocabulary vocabulary, ProcessVocabulary words, Mistakes mistakes) {
        this.vocabulary = vocabulary;
        this.words = words;
        this.mistakes = mistakes;
    }

    /**
     * @param decisions ids of all decisions that there are
     * @param processes ids of all processes that there are
     */
    void check(Diagram diagram, Set<String> decisions, Set<String> processes) {
        diagram.all(Task.class).forEach(task -> checkWork(diagram, task, decisions));
        diagram.all(SendTask.class).forEach(task -> checkEmail(diagram, task));
        diagram.all(CallActivity.class).forEach(call -> checkCall(diagram, call, processes));
    }

    private void checkWork(Diagram diagram, Task task, Set<String> decisions) {
        @Nullable String delegate = Diagram.camunda(task, "delegateExpression");
        if (delegate != null) {
            checkDelegate(diagram, task, delegate);
        } else if (task instanceof BusinessRuleTask rule) {
            checkDecision(diagram, rule, decisions);
        } else if (task instanceof ServiceTask || task instanceof SendTask) {
            say(diagram, task, "it does nothing yet; choose what it does from the templates of the Modeler");
        } else if (!(task instanceof UserTask || task instanceof ReceiveTask || task instanceof ScriptTask)) {
            say(
                    diagram,
                    task,
                    "it is a task of no kind and would do nothing; make it a user task, a service task or a send task");
        }
    }

    private void checkDelegate(Diagram diagram, Task task, String expression) {
        Matcher name = DELEGATE.matcher(expression);
        if (!name.matches() || !vocabulary.delegatesOf(words).contains(name.group(1))) {
            String typed = name.matches() ? name.group(1) : expression;
            say(
                    diagram,
                    task,
                    "there is no delegate %s; %s"
                            .formatted(typed, Nearest.suggest(typed, vocabulary.delegatesOf(words))));
        } else if (words.immediateDelegates().contains(name.group(1))
                && (task.isCamundaAsyncBefore() || task.isCamundaAsyncAfter())) {
            say(
                    diagram,
                    task,
                    "somebody waits on the screen for its result, so it may not be a save point; untick \"Asynchronous before\" and \"after\"");
        }
    }

    private void checkDecision(Diagram diagram, BusinessRuleTask task, Set<String> decisions) {
        @Nullable String decision = task.getCamundaDecisionRef();
        if (decision == null) {
            say(diagram, task, "it does not say which decision it asks; choose one");
            return;
        }
        if (!decisions.contains(decision)) {
            say(
                    diagram,
                    task,
                    decisions.isEmpty()
                            ? "there is no decision %s; add %s.dmn".formatted(decision, decision)
                            : "there is no decision %s; %s".formatted(decision, Nearest.suggest(decision, decisions)));
        }
        @Nullable String binding = task.getCamundaDecisionRefBinding();
        if (binding != null && !binding.equals(LATEST)) {
            say(diagram, task, "the binding of its decision is %s; choose latest".formatted(binding));
        }
    }

    private void checkEmail(Diagram diagram, SendTask task) {
        @Nullable String delegate = Diagram.camunda(task, "delegateExpression");
        String expected = "${%s}".formatted(words.sendEmail());
        if (delegate != null
                && vocabulary.delegatesOf(words).stream().anyMatch(name -> delegate.equals("${" + name + "}"))
                && !delegate.equals(expected)) {
            say(
                    diagram,
                    task,
                    "a send task sends an email; give it the delegate %s, or make it a service task"
                            .formatted(expected));
        }
        List<MultiInstanceLoopCharacteristics> each = Diagram.within(task, MultiInstanceLoopCharacteristics.class);
        boolean savePoint = each.isEmpty()
                ? task.isCamundaAsyncBefore()
                : each.stream().allMatch(MultiInstanceLoopCharacteristics::isCamundaAsyncBefore);
        if (!savePoint) {
            say(
                    diagram,
                    task,
                    "a mail server may be down, so an email needs a save point; tick \"Asynchronous before\"%s"
                            .formatted(each.isEmpty() ? "" : " of the multi-instance"));
        }
        List<String> retries = Diagram.within(task, CamundaFailedJobRetryTimeCycle.class).stream()
                .map(ModelElementInstance::getTextContent)
                .toList();
        // Without any, the engine tries again as often by itself.
        if (!retries.isEmpty() && !retries.equals(List.of(RETRIES))) {
            say(
                    diagram,
                    task,
                    "an email is tried again as the mail server may need it; write the retry time cycle " + RETRIES);
        }
        checkTemplate(diagram, task);
        checkRecipient(diagram, task);
    }

    private void checkTemplate(Diagram diagram, SendTask task) {
        String template = input(task, DiagramVocabulary.EMAIL_TEMPLATE);
        if (template.isEmpty()) {
            say(
                    diagram,
                    task,
                    "it does not say which email it sends; fill in the input " + DiagramVocabulary.EMAIL_TEMPLATE);
            return;
        }
        List<String> missing = vocabulary.missingPartsOf(template);
        if (!missing.isEmpty()) {
            say(
                    diagram,
                    task,
                    "there is no email %s (missing: %s); choose one that there is, or ask a developer to write it"
                            .formatted(template, String.join(", ", missing)));
        }
    }

    private void checkRecipient(Diagram diagram, SendTask task) {
        String recipient = input(task, DiagramVocabulary.EMAIL_RECIPIENT);
        if (!words.recipients().contains(recipient)) {
            say(
                    diagram,
                    task,
                    recipient.isEmpty()
                            ? "it does not say to whom the email goes; fill in the input "
                                    + DiagramVocabulary.EMAIL_RECIPIENT
                            : "an email cannot go to %s; %s"
                                    .formatted(recipient, Nearest.suggest(recipient, words.recipients())));
        }
    }

    static String input(Activity task, String name) {
        return Diagram.within(task, CamundaInputParameter.class).stream()
                .filter(input -> name.equals(input.getCamundaName()))
                .map(input -> input.getTextContent().strip())
                .findFirst()
                .orElse("");
    }

    private void checkCall(Diagram diagram, CallActivity call, Collection<String> processes) {
        String called = String.valueOf(call.getCalledElement());
        if (!processes.contains(called)) {
            say(diagram, call, "there is no process %s; %s".formatted(called, Nearest.suggest(called, processes)));
        }
    }

    private void say(Diagram diagram, ModelElementInstance element, String sentence) {
        mistakes.add(diagram.file(), Diagram.idOf(element), sentence);
    }
}
