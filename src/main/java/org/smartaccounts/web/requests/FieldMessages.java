package org.smartaccounts.web.requests;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.smartaccounts.account.Problem;
import org.smartaccounts.request.Assessment;
import org.springframework.context.MessageSource;

/**
 * What there is to say about a request, each beside the field that it is about. Its methods are public for the template.
 *
 * @param problems what has to be mended
 * @param remarks  what its requester should know
 */
record FieldMessages(List<Said> problems, List<Said> remarks) {

    /**
     * A sentence.
     *
     * @param field the field that it is about; empty if it is about the whole request
     * @param words in the reader's language
     */
    record Said(String field, String words) {}

    static final FieldMessages NONE = new FieldMessages(List.of(), List.of());

    static final List<String> FIELDS = List.of(
            "accountName",
            "customerEmail",
            "accountDomain",
            "justification",
            "noteToCustomer",
            "customerLanguage",
            "userEmails",
            "noteToUsers");

    /** What the rules speak of. Analysts may add others, which are about the whole request. */
    private static final Map<String, String> FIELDS_OF_RULES =
            Map.of("domain", "accountDomain", "approver", "customerEmail", "justification", "justification");

    private static final Set<String> MISSING = Set.of("missing", "invalid");

    static FieldMessages of(Assessment assessment, MessageSource texts, Locale language) {
        return new FieldMessages(
                said(assessment.problems(), texts, language), said(assessment.remarks(), texts, language));
    }

    /** Only what can be said of a domain and an address while somebody is typing them. */
    static FieldMessages whileTyping(Assessment assessment, MessageSource texts, Locale language) {
        return new FieldMessages(
                said(
                        assessment.problems().stream()
                                .filter(FieldMessages::isCertain)
                                .toList(),
                        texts,
                        language),
                said(
                        assessment.remarks().stream()
                                .filter(FieldMessages::isCertain)
                                .toList(),
                        texts,
                        language));
    }

    private static boolean isCertain(Problem problem) {
        String key = problem.key();
        return Set.of("accountDomain", "customerEmail", "justification").contains(fieldOf(key))
                && !(key.startsWith("problem.") && MISSING.contains(key.substring(key.lastIndexOf('.') + 1)));
    }

    private static List<Said> said(List<Problem> some, MessageSource texts, Locale language) {
        return some.stream()
                .map(problem -> new Said(fieldOf(problem.key()), texts.getMessage(problem, language)))
                .toList();
    }

    private static String fieldOf(String key) {
        List<String> parts = List.of(key.split("\\.", -1));
        String subject = parts.size() < 2 ? "" : parts.get(1);
        return switch (parts.get(0)) {
            case "problem" -> FIELDS.contains(subject) ? subject : "";
            case "rule" -> FIELDS_OF_RULES.getOrDefault(subject, "");
            default -> "";
        };
    }

    public List<String> problemsOf(String field) {
        return about(problems, field);
    }

    public List<String> remarksOf(String field) {
        return about(remarks, field);
    }

    public boolean isEmpty() {
        return problems.isEmpty() && remarks.isEmpty();
    }

    private static List<String> about(List<Said> all, String field) {
        List<String> words = new ArrayList<>();
        all.stream().filter(said -> said.field().equals(field)).map(Said::words).forEach(words::add);
        return words;
    }
}
