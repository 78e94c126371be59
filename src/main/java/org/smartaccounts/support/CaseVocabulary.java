package org.smartaccounts.support;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.smartaccounts.process.DiagramVocabulary;
import org.smartaccounts.process.ProcessVocabulary;
import org.springframework.stereotype.Component;

/** What the diagram of a support case, and its form, may name. */
@Component
class CaseVocabulary implements ProcessVocabulary {

    private static final Set<String> FIELDS = Stream.concat(
                    CaseVariables.SHOWN.stream(),
                    Stream.of(CaseVariables.CASE_NUMBER, CaseVariables.DECISION, CaseVariables.WORDS))
            .collect(Collectors.toUnmodifiableSet());

    @Override
    public String process() {
        return CaseElements.PROCESS;
    }

    @Override
    public Map<String, String> elements() {
        return Map.of(
                CaseElements.ANSWER_SUPPORT_CASE, "userTask",
                CaseElements.REPLY_TIME_PASSED, "intermediateCatchEvent");
    }

    @Override
    public Set<String> variables() {
        return Stream.concat(
                        FIELDS.stream(),
                        Stream.of(
                                CaseVariables.REQUEST_NUMBER,
                                CaseVariables.SUPPORTER,
                                DiagramVocabulary.EMAIL_TEMPLATE,
                                DiagramVocabulary.EMAIL_RECIPIENT))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Map<String, Set<String>> values() {
        return Map.of(CaseVariables.DECISION, Set.of(CaseVariables.ANSWER, CaseVariables.CLOSE));
    }

    @Override
    public Map<String, Set<String>> fields() {
        return Map.of(CaseElements.ANSWER_SUPPORT_CASE, FIELDS);
    }

    @Override
    public Set<String> immediateDelegates() {
        return Set.of("recordAnswerDelegate", "closeCaseDelegate");
    }

    @Override
    public Set<String> messages() {
        return Set.of(CaseElements.REPLIED);
    }

    @Override
    public Set<String> errors() {
        return Set.of(CaseElements.ADDRESS_REFUSED);
    }

    @Override
    public String sendEmail() {
        return "sendCaseEmailDelegate";
    }

    @Override
    public Set<String> recipients() {
        return Set.of(CaseEmails.REPORTER, CaseEmails.SUPPORT);
    }
}
