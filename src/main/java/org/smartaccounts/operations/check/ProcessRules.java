package org.smartaccounts.operations.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.TimeDuration;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.smartaccounts.process.ProcessVocabulary;

/** The process as a whole: what it is called, its version, how long it is remembered, and what the code expects to find in it. */
final class ProcessRules {

    private static final String SUFFIX = ".bpmn";
    private static final Pattern DAYS = Pattern.compile("P([1-9]\\d{0,3})D");
    /** There is more in a life than its longest wait; what has ended should be remembered for a while. */
    private static final int TIMES_THE_LONGEST_WAIT = 2;

    private static final Pattern SPEAKING = Pattern.compile("(Activity|Event|Gateway)_[a-z][A-Za-z]+");

    private final ProcessVocabulary vocabulary;
    private final Mistakes mistakes;

    ProcessRules(ProcessVocabulary vocabulary, Mistakes mistakes) {
        this.vocabulary = vocabulary;
        this.mistakes = mistakes;
    }

    void check(Diagram diagram) {
        if (diagram.all(Process.class).size() != 1) {
            mistakes.add(
                    diagram.file(), null, "a file has exactly one process; move what is more into files of its own");
            return;
        }
        diagram.process().ifPresent(process -> checkHead(diagram, process));
        diagram.all(FlowNode.class).forEach(node -> checkNode(diagram, node));
        vocabulary.elements().forEach((id, type) -> checkKnown(diagram, id, type));
    }

    private void checkHead(Diagram diagram, Process process) {
        String id = process.getId();
        String expected = diagram.file().substring(0, diagram.file().length() - SUFFIX.length());
        if (!id.equals(expected)) {
            say(
                    diagram,
                    id,
                    "the process and its file have the same name; give the process the id %s, or rename the file to %s%s"
                            .formatted(expected, id, SUFFIX));
        }
        if (!process.isExecutable()) {
            say(diagram, id, "the process cannot be executed; tick \"Executable\" in its properties");
        }
        String tag = process.getCamundaVersionTag();
        if (tag == null || VersionTag.parse(tag).isEmpty()) {
            say(
                    diagram,
                    id,
                    "%s; write three numbers with dots, such as 1.3.0"
                            .formatted(tag == null ? "the version tag is missing" : tag + " is no version tag"));
        }
        String time = process.getCamundaHistoryTimeToLiveString();
        if (time == null || !DAYS.matcher(time).matches()) {
            say(
                    diagram,
                    id,
                    "the history time to live does not say for how many days requests are remembered; write P365D for 365 days");
        } else if (days(time) < TIMES_THE_LONGEST_WAIT * longestWait(diagram)) {
            say(
                    diagram,
                    id,
                    "the history time to live is too short: it counts from the beginning, and the longest wait alone takes %d days; write P%dD or more"
                            .formatted(longestWait(diagram), TIMES_THE_LONGEST_WAIT * longestWait(diagram)));
        }
    }

    private static int longestWait(Diagram diagram) {
        return diagram.all(TimeDuration.class).stream()
                .mapToInt(wait -> days(wait.getTextContent().strip()))
                .max()
                .orElse(0);
    }

    /** How many days a duration has; none if it is not written in days. */
    private static int days(String duration) {
        Matcher days = DAYS.matcher(duration);
        return days.matches() ? Integer.parseInt(days.group(1)) : 0;
    }

    private void checkNode(Diagram diagram, FlowNode node) {
        if (node.getId() == null || !SPEAKING.matcher(node.getId()).matches()) {
            say(
                    diagram,
                    node.getId(),
                    "the id does not say what this is; give a new element an id such as %s, and an old one its old id"
                            .formatted(example(node)));
        }
        boolean needsName = node instanceof Activity || node instanceof Event || isQuestion(node);
        if (needsName && (node.getName() == null || node.getName().isBlank())) {
            say(diagram, node.getId(), "it has no name; write into the diagram " + meaning(node));
        }
    }

    private static String example(FlowNode node) {
        return node instanceof Activity
                ? "Activity_reviewRequest"
                : node instanceof Event ? "Event_requestCanceled" : "Gateway_accountCreated";
    }

    private static String meaning(FlowNode node) {
        return node instanceof Activity
                ? "what is done, such as \"Review request\""
                : node instanceof Event
                        ? "what has happened, such as \"Request canceled\""
                        : "what is asked, such as \"Account created?\"";
    }

    private static boolean isQuestion(FlowNode node) {
        return node instanceof ExclusiveGateway && node.getOutgoing().size() > 1;
    }

    private void checkKnown(Diagram diagram, String id, String type) {
        String found = diagram.find(id)
                .map(ModelElementInstance::getElementType)
                .map(elementType -> elementType.getTypeName())
                .orElse("");
        if (found.isEmpty()) {
            say(
                    diagram,
                    id,
                    "it is missing, and the application looks for it; bring it back with this id, or ask a developer what to do without it");
        } else if (!found.equals(type)) {
            say(
                    diagram,
                    id,
                    "it is a %s, but the application expects a %s; change its type back"
                            .formatted(InWords.of(found), InWords.of(type)));
        }
    }

    private void say(Diagram diagram, String element, String sentence) {
        mistakes.add(diagram.file(), element, sentence);
    }
}
