package org.smartaccounts.request;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.Provisioning;
import org.smartaccounts.account.RequestDetails;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.springframework.stereotype.Component;

/** Creates the provisional account, or finds that somebody else was faster. */
@Component
class CreateProvisionalAccountDelegate implements JavaDelegate {

    private final SmartAccounts accounts;
    private final Provisioning provisioning;
    private final RequestAssessment assessment;

    CreateProvisionalAccountDelegate(SmartAccounts accounts, Provisioning provisioning, RequestAssessment assessment) {
        this.accounts = accounts;
        this.provisioning = provisioning;
        this.assessment = assessment;
    }

    @Override
    public void execute(DelegateExecution execution) {
        SmartAccount account = accounts.lock(execution.getProcessBusinessKey());
        RequestDetails details = RequestVariables.details(execution);
        provisioning.queueForDomain(details.accountDomain());
        boolean created = assessment.of(account, details).isFreeOfProblems();
        if (created) {
            Actor requester = Actor.requester(account.requester().id());
            provisioning.createProvisional(account, ActedBy.readOr(requester, execution), details);
        }
        execution.setVariable(RequestVariables.ACCOUNT_CREATED, created);
    }
}
