package org.smartaccounts.operations;

import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells whoever changed a diagram which file and which element is wrong, instead of a stack trace. */
class BrokenProcessesFailureAnalyzer extends AbstractFailureAnalyzer<BrokenProcessesException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BrokenProcessesException cause) {
        return new FailureAnalysis(
                cause.mistakes().stream()
                        .map(mistake -> "  " + mistake)
                        .collect(Collectors.joining("\n", "There are mistakes in processes/:\n\n", "")),
                "Mend them in Camunda Modeler and start again. Nothing was deployed.",
                cause);
    }
}
