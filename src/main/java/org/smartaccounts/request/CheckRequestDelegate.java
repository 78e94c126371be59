package org.smartaccounts.request;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.smartaccounts.account.RequestDetails;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.process.Wording;
import org.springframework.stereotype.Component;

/** Takes down what the requester has filled in and says what is wrong with it, and what the rules find. */
@Component
class CheckRequestDelegate implements JavaDelegate {

    private final SmartAccounts accounts;
    private final RequestAssessment assessment;
    private final Wording wording;

    CheckRequestDelegate(SmartAccounts accounts, RequestAssessment assessment, Wording wording) {
        this.accounts = accounts;
        this.assessment = assessment;
        this.wording = wording;
    }

    @Override
    public void execute(DelegateExecution execution) {
        RequestDetails details = RequestVariables.details(execution);
        SmartAccount account = accounts.lock(execution.getProcessBusinessKey());
        // The first time it has just been taken down like this.
        if (!details.equals(account.details())) {
            account.describe(details);
            accounts.save(account);
        }

        execution.setVariables(RequestVariables.of(details));
        execution.setVariables(RequestVariables.of(assessment.of(account, details), wording));
        // The next review begins undecided.
        execution.removeVariable(RequestVariables.REVIEW_DECISION);
    }
}
