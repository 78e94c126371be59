package org.smartaccounts.security;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.smartaccounts.support.ApplicationTest;
import org.springframework.beans.factory.annotation.Autowired;

/** What the business finds suspicious: the table row by row. */
class SecurityRulesTest extends ApplicationTest {

    private static final SecurityFacts USUAL =
            new SecurityFacts("active", "ordinary", false, 0, 0, 0, "none", 12, 0, 0, 0, false);

    /** For each row of the table, by its id, an account that it is made for. */
    private static final Map<String, SecurityFacts> EXAMPLES = Map.ofEntries(
            entry("Rule_sameLook", alike("same look", false)),
            entry("Rule_oneLetterOutside", alike("one letter", true)),
            entry("Rule_oneLetter", alike("one letter", false)),
            entry("Rule_approverDisposable", approver("disposable", true)),
            entry("Rule_approverFreeMail", approver("free mail", true)),
            entry("Rule_approverOutside", approver("ordinary", true)),
            entry("Rule_usersDisposable", users(1, 0, 1)),
            entry("Rule_usersFreeMail", users(1, 1, 0)),
            entry("Rule_usersOutside", users(5, 0, 0)),
            entry("Rule_manyRequests", requester(1000, 0, false)),
            entry("Rule_notACustomer", requester(3, 3, false)),
            entry("Rule_notACustomerOutside", requester(3, 3, true)),
            entry("Rule_approverChanges", history(3, 0, false, false)),
            entry("Rule_approverChangesMany", history(5, 0, false, false)),
            entry("Rule_wrongLinks", history(0, 10, false, false)),
            entry("Rule_wrongLinksMany", history(0, 50, false, false)),
            entry("Rule_otherActivator", history(1, 0, true, false)),
            entry("Rule_otherActivatorOutside", history(1, 0, true, true)),
            entry("Rule_otherwise", USUAL));

    private static SecurityFacts alike(String lookalike, boolean outside) {
        return new SecurityFacts("pending", "ordinary", outside, 0, 0, 0, lookalike, 1, 0, 0, 0, false);
    }

    private static SecurityFacts approver(String kind, boolean outside) {
        return new SecurityFacts("pending", kind, outside, 0, 0, 0, "none", 1, 0, 0, 0, false);
    }

    private static SecurityFacts users(int outside, int atFreeMail, int atDisposable) {
        return new SecurityFacts(
                "active", "ordinary", false, outside, atFreeMail, atDisposable, "none", 1, 0, 0, 0, false);
    }

    private static SecurityFacts requester(int requests, int notACustomer, boolean outside) {
        return new SecurityFacts("pending", "ordinary", outside, 0, 0, 0, "none", requests, notACustomer, 0, 0, false);
    }

    private static SecurityFacts history(int changes, int wrongLinks, boolean otherActivator, boolean outside) {
        return new SecurityFacts(
                "active", "ordinary", outside, 0, 0, 0, "none", 1, 0, changes, wrongLinks, otherActivator);
    }

    @Autowired
    SecurityRules rules;

    private final DmnModelInstance model =
            Dmn.readModelFromFile(Path.of("processes", "securityRules.dmn").toFile());

    @TestFactory
    Stream<DynamicTest> everyRowIsMetByItsExample() {
        return model.getModelElementsByType(Rule.class).stream()
                .map(row -> DynamicTest.dynamicTest(row.getId(), () -> {
                    SecurityFacts example = Objects.requireNonNull(
                            EXAMPLES.get(row.getId()), "a developer gives the row an example here");
                    List<String> outputs = row.getChildElementsByType(OutputEntry.class).stream()
                            .map(ModelElementInstance::getTextContent)
                            .map(text -> text.strip().replace("\"", "").toUpperCase(Locale.ROOT))
                            .toList();
                    List<Suspicion> found = judge(example);
                    if (outputs.get(0).equals("NOTHING")) {
                        assertThat(found).isEmpty();
                    } else {
                        assertThat(found).anySatisfy(suspicion -> {
                            assertThat(suspicion.outcome().name()).isEqualTo(outputs.get(0));
                            assertThat(suspicion.severity().name()).isEqualTo(outputs.get(1));
                            assertThat(suspicion.message()).isEqualToIgnoringCase(outputs.get(2));
                        });
                    }
                }));
    }

    @Test
    void everyExampleHasItsRow() {
        assertThat(model.getModelElementsByType(Rule.class))
                .extracting(Rule::getId)
                .containsExactlyInAnyOrderElementsOf(EXAMPLES.keySet());
    }

    @Test
    void severalRowsAreHeard() {
        assertThat(judge(new SecurityFacts("pending", "disposable", true, 2, 0, 2, "same look", 1, 0, 0, 60, false)))
                .extracting(Suspicion::message)
                .containsExactly(
                        "security.finding.sameLook",
                        "security.finding.approverDisposable",
                        "security.finding.usersDisposable",
                        "security.finding.wrongLinksMany");
    }

    @Test
    void theListsBesideTheTableAreRead() {
        MailDomains domains = rules.table().domains();

        assertThat(domains.disposable().entries()).contains("mailinator.com");
        assertThat(domains.freeMail().entries()).contains("gmail.com");
    }

    private List<Suspicion> judge(SecurityFacts facts) {
        return rules.table().judge(new CheckedAccount("SAR-000001", facts, "customer.example", "customer.example", ""));
    }
}
