package org.smartaccounts.security;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.smartaccounts.account.Actor;
import org.smartaccounts.request.Suspensions;
import org.smartaccounts.security.Finding.State;
import org.springframework.stereotype.Component;

/** Stops the account until licensing support has decided on it. */
@Component
class SuspendAccountDelegate implements JavaDelegate {

    private final Suspensions suspensions;
    private final Findings findings;

    SuspendAccountDelegate(Suspensions suspensions, Findings findings) {
        this.suspensions = suspensions;
        this.findings = findings;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String requestNumber = execution.getProcessBusinessKey();
        String user = ReviewVariables.text(execution, ReviewVariables.DECIDED_BY);
        String reason = ReviewVariables.text(execution, ReviewVariables.SUSPICION_REASON);
        suspensions.suspend(requestNumber, Actor.support(user), reason);
        findings.decide(requestNumber, State.SUSPENDED, user, reason);
    }
}
