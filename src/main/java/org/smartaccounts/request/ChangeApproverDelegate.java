package org.smartaccounts.request;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.springframework.stereotype.Component;

/** Makes the person who was named the approver. The forms show it, and the diagram notices that {@code customerEmail} is set. */
@Component
class ChangeApproverDelegate implements JavaDelegate {

    private final SmartAccounts accounts;
    private final ApproverChange change;

    ChangeApproverDelegate(SmartAccounts accounts, ApproverChange change) {
        this.accounts = accounts;
        this.change = change;
    }

    @Override
    public void execute(DelegateExecution execution) {
        SmartAccount account = accounts.lock(execution.getProcessBusinessKey());
        change.apply(
                account,
                RequestVariables.text(execution, RequestVariables.NEW_APPROVER),
                ActedBy.read(execution, account));
        execution.setVariable(RequestVariables.CUSTOMER_EMAIL, account.details().customerEmail());
    }
}
