package org.smartaccounts.security;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.smartaccounts.security.Finding.State;
import org.springframework.stereotype.Component;

/** What was found is no reason to worry; the same is not found again. */
@Component
class ClearFindingsDelegate implements JavaDelegate {

    private final Findings findings;

    ClearFindingsDelegate(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void execute(DelegateExecution execution) {
        findings.decide(
                execution.getProcessBusinessKey(),
                State.CLEARED,
                ReviewVariables.text(execution, ReviewVariables.DECIDED_BY),
                ReviewVariables.text(execution, ReviewVariables.SUSPICION_REASON));
    }
}
