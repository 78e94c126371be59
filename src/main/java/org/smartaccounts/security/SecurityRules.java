package org.smartaccounts.security;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.DmnElement;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.process.EngineHooks;
import org.smartaccounts.process.TableVocabulary;
import org.smartaccounts.security.Finding.Severity;
import org.smartaccounts.security.Suspicion.Outcome;
import org.springframework.stereotype.Component;

/** The table of rules {@code securityRules.dmn}, with its lists. The newest one counts. */
@Component
class SecurityRules {

    private record Row(Outcome outcome, Severity severity, String message) {

        static Row of(Map<String, Object> said) {
            return new Row(
                    Outcome.valueOf(upper(said.get(TableVocabulary.OUTCOME))),
                    Severity.valueOf(upper(said.get(SecurityTable.SEVERITY))),
                    String.valueOf(said.get(TableVocabulary.MESSAGE)));
        }

        private static String upper(@Nullable Object word) {
            return String.valueOf(word).toUpperCase(Locale.ROOT);
        }
    }

    private final RepositoryService repository;
    private final DecisionService decisions;
    private final EngineHooks engine;

    SecurityRules(RepositoryService repository, DecisionService decisions, EngineHooks engine) {
        this.repository = repository;
        this.decisions = decisions;
        this.engine = engine;
    }

    /** The table and its lists as they are at this moment; for one thread. */
    Table table() {
        return engine.asTheApplication(() -> {
            DecisionDefinition table = repository
                    .createDecisionDefinitionQuery()
                    .decisionDefinitionKey(SecurityTable.DECISION)
                    .latestVersion()
                    .singleResult();
            return new Table(
                    table.getId(),
                    factsByMessage(repository.getDmnModelInstance(table.getId())),
                    MailDomains.of(Objects.requireNonNull(table.getDeploymentId()), repository));
        });
    }

    /** About which facts the rows with a message ask. */
    private static Map<String, Set<String>> factsByMessage(DmnModelInstance model) {
        Map<String, Set<String>> facts = new HashMap<>();
        for (DecisionTable table : model.getModelElementsByType(DecisionTable.class)) {
            List<Input> inputs = new ArrayList<>(table.getInputs());
            for (Rule row : table.getRules()) {
                List<InputEntry> conditions = new ArrayList<>(row.getInputEntries());
                for (OutputEntry output : row.getOutputEntries()) {
                    Set<String> asked = facts.computeIfAbsent(text(output).replace("\"", ""), any -> new HashSet<>());
                    for (int i = 0; i < conditions.size(); i++) {
                        if (!Set.of("", "-").contains(text(conditions.get(i)))) {
                            asked.add(text(inputs.get(i).getInputExpression()));
                        }
                    }
                }
            }
        }
        return facts;
    }

    private static String text(DmnElement cell) {
        return cell.getTextContent().strip();
    }

    /** One version of the table. What it has said of some facts it says again of the same: they are all that it is told. */
    final class Table {

        private final String id;
        private final Map<String, Set<String>> factsByMessage;
        private final MailDomains domains;
        private final Map<SecurityFacts, Collection<Row>> said = new HashMap<>();

        private Table(String id, Map<String, Set<String>> factsByMessage, MailDomains domains) {
            this.id = id;
            this.factsByMessage = factsByMessage;
            this.domains = domains;
        }

        MailDomains domains() {
            return domains;
        }

        /** What its rows say of an account, in their order; nothing twice. */
        List<Suspicion> judge(CheckedAccount account) {
            return said.computeIfAbsent(account.facts(), this::ask).stream()
                    .map(row -> new Suspicion(
                            account,
                            row.outcome(),
                            row.severity(),
                            row.message(),
                            FactSteps.fingerprint(
                                    row.outcome(),
                                    row.message(),
                                    factsByMessage.getOrDefault(row.message(), Set.of()),
                                    account)))
                    .toList();
        }

        private Collection<Row> ask(SecurityFacts facts) {
            return engine
                    .asTheApplication(() -> decisions
                            .evaluateDecisionTableById(id, facts.inputs())
                            .getResultList())
                    .stream()
                    .map(Row::of)
                    .filter(row -> row.outcome() != Outcome.NOTHING)
                    .distinct()
                    .toList();
        }
    }
}
