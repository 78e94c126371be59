package org.smartaccounts.security;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.smartaccounts.process.DiagramVocabulary;
import org.smartaccounts.process.ProcessVocabulary;
import org.springframework.stereotype.Component;

/** What the diagram of a review, and its forms, may name. */
@Component
public class SuspiciousAccountVocabulary implements ProcessVocabulary {

    private static final Map<String, Set<String>> FIELDS = Map.of(
            ReviewElements.REVIEW_SUSPICIOUS_ACCOUNT,
            shownAnd(ReviewVariables.SUSPICION_DECISION, ReviewVariables.SUSPICION_REASON),
            ReviewElements.DECIDE_ON_SUSPENDED_ACCOUNT,
            shownAnd(
                    ReviewVariables.SUSPICION_REASON,
                    ReviewVariables.SUSPENDED_DECISION,
                    ReviewVariables.SUSPENDED_REASON));

    private static Set<String> shownAnd(String... others) {
        return Stream.concat(ReviewVariables.SHOWN.stream(), Stream.of(others)).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String process() {
        return ReviewElements.PROCESS;
    }

    @Override
    public boolean isAboutRequest() {
        return true;
    }

    @Override
    public Map<String, String> elements() {
        return Map.of(
                ReviewElements.REVIEW_SUSPICIOUS_ACCOUNT, "userTask",
                ReviewElements.DECIDE_ON_SUSPENDED_ACCOUNT, "userTask");
    }

    @Override
    public Set<String> variables() {
        Set<String> names = new HashSet<>();
        FIELDS.values().forEach(names::addAll);
        names.addAll(Set.of(
                ReviewVariables.REVIEW,
                ReviewVariables.DECIDED_BY,
                DiagramVocabulary.EMAIL_TEMPLATE,
                DiagramVocabulary.EMAIL_RECIPIENT));
        return names;
    }

    @Override
    public Map<String, Set<String>> values() {
        return Map.of(
                ReviewVariables.SUSPICION_DECISION, ReviewVariables.SUSPICION_DECISIONS,
                ReviewVariables.SUSPENDED_DECISION, ReviewVariables.SUSPENDED_DECISIONS);
    }

    @Override
    public Map<String, Set<String>> fields() {
        return FIELDS;
    }

    @Override
    public Set<String> immediateDelegates() {
        return Set.of(
                "clearFindingsDelegate", "suspendAccountDelegate", "reinstateAccountDelegate", "closeAccountDelegate");
    }

    @Override
    public Set<String> messages() {
        return Set.of(ReviewElements.ACCOUNT_ENDED);
    }

    @Override
    public Set<String> recipients() {
        return Set.of("requester", "approver", "support");
    }
}
