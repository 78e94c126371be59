package org.smartaccounts.request;

import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.DeclineReason;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.springframework.stereotype.Component;

/** Ends the provisional account as the customer wishes. */
@Component
class DeclineAccountDelegate implements JavaDelegate {

    private final SmartAccounts accounts;
    private final Clock clock;

    DeclineAccountDelegate(SmartAccounts accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        SmartAccount account = accounts.lock(execution.getProcessBusinessKey());
        Actor actor = ActedBy.read(execution, account);
        account.decline(
                actor,
                clock.instant(),
                DeclineReason.valueOf(RequestVariables.text(execution, RequestVariables.DECLINE_REASON)),
                RequestVariables.text(execution, RequestVariables.DECLINE_NOTE),
                ActedBy.customersWord(execution, actor));
        accounts.save(account);
    }
}
