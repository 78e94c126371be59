package org.smartaccounts.operations.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.xml.ModelException;
import org.smartaccounts.process.DiagramVocabulary;
import org.smartaccounts.process.ProcessVocabulary;
import org.smartaccounts.process.TableVocabulary;
import org.springframework.stereotype.Component;

/**
 * Says what is wrong with the files of a folder of processes, before a request meets it. {@link ReleaseCheck} compares them with what was
 * released before; what only the engine notices, it says when they are deployed.
 */
@Component
public class ProcessCheck {

    /** The files whose names end so are element templates of the Modeler. */
    public static final String TEMPLATE_SUFFIX = ".json";

    private static final String DIAGRAM_SUFFIX = ".bpmn";

    private final DiagramVocabulary vocabulary;
    private final FeelCells cells = new FeelCells();

    ProcessCheck(DiagramVocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /**
     * Checks all of them together.
     *
     * @param files contents by file name
     * @return a sentence for each mistake, with the file and the element; empty if there is none
     */
    public List<String> mistakesIn(Map<String, String> files) {
        Mistakes mistakes = new Mistakes();
        Map<String, String> sorted = new TreeMap<>(files);
        List<Diagram> diagrams = readable(sorted, mistakes);
        checkCompleteness(sorted.keySet(), mistakes);

        DecisionRules decisionRules = new DecisionRules(mistakes);
        Set<String> decisions = new TreeSet<>();
        ofKind(sorted, DecisionRules.SUFFIX)
                .forEach((file, content) -> decisions.addAll(decisionRules.check(file, content)));
        for (TableVocabulary table : vocabulary.tables()) {
            TableRules rules = new TableRules(table, vocabulary, cells, mistakes);
            Optional.ofNullable(sorted.get(rules.file())).ifPresent(rules::check);
        }
        ListRules listRules = new ListRules(vocabulary, mistakes);
        ofKind(sorted, ListRules.SUFFIX).forEach(listRules::check);
        Set<String> forms = ids(sorted, FormRules.SUFFIX);
        TemplateRules templateRules = new TemplateRules(new TemplateOffers(vocabulary, forms, mistakes), mistakes);
        ofKind(sorted, TEMPLATE_SUFFIX).forEach(templateRules::learn);

        Set<String> processes = ids(sorted, DIAGRAM_SUFFIX);
        diagrams.forEach(diagram -> new ProcessRules(vocabulary.of(diagram.processId()), mistakes).check(diagram));
        if (diagrams.stream().allMatch(this::hasWhatTheApplicationLooksFor)) {
            FormRules formRules = new FormRules(vocabulary, mistakes);
            ofKind(sorted, FormRules.SUFFIX).forEach((file, content) -> formRules.check(file, content, diagrams));
        }
        for (Diagram diagram : diagrams) {
            ProcessVocabulary words = vocabulary.of(diagram.processId());
            new FlowRules(mistakes).check(diagram);
            new EventRules(words, mistakes).check(diagram);
            new TaskRules(vocabulary, words, mistakes).check(diagram, decisions, processes);
            new UserTaskRules(vocabulary, mistakes).check(diagram, forms);
            new TimeRules(mistakes).check(diagram);
            new ExpressionRules(vocabulary, words, mistakes).check(diagram);
            new PropertyRules(mistakes).check(diagram);
            templateRules.check(diagram);
        }
        return mistakes.sentences();
    }

    /** Otherwise whatever stands in the form of a missing step would seem to be wrong. */
    private boolean hasWhatTheApplicationLooksFor(Diagram diagram) {
        return vocabulary.of(diagram.processId()).elements().keySet().stream()
                .allMatch(id -> diagram.find(id).isPresent());
    }

    private static List<Diagram> readable(Map<String, String> files, Mistakes mistakes) {
        List<Diagram> diagrams = new ArrayList<>();
        ofKind(files, DIAGRAM_SUFFIX).forEach((file, content) -> {
            try {
                diagrams.add(Diagram.read(file, content));
            } catch (ModelException e) {
                Unreadable.say(mistakes, file, content, e);
            }
        });
        return diagrams;
    }

    private void checkCompleteness(Set<String> files, Mistakes mistakes) {
        Stream.concat(
                        vocabulary.processes().stream().map(process -> process.process() + DIAGRAM_SUFFIX),
                        vocabulary.tables().stream().map(table -> table.decision() + DecisionRules.SUFFIX))
                .filter(file -> !files.contains(file))
                .sorted(Comparator.reverseOrder())
                .forEach(file -> mistakes.add(file, null, "the file is missing; bring it back"));
        for (String list : new TreeSet<>(vocabulary.lists())) {
            if (!files.contains(list)) {
                mistakes.add(list, null, "the list is missing; if it has no entries, keep an empty file");
            }
        }
    }

    private static Map<String, String> ofKind(Map<String, String> files, String suffix) {
        Map<String, String> some = new TreeMap<>(files);
        some.keySet().removeIf(file -> !file.endsWith(suffix));
        return some;
    }

    private static Set<String> ids(Map<String, String> files, String suffix) {
        return ofKind(files, suffix).keySet().stream()
                .map(file -> file.substring(0, file.length() - suffix.length()))
                .collect(Collectors.toSet());
    }
}
