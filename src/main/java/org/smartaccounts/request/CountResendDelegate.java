package org.smartaccounts.request;

import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.springframework.stereotype.Component;

/** Counts that the instructions are sent again, which is allowed so often and no more. */
@Component
class CountResendDelegate implements JavaDelegate {

    private final SmartAccounts accounts;
    private final Clock clock;

    CountResendDelegate(SmartAccounts accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        SmartAccount account = accounts.lock(execution.getProcessBusinessKey());
        account.resendInstructions(ActedBy.read(execution, account), clock.instant());
        accounts.save(account);
    }
}
