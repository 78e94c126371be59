package org.smartaccounts.request;

import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.springframework.stereotype.Component;

/**
 * Ends the provisional account when the customer's time is over. It runs in the transaction of the timer: if the customer decided a
 * moment earlier, the row says so, this fails, and the timer is gone together with the wait.
 */
@Component
class ExpireAccountDelegate implements JavaDelegate {

    private final SmartAccounts accounts;
    private final Clock clock;

    ExpireAccountDelegate(SmartAccounts accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        SmartAccount account = accounts.lock(execution.getProcessBusinessKey());
        account.expire(clock.instant());
        accounts.save(account);
    }
}
