package org.smartaccounts.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.smartaccounts.support.Tasklist.NINA;
import static org.smartaccounts.support.Tasklist.PAULA;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smartaccounts.account.Problem;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.RequestForm;
import org.springframework.beans.factory.annotation.Autowired;

/** What the business wants of a request: the table row by row, and how its rows meet real requests. */
class AccountRulesTest extends ApplicationTest {

    private static final AccountFacts USUAL =
            new AccountFacts("usual.example", "ordinary", "usual.example", "personal", false, false, false, 12);

    /** For each row of the table, by its id, a request that it is made for. */
    private static final Map<String, AccountFacts> EXAMPLES = Map.ofEntries(
            Map.entry("Rule_domainBlocked", ofKind("blocked")),
            Map.entry("Rule_domainFreeMail", ofKind("free mail")),
            Map.entry("Rule_domainOwnCompany", ofKind("own company")),
            Map.entry(
                    "Rule_domainTaken",
                    new AccountFacts("a.example", "ordinary", "a.example", "personal", false, false, true, 0)),
            Map.entry("Rule_approverBlocked", by("blocked")),
            Map.entry("Rule_approverOutsideUnjustified", outside(false)),
            Map.entry("Rule_approverOutside", outside(true)),
            Map.entry("Rule_approverFreeMail", by("free mail")),
            Map.entry("Rule_approverSharedMailbox", by("shared mailbox")),
            Map.entry("Rule_openRequestsMany", among(5000)),
            Map.entry("Rule_openRequestsTooMany", among(10000)),
            Map.entry("Rule_otherwise", USUAL));

    /** What a cell says, if it says one thing: a text or several, an ending, a number from which on, or yes or no. */
    private static final Pattern PLAIN_CONDITION = Pattern.compile("^ends with\\(\\?, *\"(?<end>[^\"]+)\"\\)$"
            + "|^\"(?<text>[^\"]+)\"|^(?:>= *|\\[|)(?<number>\\d+)|^true$|^false$");

    private static AccountFacts ofKind(String kind) {
        return new AccountFacts("a.example", kind, "a.example", "personal", false, false, false, 0);
    }

    private static AccountFacts by(String kind) {
        return new AccountFacts("a.example", "ordinary", "a.example", kind, false, false, false, 0);
    }

    private static AccountFacts outside(boolean justified) {
        return new AccountFacts("a.example", "ordinary", "b.example", "personal", true, justified, false, 0);
    }

    private static AccountFacts among(int openRequests) {
        return new AccountFacts("a.example", "ordinary", "a.example", "personal", false, false, false, openRequests);
    }

    @Autowired
    AccountRules rules;

    @Autowired
    SmartAccounts accounts;

    private final DmnModelInstance model =
            Dmn.readModelFromFile(Path.of("processes", "accountRules.dmn").toFile());
    private final RequestForm form = RequestForm.forNewCustomer();

    @TestFactory
    Stream<DynamicTest> everyRowIsMetByItsExample() {
        return model.getModelElementsByType(Rule.class).stream()
                .map(row -> DynamicTest.dynamicTest(row.getId(), () -> {
                    AccountFacts example =
                            Optional.ofNullable(EXAMPLES.get(row.getId())).orElseGet(() -> madeFor(row));
                    List<String> outputs = row.getChildElementsByType(OutputEntry.class).stream()
                            .map(ModelElementInstance::getTextContent)
                            .map(text -> text.strip().replace("\"", ""))
                            .toList();
                    List<Finding> found = rules.table().judge(example);
                    if (outputs.get(0).equals("fine")) {
                        assertThat(found).isEmpty();
                    } else {
                        assertThat(found)
                                .contains(new Finding(
                                        Finding.Outcome.valueOf(outputs.get(0).toUpperCase(Locale.ROOT)),
                                        Problem.of(outputs.get(1))));
                    }
                }));
    }

    @Test
    void everyExampleHasItsRow() {
        assertThat(model.getModelElementsByType(Rule.class))
                .extracting(Rule::getId)
                .containsAll(EXAMPLES.keySet());
    }

