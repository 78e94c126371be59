package org.smartaccounts.request;

import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.process.Wording;
import org.springframework.stereotype.Component;

/**
 * Gives a request back to its requester, who finds it in the review and may change it. The reason is what licensing support says, or that
 * they did not decide in time, or that they approved a domain which cannot be had any more.
 */
@Component
class ReturnRequestDelegate implements JavaDelegate {

    private final SmartAccounts accounts;
    private final Wording wording;
    private final Clock clock;

    ReturnRequestDelegate(SmartAccounts accounts, Wording wording, Clock clock) {
        this.accounts = accounts;
        this.wording = wording;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        SmartAccount account = accounts.lock(execution.getProcessBusinessKey());
        String decision = RequestVariables.text(execution, RequestVariables.DOMAIN_DECISION);
        boolean refused = decision.equals(RequestVariables.REFUSE);
        String reason = refused
                ? RequestVariables.text(execution, RequestVariables.REFUSAL_REASON)
                : wording.textFor(
                        account.requester().language(),
                        decision.isEmpty() ? "return.undecided" : "return.notCreated",
                        account.details().accountDomain());
        account.returnToReview(
                refused ? ActedBy.readOr(Actor.SYSTEM, execution) : Actor.SYSTEM, clock.instant(), reason);
        accounts.save(account);
        execution.setVariable(RequestVariables.RETURN_REASON, reason);
        // The next approval begins undecided.
        execution.removeVariable(RequestVariables.DOMAIN_DECISION);
        execution.removeVariable(RequestVariables.REFUSAL_REASON);
    }
}
