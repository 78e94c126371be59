package org.smartaccounts.request;

import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.springframework.stereotype.Component;

/** Ends the provisional account because somebody took the request back, or because nobody corrected a refused address. */
@Component
class CancelAccountDelegate implements JavaDelegate {

    private final SmartAccounts accounts;
    private final Clock clock;

    CancelAccountDelegate(SmartAccounts accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        SmartAccount account = accounts.lock(execution.getProcessBusinessKey());
        String reason = RequestVariables.text(execution, RequestVariables.CANCEL_REASON);
        Actor by = reason.isEmpty() ? Actor.SYSTEM : ActedBy.read(execution, account);
        account.cancel(by, clock.instant(), reason);
        accounts.save(account);
    }
}