    /** Analysts add rows: for one that says plainly what it is about, a request can be made up. */
    private static AccountFacts madeFor(Rule row) {
        Map<String, Object> facts = new HashMap<>(USUAL.inputs());
        List<Input> inputs = List.copyOf(((DecisionTable) Objects.requireNonNull(row.getParentElement())).getInputs());
        List<InputEntry> entries = List.copyOf(row.getInputEntries());
        for (int i = 0; i < inputs.size(); i++) {
            String condition = entries.get(i).getTextContent().strip();
            if (!Set.of("", "-").contains(condition)) {
                facts.put(fact(inputs.get(i)), valueFor(row, condition));
            }
        }
        return new AccountFacts(
                told(facts, "accountDomain"),
                told(facts, "domainKind"),
                told(facts, "approverDomain"),
                told(facts, "approverKind"),
                told(facts, "approverOutside"),
                told(facts, "justified"),
                told(facts, "domainTaken"),
                told(facts, "openRequests"));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T told(Map<String, Object> facts, String fact) {
        return (T) Objects.requireNonNull(facts.get(fact));
    }

    private static Object valueFor(Rule row, String condition) {
        Matcher plain = PLAIN_CONDITION.matcher(condition);
        if (!plain.find()) {
            throw new AssertionError("%s: a developer gives it an example in AccountRulesTest".formatted(row.getId()));
        }
        if (plain.group("number") != null) {
            return Integer.valueOf(plain.group("number"));
        }
        return plain.group("end") != null
                ? "a" + plain.group("end")
                : plain.group("text") != null ? plain.group("text") : Boolean.valueOf(condition);
    }

    private static String fact(Input input) {
        return input.getInputExpression().getText().getTextContent();
    }

    @Test
    void thereIsNoRequestThatMeetsNoRow() {
        DecisionTable table =
                model.getModelElementsByType(DecisionTable.class).iterator().next();
        assertThat(table.getHitPolicy()).isEqualTo(HitPolicy.RULE_ORDER);
        assertThat(table.getRules())
                .anySatisfy(row -> assertThat(conditions(row)).isEmpty());
    }

    private static Collection<String> conditions(Rule row) {
        return row.getChildElementsByType(InputEntry.class).stream()
                .map(entry -> entry.getTextContent().strip())
                .filter(text -> !Set.of("", "-").contains(text))
                .toList();
    }

    @Test
    void theTableAsksForWhatItIsTold() {
        Map<String, Object> inputs = new LinkedHashMap<>(USUAL.inputs());
        assertThat(model.getModelElementsByType(DecisionTable.class)
                        .iterator()
                        .next()
                        .getInputs())
                .extracting(AccountRulesTest::fact)
                .containsExactlyInAnyOrderElementsOf(inputs.keySet());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            accountDomain | gmail.com               | Account domain: gmail.com belongs to a mail provider
            accountDomain | team.gmail.com          | Account domain: team.gmail.com belongs to a mail provider
            accountDomain | mailinator.com          | Account domain: mailinator.com cannot be requested
            accountDomain | alpine-reseller.example | Account domain: alpine-reseller.example belongs to your own company
            customerEmail | anna@yopmail.com        | Customer email: nobody can decide with anna@yopmail.com
            customerEmail | anna@elsewhere.example  | The address anna@elsewhere.example is not at
            """)
    void aProblemIsShownAndKeepsARequestFromBeingSent(String field, String value, String problem) {
        String request = tasklist.request(PAULA, form.with(field, value));

        assertThat(tasklist.shown(request, "problems")).contains(problem);
        assertThatThrownBy(() -> tasklist.review(PAULA, request, Map.of("reviewDecision", "submit")))
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource({"info", "IT", "Sales+licences"})
    void aSharedMailboxIsRemarkedAndMayBeUsed(String mailbox) {
        String request = tasklist.request(PAULA, form.with("customerEmail", mailbox + "@" + form.domain()));

        assertThat(tasklist.shown(request, "problems")).isEmpty();
        assertThat(tasklist.shown(request, "remarks")).contains("looks like a shared mailbox");
        tasklist.review(PAULA, request, Map.of("reviewDecision", "submit"));
        jobs.run(request, "Activity_sendActivationInstructions");
    }

    @Test
    void whoDecidesWithAFreeMailAddressIsLookedAt() {
        String request = tasklist.request(
                PAULA, form.with("customerEmail", "anna@gmx.de").with("justification", "She has no other address."));

        assertThat(tasklist.shown(request, "problems")).isEmpty();
        assertThat(tasklist.shown(request, "remarks"))
                .contains("Licensing support looks at the domain", "at a mail provider that anybody can use");
    }

    @ParameterizedTest
    @CsvSource({"anna@%s", "anna@mail.%s"})
    void anAddressAtTheDomainOrBelowItNeedsNoReason(String address) {
        String request = tasklist.request(PAULA, form.with("customerEmail", address.formatted(form.domain())));

        assertThat(tasklist.shown(request, "problems")).isEmpty();
        assertThat(tasklist.shown(request, "remarks")).isEmpty();
    }

    @Test
    void aProblemStopsARequestAlsoIfItsDomainCouldBeApproved() {
        String request = tasklist.request(
                PAULA,
                form.with("customerEmail", "anna@elsewhere.example")
                        .with("justification", "A reason.")
                        .with("accountName", ""));

        assertThatThrownBy(() -> tasklist.review(PAULA, request, Map.of("reviewDecision", "submit")))
                .hasMessageContaining("Account name: please fill it in");
    }

    @Test
    void openRequestsAreCountedByCompany() {
        int paulas = accounts.countOpen("alpine-reseller", "none");
        int ninas = accounts.countOpen("nordic-distribution", "none");

        String request = tasklist.request(NINA, form);

        assertThat(accounts.countOpen("alpine-reseller", "none")).isEqualTo(paulas);
        assertThat(accounts.countOpen("nordic-distribution", "none")).isEqualTo(ninas + 1);
        assertThat(accounts.countOpen("nordic-distribution", request)).isEqualTo(ninas);
    }
}
