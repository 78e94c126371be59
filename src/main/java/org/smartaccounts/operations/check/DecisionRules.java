package org.smartaccounts.operations.check;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.xml.ModelException;

/** The decisions: the main one is called as its file, and no rule has a text without quotes, which would match nothing. */
final class DecisionRules {

    static final String SUFFIX = ".dmn";

    private static final Pattern DAYS = Pattern.compile("P[1-9]\\d*D");
    /** A word, a domain or an address that stands for itself. */
    private static final Pattern BARE = Pattern.compile("[A-Za-z][\\w@.-]*");

    private static final Set<String> FEEL_WORDS = Set.of("true", "false", "null");

    private final Mistakes mistakes;

    DecisionRules(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /** Returns the ids of the decisions in it. */
    Set<String> check(String file, String content) {
        DmnModelInstance model;
        try {
            model = Dmn.readModelFromStream(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
        } catch (ModelException e) {
            Unreadable.say(mistakes, file, content, e);
            return Set.of();
        }
        Set<String> ids = model.getModelElementsByType(Decision.class).stream()
                .map(Decision::getId)
                .collect(Collectors.toSet());
        String expected = file.substring(0, file.length() - SUFFIX.length());
        if (!ids.contains(expected)) {
            mistakes.add(
                    file,
                    null,
                    "the decision and its file have the same name; give the decision the id %s%s"
                            .formatted(
                                    expected,
                                    ids.isEmpty()
                                            ? ""
                                            : " instead of " + ids.iterator().next()));
        }
        for (Decision decision : model.getModelElementsByType(Decision.class)) {
            String time = decision.getCamundaHistoryTimeToLiveString();
            if (time == null || !DAYS.matcher(time).matches()) {
                mistakes.add(
                        file,
                        decision.getId(),
                        "the history time to live does not say for how many days it is remembered; write P180D for 180 days");
            }
        }
        model.getModelElementsByType(DecisionTable.class).forEach(table -> checkTable(file, table));
        return ids;
    }

    private void checkTable(String file, DecisionTable table) {
        List<Input> inputs = new ArrayList<>(table.getInputs());
        List<Output> outputs = new ArrayList<>(table.getOutputs());
        int row = 0;
        for (Rule rule : table.getRules()) {
            row++;
            List<InputEntry> entries = new ArrayList<>(rule.getInputEntries());
            for (int i = 0; i < entries.size() && i < inputs.size(); i++) {
                if (isText(inputs.get(i).getInputExpression().getTypeRef())) {
                    checkEntry(
                            file,
                            rule,
                            "in row %d, column %s".formatted(row, name(inputs.get(i))),
                            entries.get(i).getTextContent(),
                            "match nothing");
                }
            }
            List<OutputEntry> results = new ArrayList<>(rule.getOutputEntries());
            for (int i = 0; i < results.size() && i < outputs.size(); i++) {
                if (isText(outputs.get(i).getTypeRef())) {
                    checkEntry(
                            file,
                            rule,
                            "in row %d, column %s".formatted(row, outputs.get(i).getName()),
                            results.get(i).getTextContent(),
                            "say nothing");
                }
            }
        }
    }

    private static boolean isText(String type) {
        return "string".equals(type);
    }

    private static String name(Input input) {
        return input.getLabel() == null ? input.getId() : input.getLabel();
    }

    private void checkEntry(String file, Rule rule, String where, String text, String effect) {
        String entry = text.strip();
        if (BARE.matcher(entry).matches() && !FEEL_WORDS.contains(entry)) {
            mistakes.add(
                    file,
                    rule.getId(),
                    "%s, %s has no quotes and would %s; write \"%s\"".formatted(where, entry, effect, entry));
        }
    }
}
