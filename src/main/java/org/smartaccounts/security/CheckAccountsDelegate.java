package org.smartaccounts.security;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Checks the next few hundred accounts, and says whether there are more. */
@Component
class CheckAccountsDelegate implements JavaDelegate {

    private final SecurityCheck check;

    CheckAccountsDelegate(SecurityCheck check) {
        this.check = check;
    }

    @Override
    public void execute(DelegateExecution execution) {
        long run = Long.parseLong(ReviewVariables.text(execution, SecurityCheckVocabulary.RUN));
        execution.setVariable(
                SecurityCheckVocabulary.MORE,
                check.checkAccounts(run) ? SecurityCheckVocabulary.YES : SecurityCheckVocabulary.NO);
    }
}
