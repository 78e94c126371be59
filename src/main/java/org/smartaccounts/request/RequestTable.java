package org.smartaccounts.request;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.smartaccounts.process.TableVocabulary;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the table of rules for requests may ask and say. */
@Configuration(proxyBeanMethods = false)
class RequestTable {

    @Bean
    TableVocabulary accountRulesVocabulary() {
        return new TableVocabulary(
                ProcessElements.ACCOUNT_RULES,
                TableVocabulary.factsOf(AccountFacts.class),
                AccountFacts.WORDS,
                List.of(TableVocabulary.OUTCOME, TableVocabulary.MESSAGE),
                Map.of(TableVocabulary.OUTCOME, outcomes()),
                Finding.Outcome.FINE.name().toLowerCase(Locale.ROOT),
                "rule.",
                List.of("rule.domain.notAllowed", "rule.domain.needsApproval"),
                Set.of("freeMailDomains.txt", "sharedMailboxes.txt", "blockedDomains.txt"));
    }

    private static Set<String> outcomes() {
        return Arrays.stream(Finding.Outcome.values())
                .map(outcome -> outcome.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }
}
