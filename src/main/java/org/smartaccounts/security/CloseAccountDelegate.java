package org.smartaccounts.security;

import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.process.Wording;
import org.smartaccounts.security.Finding.State;
import org.springframework.stereotype.Component;

/** Ends the account for good, because licensing support say so or because nobody has decided on a suspended one in time. */
@Component
class CloseAccountDelegate implements JavaDelegate {

    /**
     * Why an account is closed.
     *
     * @param user   who says so; empty for time
     * @param reason in that person's words, or ours
     */
    private record Closing(String user, String reason) {

        Actor actor() {
            return user.isEmpty() ? Actor.SYSTEM : Actor.support(user);
        }
    }

    private final SmartAccounts accounts;
    private final Findings findings;
    private final Wording wording;
    private final Clock clock;

    CloseAccountDelegate(SmartAccounts accounts, Findings findings, Wording wording, Clock clock) {
        this.accounts = accounts;
        this.findings = findings;
        this.wording = wording;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        SmartAccount account = accounts.lock(execution.getProcessBusinessKey());
        Closing closing = closing(execution);
        account.close(closing.actor(), clock.instant(), closing.reason());
        accounts.save(account);
        findings.decide(account.requestNumber(), State.CLOSED, closing.user(), closing.reason());
    }

    private Closing closing(DelegateExecution execution) {
        String user = ReviewVariables.text(execution, ReviewVariables.DECIDED_BY);
        if (decides(execution, ReviewVariables.SUSPENDED_DECISION)) {
            return new Closing(user, ReviewVariables.text(execution, ReviewVariables.SUSPENDED_REASON));
        }
        return decides(execution, ReviewVariables.SUSPICION_DECISION)
                ? new Closing(user, ReviewVariables.text(execution, ReviewVariables.SUSPICION_REASON))
                : new Closing("", wording.record("timeline.suspendedTooLong"));
    }

    private static boolean decides(DelegateExecution execution, String decision) {
        return ReviewVariables.text(execution, decision).equals(ReviewVariables.CLOSE);
    }
}
