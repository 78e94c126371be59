package org.smartaccounts.security;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.smartaccounts.security.Finding.State;
import org.springframework.stereotype.Component;

/** Nobody has decided in time; the next check finds it anew. */
@Component
class ForgetFindingsDelegate implements JavaDelegate {

    private final Findings findings;

    ForgetFindingsDelegate(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void execute(DelegateExecution execution) {
        findings.decide(execution.getProcessBusinessKey(), State.UNDECIDED, "", "");
    }
}
