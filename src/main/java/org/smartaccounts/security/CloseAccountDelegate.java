package org.smartaccounts.security;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.smartaccounts.account.Actor;
import org.smartaccounts.process.Wording;
import org.smartaccounts.request.Suspensions;
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

    private final Suspensions suspensions;
    private final Findings findings;
    private final Wording wording;

    CloseAccountDelegate(Suspensions suspensions, Findings findings, Wording wording) {
        this.suspensions = suspensions;
        this.findings = findings;
        this.wording = wording;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String requestNumber = execution.getProcessBusinessKey();
        Closing closing = closing(execution);
        suspensions.close(requestNumber, closing.actor(), closing.reason());
        findings.decide(requestNumber, State.CLOSED, closing.user(), closing.reason());
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
