package org.smartaccounts.security;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.smartaccounts.access.People;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.process.FormInput;
import org.smartaccounts.process.ProcessGuard;
import org.smartaccounts.process.Wording;
import org.smartaccounts.request.Authority;
import org.smartaccounts.security.Finding.State;
import org.springframework.stereotype.Component;

/**
 * Checks what licensing support decide about a suspicious account, before anything is written. The account's row is locked first: whoever
 * comes a moment after the customer, or after time, is told so.
 */
@Component
class SuspiciousAccountGuard implements ProcessGuard {

    private final People people;
    private final SmartAccounts accounts;
    private final Findings findings;
    private final ReviewVariables variables;
    private final Authority authority;
    private final Wording wording;

    SuspiciousAccountGuard(
            People people,
            SmartAccounts accounts,
            Findings findings,
            ReviewVariables variables,
            Authority authority,
            Wording wording) {
        this.people = people;
        this.accounts = accounts;
        this.findings = findings;
        this.variables = variables;
        this.authority = authority;
        this.wording = wording;
    }

    @Override
    public String process() {
        return ReviewElements.PROCESS;
    }

    /** Only a check begins it. */
    @Override
    public void begin(DelegateExecution review, boolean atItsBeginning) {
        if (!atItsBeginning || people.current().isPresent()) {
            throw wording.refusal("refusal.suspicion.begin");
        }
    }

    @Override
    public void update(DelegateTask task) {
        SmartAccount account = accounts.get(task.getExecution().getProcessBusinessKey());
        keep(Set.of(), task, account);
    }

    @Override
    public void complete(DelegateTask task) {
        SmartAccount account = accounts.lock(task.getExecution().getProcessBusinessKey());
        switch (task.getTaskDefinitionKey()) {
            case ReviewElements.REVIEW_SUSPICIOUS_ACCOUNT -> {
                requireNothingNew(task, account);
                decide(
                        task,
                        account,
                        account.status() == AccountStatus.PENDING || account.status() == AccountStatus.ACTIVE,
                        ReviewVariables.SUSPICION_DECISION,
                        ReviewVariables.SUSPICION_DECISIONS,
                        ReviewVariables.SUSPICION_REASON);
            }
            case ReviewElements.DECIDE_ON_SUSPENDED_ACCOUNT ->
                decide(
                        task,
                        account,
                        account.status() == AccountStatus.SUSPENDED,
                        ReviewVariables.SUSPENDED_DECISION,
                        ReviewVariables.SUSPENDED_DECISIONS,
                        ReviewVariables.SUSPENDED_REASON);
            // A task that an analyst has added: nothing is known about its meaning.
            default -> keep(Set.of(), task, account);
        }
    }

    private void decide(
            DelegateTask task,
            SmartAccount account,
            boolean possible,
            String decision,
            Set<String> decisions,
            String reason) {
        if (!possible) {
            throw wording.refusal("refusal.tooLate", account.requestNumber());
        }
        Actor support =
                authority.requireSupport(account, "refusal.suspicion.notSupport", "refusal.suspicion.ownRequest");
        keep(Set.of(decision, reason), task, account);
        if (!decisions.contains(ReviewVariables.text(task, decision))) {
            throw wording.refusal("refusal.suspicion.decision");
        }
        String why = ReviewVariables.text(task, reason);
        if (why.isEmpty() || why.codePointCount(0, why.length()) > Findings.MAX_REASON) {
            throw wording.refusal("refusal.suspicion.reason", Findings.MAX_REASON);
        }
        task.setVariable(ReviewVariables.DECIDED_BY, support.name());
    }

    /** Whoever has the form open since yesterday has not read what was found in the night. */
    private void requireNothingNew(DelegateTask task, SmartAccount account) {
        String read = ReviewVariables.text(task, ReviewVariables.FINDINGS);
        if (!read.isEmpty()
                && !lines(read)
                        .equals(lines(String.valueOf(variables.of(account).get(ReviewVariables.FINDINGS))))) {
            throw wording.refusal("refusal.suspicion.more", account.requestNumber());
        }
    }

    /** However a browser breaks them. */
    private static List<String> lines(String text) {
        return text.lines().map(String::strip).toList();
    }

    private void keep(Set<String> sent, DelegateTask task, SmartAccount account) {
        FormInput input = new FormInput(task);
        if (input.hasTransient()) {
            throw wording.refusal("refusal.transient");
        }
        Map<String, String> own = new HashMap<>(variables.of(account));
        if (account.status() == AccountStatus.SUSPENDED) {
            own.put(ReviewVariables.SUSPICION_REASON, suspendedBecause(account));
        }
        input.keep(sent, own);
    }

    private String suspendedBecause(SmartAccount account) {
        return findings.underReview(account.requestNumber()).stream()
                .filter(finding -> finding.state() == State.SUSPENDED)
                .map(Finding::reason)
                .findFirst()
                .orElse("");
    }

    /** A suspended account would wait for ever; what was only found, the next check finds anew. */
    @Override
    public void deleted(DelegateExecution review) {
        String requestNumber = String.valueOf(review.getProcessBusinessKey());
        accounts.findLocked(requestNumber).ifPresent(account -> {
            if (account.status() == AccountStatus.SUSPENDED) {
                throw wording.refusal("refusal.suspicion.delete", requestNumber);
            }
            findings.decide(requestNumber, State.UNDECIDED, "", "");
        });
    }
}
