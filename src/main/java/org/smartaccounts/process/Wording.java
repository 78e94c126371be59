package org.smartaccounts.process;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.language.Languages;
import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** The words that the processes say to whoever calls it, in the language of that person's browser. */
@Component
public class Wording {

    private final MessageSource messages;
    private final Languages languages;

    Wording(MessageSource messages, Languages languages) {
        this.messages = messages;
        this.languages = languages;
    }

    public String text(String key, Object... arguments) {
        return messages.getMessage(key, arguments, readersLanguage());
    }

    /** Why something is not taken. */
    public Refusal refusal(String key, Object... arguments) {
        return new Refusal(text(key, arguments));
    }

    /** For the records, which are kept in one language. */
    public String record(String key) {
        return messages.getMessage(key, null, Languages.ORIGINAL);
    }

    /** One line each. */
    public String lines(Collection<? extends MessageSourceResolvable> sentences) {
        return lines(sentences, readersLanguage());
    }

    /** One line each, for whoever comes later. */
    public String originalLines(Collection<? extends MessageSourceResolvable> sentences) {
        return lines(sentences, Languages.ORIGINAL);
    }

    private String lines(Collection<? extends MessageSourceResolvable> sentences, Locale language) {
        return sentences.stream()
                .map(sentence -> messages.getMessage(sentence, language))
                .collect(Collectors.joining("\n"));
    }

    /** For somebody who is not here. */
    public String textFor(String language, String key, Object... arguments) {
        return messages.getMessage(key, arguments, languages.orOriginal(language));
    }

    /** The language of whoever makes the present call; the original if nobody does. */
    public Locale readersLanguage() {
        @Nullable LocaleContext reader = LocaleContextHolder.getLocaleContext();
        @Nullable Locale preferred = reader == null ? null : reader.getLocale();
        return preferred == null ? Languages.ORIGINAL : languages.bestFor(List.of(preferred));
    }
}
