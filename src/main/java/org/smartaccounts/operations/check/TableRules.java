package org.smartaccounts.operations.check;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.DmnElement;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.xml.ModelException;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.process.DiagramVocabulary;
import org.smartaccounts.process.TableVocabulary;

/** One table of rules: it asks for what it is told, every row can be read, and what it says is understood. */
final class TableRules {

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private final TableVocabulary table;
    private final DiagramVocabulary vocabulary;
    private final FeelCells cells;
    private final Mistakes mistakes;

    TableRules(TableVocabulary table, DiagramVocabulary vocabulary, FeelCells cells, Mistakes mistakes) {
        this.table = table;
        this.vocabulary = vocabulary;
        this.cells = cells;
        this.mistakes = mistakes;
    }

    String file() {
        return table.decision() + DecisionRules.SUFFIX;
    }

    void check(String content) {
        DmnModelInstance model;
        try {
            model = Dmn.readModelFromStream(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
        } catch (ModelException e) {
            // The rules for all decisions say so, and also if it has another name.
            return;
        }
        model.getModelElementsByType(Decision.class).stream()
                .filter(decision -> table.decision().equals(decision.getId()))
                .forEach(decision -> {
                    if (decision.getExpression() instanceof DecisionTable rows) {
                        check(decision, rows);
                    } else {
                        say(decision, "it is no decision table; bring the table back");
                    }
                });
    }

    private void check(Decision decision, DecisionTable found) {
        if (found.getHitPolicy() != HitPolicy.RULE_ORDER) {
            say(
                    decision,
                    "the hit policy is %s; choose RULE ORDER, so that every row that fits is heard"
                            .formatted(found.getHitPolicy().name().replace('_', ' ')));
        }
        List<Input> inputs = new ArrayList<>(found.getInputs());
        inputs.forEach(this::checkInput);
        List<Output> outputs = new ArrayList<>(found.getOutputs());
        List<String> names = outputs.stream().map(Output::getName).toList();
        if (!names.equals(table.outputs())) {
            say(
                    decision,
                    "its outputs are %s; name them %s"
                            .formatted(String.join(", ", names), String.join(" and ", table.outputs())));
        }
        List<Rule> rows = new ArrayList<>(found.getRules());
        for (int i = 0; i < rows.size(); i++) {
            Rule row = rows.get(i);
            // A word without quotes is said by the rules for all decisions.
            if (!mistakes.tellOf(file(), row.getId())) {
                checkConditions(row, i + 1, inputs);
                checkResults(row, i + 1, names);
            }
        }
        if (rows.isEmpty() || !isWithoutCondition(rows.get(rows.size() - 1))) {
            say(
                    decision,
                    "the last row has a condition, so there may be requests of which the table says nothing; add a last row without any, and with the outcome \"%s\""
                            .formatted(table.neutral()));
        }
    }

    private void checkInput(Input input) {
        String fact = fact(input);
        @Nullable String type = table.facts().get(fact);
        if (type == null) {
            say(
                    input,
                    "the column %s asks for %s, which the table is not told; %s"
                            .formatted(
                                    label(input),
                                    fact,
                                    Nearest.suggest(fact, table.facts().keySet())));
        } else if (!type.equals(input.getInputExpression().getTypeRef())) {
            say(
                    input,
                    "the column %s is of the type %s; choose %s"
                            .formatted(label(input), input.getInputExpression().getTypeRef(), type));
        }
    }

    private void checkConditions(Rule row, int number, List<Input> inputs) {
        List<InputEntry> entries = new ArrayList<>(row.getInputEntries());
        for (int i = 0; i < entries.size() && i < inputs.size(); i++) {
            String condition = text(entries.get(i));
            @Nullable String type = table.facts().get(fact(inputs.get(i)));
            if (!isEmpty(condition) && type != null) {
                String where = "in row %d, column %s, ".formatted(number, label(inputs.get(i)));
                checkCondition(row, where, fact(inputs.get(i)), type, condition);
            }
        }
    }

    private void checkCondition(Rule row, String where, String fact, String type, String condition) {
        Set<String> words = table.words().getOrDefault(fact, Set.of());
        Optional<List<Object>> allowed = cells.allowed(condition, samples(type, words, condition));
        if (allowed.isEmpty()) {
            say(row, where + "'%s' cannot be read; write something such as %s".formatted(condition, example(type)));
            return;
        }
        List<String> unknown = words.isEmpty()
                ? List.of()
                : QUOTED.matcher(condition)
                        .results()
                        .map(quoted -> quoted.group(1))
                        .filter(word -> !words.contains(word))
                        .toList();
        unknown.forEach(word ->
                say(row, where + "there is no \"%s\"; %s".formatted(word, Nearest.suggest(word, words))));
        boolean anyText = type.equals("string") && words.isEmpty();
        if (anyText) {
            // Domains are compared as the DNS writes them.
            QUOTED.matcher(condition)
                    .results()
                    .map(quoted -> quoted.group(1))
                    .filter(domain -> !domain.equals(domain.toLowerCase(Locale.ROOT)))
                    .forEach(domain -> say(
                            row,
                            where
                                    + "\"%s\" never applies, since domains are compared in small letters; write \"%s\""
                                            .formatted(domain, domain.toLowerCase(Locale.ROOT))));
        }
        if (unknown.isEmpty() && !anyText && allowed.get().isEmpty()) {
            say(row, where + "'%s' never applies; write something such as %s".formatted(condition, example(type)));
        }
    }

    /** Values of which a condition allows at least one, unless it is about any text, or never applies. */
    private static List<Object> samples(String type, Set<String> words, String condition) {
        return switch (type) {
            case "boolean" -> List.of(true, false);
            case "integer" ->
                Stream.concat(
                                Stream.of(0),
                                NUMBER.matcher(condition)
                                        .results()
                                        .map(MatchResult::group)
                                        .map(Integer::valueOf)
                                        .flatMap(limit -> Stream.of(limit - 1, limit, limit + 1)))
                        .filter(count -> count >= 0)
                        .<Object>map(count -> count)
                        .toList();
            default -> words.isEmpty() ? List.of("example.com") : List.copyOf(words);
        };
    }

    private static String example(String type) {
        return switch (type) {
            case "boolean" -> "true";
            case "integer" -> ">= 10, or [5..10)";
            default -> "\"example.com\"";
        };
    }

    private void checkResults(Rule row, int number, List<String> names) {
        List<OutputEntry> entries = new ArrayList<>(row.getOutputEntries());
        if (!names.equals(table.outputs()) || entries.size() != names.size()) {
            return;
        }
        Map<String, String> results = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            boolean neutral = table.neutral().equals(results.get(TableVocabulary.OUTCOME));
            if (!neutral) {
                results.put(name, result(row, number, name, text(entries.get(i))));
            }
        }
        results.forEach((name, result) -> checkResult(row, number, name, result));
    }

