package org.smartaccounts.operations;

import java.util.stream.Collectors;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.Problem;
import org.camunda.bpm.engine.ResourceReport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells whoever changed a diagram which file and which element the engine did not understand, instead of a stack trace. */
class BrokenModelFailureAnalyzer extends AbstractFailureAnalyzer<ParseException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ParseException cause) {
        String problems = cause.getResorceReports().stream()
                .flatMap(report -> report.getErrors().stream().map(error -> describe(report, error)))
                .collect(Collectors.joining("\n"));
        return new FailureAnalysis(
                "The engine does not understand what is in processes/:\n\n" + problems,
                "Mend the named element in Camunda Modeler and start again. Nothing was deployed.",
                cause);
    }

    private static String describe(ResourceReport report, Problem error) {
        @Nullable String element = error.getMainElementId();
        return "  %s, line %d%s: %s"
                .formatted(
                        report.getResourceName(),
                        error.getLine(),
                        element == null ? "" : ", element " + element,
                        error.getMessage());
    }
}
