package org.smartaccounts.security;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.smartaccounts.process.TableVocabulary;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the table of security rules may ask and say. */
@Configuration(proxyBeanMethods = false)
class SecurityTable {

    /** The table, and the name of its file. */
    static final String DECISION = "securityRules";

    /** The result that says how serious it looks. */
    static final String SEVERITY = "severity";

    @Bean
    TableVocabulary securityRulesVocabulary() {
        return new TableVocabulary(
                DECISION,
                TableVocabulary.factsOf(SecurityFacts.class),
                SecurityFacts.WORDS,
                List.of(TableVocabulary.OUTCOME, SEVERITY, TableVocabulary.MESSAGE),
                Map.of(
                        TableVocabulary.OUTCOME,
                        words(Suspicion.Outcome.values()),
                        SEVERITY,
                        words(Finding.Severity.values())),
                words(Suspicion.Outcome.NOTHING).iterator().next(),
                "security.finding.",
                List.of("security.finding.watched", "security.finding.suspicious"),
                Set.of(MailDomains.FREE_MAIL_FILE, MailDomains.DISPOSABLE_FILE));
    }

    private static Set<String> words(Enum<?>... values) {
        return Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }
}