    private void checkResult(Rule row, int number, String name, String result) {
        Set<String> possible = possible(name);
        if (!result.isEmpty() && !possible.isEmpty() && !possible.contains(result)) {
            say(
                    row,
                    "in row %d, column %s, there is no %s %s; %s"
                            .formatted(number, name, name, result, Nearest.suggest(result, possible)));
        }
        if (name.equals(TableVocabulary.MESSAGE)
                && !result.isEmpty()
                && !(result.startsWith(table.textPrefix()) && vocabulary.hasText(result))) {
            say(
                    row,
                    "in row %d, column %s, there is no text %s for rules; a developer adds texts, and for new rows there are %s"
                            .formatted(number, name, result, String.join(" and ", table.generalTexts())));
        }
    }

    private Set<String> possible(String name) {
        return table.results().getOrDefault(name, Set.of());
    }

    /** Empty if there is none, which is said then. */
    private String result(Rule row, int number, String column, String written) {
        String result = cells.result(written).orElse("");
        if (result.isEmpty()) {
            say(
                    row,
                    "in row %d, column %s, %s; write %s"
                            .formatted(
                                    number,
                                    column,
                                    isEmpty(written) ? "nothing is written" : "'%s' cannot be read".formatted(written),
                                    possible(column).isEmpty()
                                            ? "the name of a text such as \"%s\""
                                                    .formatted(
                                                            table.generalTexts().get(0))
                                            : "one of \"%s\""
                                                    .formatted(
                                                            String.join("\", \"", new TreeSet<>(possible(column))))));
        }
        return result;
    }

    private static boolean isWithoutCondition(Rule row) {
        return row.getInputEntries().stream().map(TableRules::text).allMatch(TableRules::isEmpty);
    }

    private static boolean isEmpty(String cell) {
        return cell.isEmpty() || cell.equals("-");
    }

    private static String text(DmnElement cell) {
        return cell.getTextContent().strip();
    }

    private static String fact(Input input) {
        return input.getInputExpression() == null ? "" : text(input.getInputExpression());
    }

    private static String label(Input input) {
        return input.getLabel() == null ? input.getId() : input.getLabel();
    }

    private void say(DmnElement element, String sentence) {
        mistakes.add(file(), element.getId(), sentence);
    }
}
