package org.smartaccounts.request;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.Provisioning;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.springframework.stereotype.Component;

/** Makes the account active and lets its members in. */
@Component
class ActivateAccountDelegate implements JavaDelegate {

    private final SmartAccounts accounts;
    private final Provisioning provisioning;

    ActivateAccountDelegate(SmartAccounts accounts, Provisioning provisioning) {
        this.accounts = accounts;
        this.provisioning = provisioning;
    }

    @Override
    public void execute(DelegateExecution execution) {
        SmartAccount account = accounts.lock(execution.getProcessBusinessKey());
        Actor actor = ActedBy.read(execution, account);
        provisioning.activate(account, actor, ActedBy.customersWord(execution, actor));
    }
}
