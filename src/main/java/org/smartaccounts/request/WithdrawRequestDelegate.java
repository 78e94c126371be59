package org.smartaccounts.request;

import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.springframework.stereotype.Component;

/** Ends a request that was never sent: the requester gave it up, or left it alone for too long. */
@Component
class WithdrawRequestDelegate implements JavaDelegate {

    private final SmartAccounts accounts;
    private final Clock clock;

    WithdrawRequestDelegate(SmartAccounts accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        SmartAccount account = accounts.lock(execution.getProcessBusinessKey());
        boolean byRequester = RequestVariables.text(execution, RequestVariables.REVIEW_DECISION)
                .equals(RequestVariables.WITHDRAW);
        Actor requester = Actor.requester(account.requester().id());
        account.withdraw(byRequester ? ActedBy.readOr(requester, execution) : Actor.SYSTEM, clock.instant());
        accounts.save(account);
    }
}
