package org.smartaccounts.operations.check;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
import org.smartaccounts.request.DiagramVocabulary;

/** The table of rules: it asks for what is told of a request, every row can be read, and what it says is understood. */
final class AccountTableRules {

    static final String FILE = DiagramVocabulary.RULES + DecisionRules.SUFFIX;

    private static final String OUTCOME = "outcome";
    private static final String MESSAGE = "message";
    private static final String MESSAGE_PREFIX = "rule.";
    private static final String FINE = "fine";

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private final DiagramVocabulary vocabulary;
    private final FeelCells cells;
    private final Mistakes mistakes;

    AccountTableRules(DiagramVocabulary vocabulary, FeelCells cells, Mistakes mistakes) {
        this.vocabulary = vocabulary;
        this.cells = cells;
        this.mistakes = mistakes;
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
                .filter(decision -> DiagramVocabulary.RULES.equals(decision.getId()))
                .forEach(decision -> {
                    if (decision.getExpression() instanceof DecisionTable table) {
                        check(decision, table);
                    } else {
                        say(decision, "it is no decision table; bring the table back");
                    }
                });
    }

    private void check(Decision decision, DecisionTable table) {
        if (table.getHitPolicy() != HitPolicy.RULE_ORDER) {
            say(
                    decision,
                    "the hit policy is %s; choose RULE ORDER, so that every row that fits is heard"
                            .formatted(table.getHitPolicy().name().replace('_', ' ')));
        }
        List<Input> inputs = new ArrayList<>(table.getInputs());
        inputs.forEach(this::checkInput);
        List<Output> outputs = new ArrayList<>(table.getOutputs());
        List<String> names = outputs.stream().map(Output::getName).toList();
        if (!names.equals(List.of(OUTCOME, MESSAGE))) {
            say(
                    decision,
                    "its outputs are %s; name them %s and %s".formatted(String.join(", ", names), OUTCOME, MESSAGE));
        }
        List<Rule> rows = new ArrayList<>(table.getRules());
        for (int i = 0; i < rows.size(); i++) {
            Rule row = rows.get(i);
            // A word without quotes is said by the rules for all decisions.
            if (!mistakes.tellOf(FILE, row.getId())) {
                checkConditions(row, i + 1, inputs);
                checkResults(row, i + 1, names);
            }
        }
        if (rows.isEmpty() || !isWithoutCondition(rows.get(rows.size() - 1))) {
            say(
                    decision,
                    "the last row has a condition, so there may be requests of which the table says nothing; add a last row without any, and with the outcome \"fine\"");
        }
    }

    private void checkInput(Input input) {
        String fact = fact(input);
        @Nullable String type = vocabulary.facts().get(fact);
        if (type == null) {
            say(
                    input,
                    "the column %s asks for %s, which the table is not told; %s"
                            .formatted(
                                    label(input),
                                    fact,
                                    Nearest.suggest(fact, vocabulary.facts().keySet())));
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
            @Nullable String type = vocabulary.facts().get(fact(inputs.get(i)));
            if (!isEmpty(condition) && type != null) {
                String where = "in row %d, column %s, ".formatted(number, label(inputs.get(i)));
                checkCondition(row, where, fact(inputs.get(i)), type, condition);
            }
        }
    }

    private void checkCondition(Rule row, String where, String fact, String type, String condition) {
        Set<String> words = vocabulary.wordsOf(fact);
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
        int outcome = names.indexOf(OUTCOME);
        int message = names.indexOf(MESSAGE);
        if (outcome < 0 || message < 0 || entries.size() != names.size()) {
            return;
        }
        String result = result(row, number, OUTCOME, text(entries.get(outcome)));
        if (!result.isEmpty() && !vocabulary.outcomes().contains(result)) {
            say(
                    row,
                    "in row %d, column %s, there is no outcome %s; %s"
                            .formatted(number, OUTCOME, result, Nearest.suggest(result, vocabulary.outcomes())));
        }
        if (!result.equals(FINE)) {
            String key = result(row, number, MESSAGE, text(entries.get(message)));
            if (!key.isEmpty() && !(key.startsWith(MESSAGE_PREFIX) && vocabulary.hasText(key))) {
                say(
                        row,
                        "in row %d, column %s, there is no text %s for rules; a developer adds texts, and rule.domain.notAllowed and rule.domain.needsApproval fit every domain"
                                .formatted(number, MESSAGE, key));
            }
        }
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
                                    column.equals(OUTCOME)
                                            ? "one of \"%s\""
                                                    .formatted(
                                                            String.join("\", \"", new TreeSet<>(vocabulary.outcomes())))
                                            : "the name of a text such as \"rule.domain.notAllowed\""));
        }
        return result;
    }

    private static boolean isWithoutCondition(Rule row) {
        return row.getInputEntries().stream().map(AccountTableRules::text).allMatch(AccountTableRules::isEmpty);
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
        mistakes.add(FILE, element.getId(), sentence);
    }
}
