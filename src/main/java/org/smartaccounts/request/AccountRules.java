package org.smartaccounts.request;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.Problem;
import org.smartaccounts.process.EngineHooks;
import org.smartaccounts.request.Finding.Outcome;
import org.springframework.stereotype.Component;

/**
 * The table of rules {@code accountRules.dmn}, with its lists: what the business wants of a request beyond its being well-formed. The
 * newest table counts, also for requests that began under an older one.
 */
@Component
class AccountRules {

    /** Lists as they were deployed with one version of the table. */
    private record Deployed(String deployment, DomainLists lists) {}

    private final RepositoryService repository;
    private final DecisionService decisions;
    private final EngineHooks engine;

    private volatile @Nullable Deployed latest;

    AccountRules(RepositoryService repository, DecisionService decisions, EngineHooks engine) {
        this.repository = repository;
        this.decisions = decisions;
        this.engine = engine;
    }

    /** The table and its lists as they are at this moment. */
    Table table() {
        // Whoever asks need not be allowed to read the rules.
        return engine.asTheApplication(() -> {
            DecisionDefinition table = repository
                    .createDecisionDefinitionQuery()
                    .decisionDefinitionKey(ProcessElements.ACCOUNT_RULES)
                    .latestVersion()
                    .singleResult();
            return new Table(table.getId(), lists(Objects.requireNonNull(table.getDeploymentId())));
        });
    }

    private DomainLists lists(String deployment) {
        Deployed known = latest;
        if (known == null || !known.deployment().equals(deployment)) {
            known = new Deployed(deployment, DomainLists.of(deployment, repository));
            latest = known;
        }
        return known.lists();
    }

    /** One version of the table. */
    final class Table {

        private final String id;
        private final DomainLists lists;

        private Table(String id, DomainLists lists) {
            this.id = id;
            this.lists = lists;
        }

        DomainLists lists() {
            return lists;
        }

        /**
         * What its rows say, in their order.
         *
         * @param arguments for the placeholders of their messages
         */
        List<Finding> judge(AccountFacts facts, Object... arguments) {
            return engine
                    .asTheApplication(() -> decisions
                            .evaluateDecisionTableById(id, facts.inputs())
                            .getResultList())
                    .stream()
                    .map(row -> finding(row, arguments))
                    .filter(finding -> finding.outcome() != Outcome.FINE)
                    .toList();
        }

        private static Finding finding(Map<String, Object> row, Object... arguments) {
            return new Finding(
                    Outcome.valueOf(String.valueOf(row.get("outcome")).toUpperCase(Locale.ROOT)),
                    Problem.of(String.valueOf(row.get("message")), arguments));
        }
    }
}
