package org.smartaccounts.request;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.language.Languages;
import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** The words that the process says to whoever calls it, in the language of that person's browser. */
@Component
class Wording {

    private final MessageSource messages;
    private final Languages languages;

    Wording(MessageSource messages, Languages languages) {
        this.messages = messages;
        this.languages = languages;
    }

    String text(String key, Object... arguments) {
        return messages.getMessage(key, arguments, readersLanguage());
    }

    /** Why something is not taken. */
    Refusal refusal(String key, Object... arguments) {
        return new Refusal(text(key, arguments));
    }

    /** For the records, which are kept in one language. */
    String record(String key) {
        return messages.getMessage(key, null, Languages.ORIGINAL);
    }

    /** One line each. */
    String lines(Collection<? extends MessageSourceResolvable> sentences) {
        return lines(sentences, readersLanguage());
    }

    /** One line each, for whoever comes later. */
    String originalLines(Collection<? extends MessageSourceResolvable> sentences) {
        return lines(sentences, Languages.ORIGINAL);
    }

    private String lines(Collection<? extends MessageSourceResolvable> sentences, Locale language) {
        return sentences.stream()
                .map(sentence -> messages.getMessage(sentence, language))
                .collect(Collectors.joining("\n"));
    }

    /** What forms show of an assessment, and what the diagram asks of it. */
    Map<String, String> variables(Assessment assessment) {
        return Map.of(
                RequestVariables.PROBLEMS, lines(assessment.problems()),
                RequestVariables.REMARKS, lines(assessment.remarks()),
                RequestVariables.DOMAIN_APPROVAL, assessment.needsApproval() ? RequestVariables.NEEDED : "");
    }

    /** For somebody who is not here. */
    String textFor(String language, String key, Object... arguments) {
        return messages.getMessage(key, arguments, languages.orOriginal(language));
    }

    /** The language of whoever makes the present call; the original if nobody does. */
    Locale readersLanguage() {
        @Nullable LocaleContext reader = LocaleContextHolder.getLocaleContext();
        @Nullable Locale preferred = reader == null ? null : reader.getLocale();
        return preferred == null ? Languages.ORIGINAL : languages.bestFor(List.of(preferred));
    }
}
