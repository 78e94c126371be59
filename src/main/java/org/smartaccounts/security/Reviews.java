package org.smartaccounts.security;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.process.EngineHooks;
import org.springframework.stereotype.Component;

/** Gives suspicious accounts to licensing support: one review for an account at a time, with everything that was found about it. */
@Component
class Reviews {

    private final SmartAccounts accounts;
    private final Findings findings;
    private final ReviewVariables variables;
    private final RuntimeService runtime;
    private final EngineHooks engine;

    Reviews(
            SmartAccounts accounts,
            Findings findings,
            ReviewVariables variables,
            RuntimeService runtime,
            EngineHooks engine) {
        this.accounts = accounts;
        this.findings = findings;
        this.variables = variables;
        this.runtime = runtime;
        this.engine = engine;
    }

    /**
     * Something is suspicious about an account.
     *
     * @return whether there is a review of it now; there is none if the account has changed meanwhile, so that the facts are old
     */
    boolean raise(String requestNumber, List<Suspicion> suspicions) {
        SmartAccount account = accounts.lock(requestNumber);
        if (account.status() != AccountStatus.PENDING && account.status() != AccountStatus.ACTIVE) {
            return false;
        }
        return engine.asTheApplication(() -> {
            @Nullable ProcessInstance review = review(requestNumber);
            int before = findings.reviews(requestNumber);
            boolean isOpen = !findings.underReview(requestNumber).isEmpty() && review != null;
            findings.add(suspicions, isOpen ? before : before + 1);
            Map<String, Object> shown = Map.copyOf(variables.of(account));
            if (isOpen && review != null) {
                runtime.setVariables(review.getId(), shown);
            } else {
                runtime.startProcessInstanceByKey(ReviewElements.PROCESS, requestNumber, shown);
            }
            return true;
        });
    }

    /** The account has ended in another way than by its review, which is over then. */
    void accountEnded(String requestNumber) {
        if (findings.underReview(requestNumber).isEmpty() && findings.reviews(requestNumber) == 0) {
            return;
        }
        engine.asTheApplication(() -> {
            runtime.createMessageCorrelation(ReviewElements.ACCOUNT_ENDED)
                    .processInstanceBusinessKey(requestNumber)
                    .correlateAll();
            return requestNumber;
        });
    }

    private @Nullable ProcessInstance review(String requestNumber) {
        return runtime
                .createProcessInstanceQuery()
                .processDefinitionKey(ReviewElements.PROCESS)
                .processInstanceBusinessKey(requestNumber)
                .active()
                .list()
                .stream()
                .findFirst()
                .orElse(null);
    }
}
