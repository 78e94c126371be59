package org.smartaccounts.request;

import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.springframework.stereotype.Component;

/** Gives a request that was sent to licensing support, who look at its domain before there is an account. */
@Component
class RequestDomainApprovalDelegate implements JavaDelegate {

    private final SmartAccounts accounts;
    private final Clock clock;

    RequestDomainApprovalDelegate(SmartAccounts accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        SmartAccount account = accounts.lock(execution.getProcessBusinessKey());
        account.describe(RequestVariables.details(execution));
        Actor requester = Actor.requester(account.requester().id());
        account.requestDomainApproval(ActedBy.readOr(requester, execution), clock.instant());
        accounts.save(account);
    }
}
