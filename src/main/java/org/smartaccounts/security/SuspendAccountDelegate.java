package org.smartaccounts.security;

import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.security.Finding.State;
import org.springframework.stereotype.Component;

/** Stops the account until licensing support has decided on it. */
@Component
class SuspendAccountDelegate implements JavaDelegate {

    private final SmartAccounts accounts;
    private final Findings findings;
    private final Clock clock;

    SuspendAccountDelegate(SmartAccounts accounts, Findings findings, Clock clock) {
        this.accounts = accounts;
        this.findings = findings;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        SmartAccount account = accounts.lock(execution.getProcessBusinessKey());
        String user = ReviewVariables.text(execution, ReviewVariables.DECIDED_BY);
        String reason = ReviewVariables.text(execution, ReviewVariables.SUSPICION_REASON);
        account.suspend(Actor.support(user), clock.instant(), reason);
        accounts.save(account);
        findings.decide(account.requestNumber(), State.SUSPENDED, user, reason);
    }
}
