package org.smartaccounts.request;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.Provisioning;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.springframework.stereotype.Component;

/** Creates the provisional account, or finds that somebody else was faster. */
@Component
class CreateProvisionalAccountDelegate implements JavaDelegate {

    private final SmartAccounts accounts;
    private final Provisioning provisioning;
    private final PartnerAddresses partnerAddresses;

    CreateProvisionalAccountDelegate(
            SmartAccounts accounts, Provisioning provisioning, PartnerAddresses partnerAddresses) {
        this.accounts = accounts;
        this.provisioning = provisioning;
        this.partnerAddresses = partnerAddresses;
    }

    @Override
    public void execute(DelegateExecution execution) {
        SmartAccount account = accounts.lock(execution.getProcessBusinessKey());
        boolean created = provisioning.createProvisional(
                account,
                ActedBy.readOr(Actor.requester(account.requester().id()), execution),
                RequestVariables.details(execution),
                partnerAddresses.of(account));
        execution.setVariable(RequestVariables.ACCOUNT_CREATED, created);
    }
}
