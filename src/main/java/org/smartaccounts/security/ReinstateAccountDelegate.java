package org.smartaccounts.security;

import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.security.Finding.State;
import org.springframework.stereotype.Component;

/** Lets the account go on as what it was. */
@Component
class ReinstateAccountDelegate implements JavaDelegate {

    private final SmartAccounts accounts;
    private final Findings findings;
    private final Clock clock;

    ReinstateAccountDelegate(SmartAccounts accounts, Findings findings, Clock clock) {
        this.accounts = accounts;
        this.findings = findings;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        SmartAccount account = accounts.lock(execution.getProcessBusinessKey());
        String user = ReviewVariables.text(execution, ReviewVariables.DECIDED_BY);
        String reason = ReviewVariables.text(execution, ReviewVariables.SUSPENDED_REASON);
        account.reinstate(Actor.support(user), clock.instant(), reason);
        accounts.save(account);
        findings.decide(account.requestNumber(), State.REINSTATED, user, reason);
    }
}
