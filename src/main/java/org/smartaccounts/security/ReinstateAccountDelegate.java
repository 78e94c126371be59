package org.smartaccounts.security;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.smartaccounts.account.Actor;
import org.smartaccounts.request.Suspensions;
import org.smartaccounts.security.Finding.State;
import org.springframework.stereotype.Component;

/** Lets the account go on as what it was. */
@Component
class ReinstateAccountDelegate implements JavaDelegate {

    private final Suspensions suspensions;
    private final Findings findings;

    ReinstateAccountDelegate(Suspensions suspensions, Findings findings) {
        this.suspensions = suspensions;
        this.findings = findings;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String requestNumber = execution.getProcessBusinessKey();
        String user = ReviewVariables.text(execution, ReviewVariables.DECIDED_BY);
        String reason = ReviewVariables.text(execution, ReviewVariables.SUSPENDED_REASON);
        suspensions.reinstate(requestNumber, Actor.support(user), reason);
        findings.decide(requestNumber, State.REINSTATED, user, reason);
    }
}
