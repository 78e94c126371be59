package org.smartaccounts.security;

import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.smartaccounts.process.FormInput;
import org.smartaccounts.process.ProcessGuard;
import org.smartaccounts.process.Wording;
import org.smartaccounts.security.SecurityCheckRun.State;
import org.springframework.stereotype.Component;

/** Lets a check begin with its first step only, and knows when somebody has broken it off. */
@Component
class SecurityCheckGuard implements ProcessGuard {

    private final SecurityCheckRuns runs;
    private final Wording wording;

    SecurityCheckGuard(SecurityCheckRuns runs, Wording wording) {
        this.runs = runs;
        this.wording = wording;
    }

    @Override
    public String process() {
        return SecurityCheckVocabulary.PROCESS;
    }

    @Override
    public void begin(DelegateExecution check, boolean atItsBeginning) {
        if (!atItsBeginning) {
            throw wording.refusal("refusal.security.notAtTheBeginning");
        }
        new FormInput(check).keep(Set.of(), Map.of());
    }

    @Override
    public void complete(DelegateTask task) {
        // Nobody takes part in it.
    }

    @Override
    public void update(DelegateTask task) {
        // Nobody takes part in it.
    }

    /** Another can begin then. */
    @Override
    public void deleted(DelegateExecution check) {
        String run = ReviewVariables.text(check, SecurityCheckVocabulary.RUN);
        if (!run.isEmpty()) {
            runs.end(Long.parseLong(run), State.BROKEN_OFF);
        }
    }
}
