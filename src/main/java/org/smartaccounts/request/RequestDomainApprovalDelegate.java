package org.smartaccounts.request;

import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.process.Wording;
import org.springframework.stereotype.Component;

/** Gives a request that was sent to licensing support, who look at its domain before there is an account. */
@Component
class RequestDomainApprovalDelegate implements JavaDelegate {

    private final SmartAccounts accounts;
    private final RequestAssessment assessment;
    private final Wording wording;
    private final Clock clock;

    RequestDomainApprovalDelegate(SmartAccounts accounts, RequestAssessment assessment, Wording wording, Clock clock) {
        this.accounts = accounts;
        this.assessment = assessment;
        this.wording = wording;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        SmartAccount account = accounts.lock(execution.getProcessBusinessKey());
        account.describe(RequestVariables.details(execution));
        // Whoever reads it now reads another language than the requester, perhaps.
        execution.setVariable(
                RequestVariables.REMARKS,
                wording.originalLines(assessment.of(account, account.details()).approvals()));
        Actor requester = Actor.requester(account.requester().id());
        account.requestDomainApproval(ActedBy.readOr(requester, execution), clock.instant());
        accounts.save(account);
    }
}
