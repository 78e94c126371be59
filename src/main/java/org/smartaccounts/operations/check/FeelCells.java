package org.smartaccounts.operations.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.dmn.feel.impl.FeelException;
import org.camunda.bpm.engine.variable.Variables;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the cells of a decision table, read as the engine reads it. It deploys whatever is written there, and notices only when a
 * request is judged.
 */
final class FeelCells {

    private static final String INPUT = "input";

    private final FeelEngine engine = engine();

    private static FeelEngine engine() {
        DefaultDmnEngineConfiguration configuration = new DefaultDmnEngineConfiguration();
        configuration.buildEngine();
        return configuration.getFeelEngine();
    }

    /**
     * Which of some values a condition allows.
     *
     * @return empty if the condition cannot be read
     */
    Optional<List<Object>> allowed(String condition, List<Object> values) {
        try {
            return Optional.of(values.stream()
                    .filter(value -> engine.evaluateSimpleUnaryTests(
                            condition,
                            INPUT,
                            Variables.createVariables()
                                    .putValue(INPUT, value)
                                    .putValue("inputVariableName", INPUT)
                                    .asVariableContext()))
                    .toList());
        } catch (FeelException e) {
            return Optional.empty();
        }
    }

    /**
     * What a result is, as text.
     *
     * @return empty if it cannot be read, or is nothing
     */
    Optional<String> result(String expression) {
        try {
            @Nullable
            Object value = engine.evaluateSimpleExpression(
                    expression, Variables.fromMap(Map.of()).asVariableContext());
            return Optional.ofNullable(value).map(String::valueOf);
        } catch (FeelException e) {
            return Optional.empty();
        }
    }
}
