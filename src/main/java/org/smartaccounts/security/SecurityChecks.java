package org.smartaccounts.security;

import org.camunda.bpm.engine.RuntimeService;
import org.smartaccounts.process.EngineHooks;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The way into the process of the check for whoever does not want to wait for the night. */
@Component
public class SecurityChecks {

    private final SecurityCheckRuns runs;
    private final RuntimeService runtime;
    private final EngineHooks engine;

    SecurityChecks(SecurityCheckRuns runs, RuntimeService runtime, EngineHooks engine) {
        this.runs = runs;
        this.runtime = runtime;
        this.engine = engine;
    }

    /**
     * Begins a check now, in the name of the present caller.
     *
     * @return whether it has begun; it has not if one is under way
     */
    @Transactional
    public boolean begin() {
        if (runs.isUnderWay()) {
            return false;
        }
        // Of two at the same moment the second ends at once, as the diagram says.
        return engine.asTheApplication(() -> !runtime.startProcessInstanceByKey(SecurityCheckVocabulary.PROCESS)
                .isEnded());
    }
}
