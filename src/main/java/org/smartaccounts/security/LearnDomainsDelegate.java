package org.smartaccounts.security;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Gets to know some hundreds of domains of new accounts, and says whether there are more. */
@Component
class LearnDomainsDelegate implements JavaDelegate {

    private final SecurityCheck check;

    LearnDomainsDelegate(SecurityCheck check) {
        this.check = check;
    }

    @Override
    public void execute(DelegateExecution execution) {
        long run = Long.parseLong(ReviewVariables.text(execution, SecurityCheckVocabulary.RUN));
        execution.setVariable(
                SecurityCheckVocabulary.MORE,
                check.learnDomains(run) ? SecurityCheckVocabulary.YES : SecurityCheckVocabulary.NO);
    }
}
