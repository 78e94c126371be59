package org.smartaccounts.security;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.smartaccounts.security.SecurityCheckRun.State;
import org.springframework.stereotype.Component;

/** Writes down that a run has come to its end. */
@Component
class RecordCheckDelegate implements JavaDelegate {

    private final SecurityCheckRuns runs;

    RecordCheckDelegate(SecurityCheckRuns runs) {
        this.runs = runs;
    }

    @Override
    public void execute(DelegateExecution execution) {
        runs.end(Long.parseLong(ReviewVariables.text(execution, SecurityCheckVocabulary.RUN)), State.FINISHED);
    }
}
