package org.smartaccounts.support;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Ends a case: nobody can reply to it any more. */
@Component
class CloseCaseDelegate implements JavaDelegate {

    private final SupportCases cases;

    CloseCaseDelegate(SupportCases cases) {
        this.cases = cases;
    }

    @Override
    public void execute(DelegateExecution execution) {
        cases.close(execution.getProcessBusinessKey());
    }
}
