package org.smartaccounts.request;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.stereotype.Component;

/** The words that the process says to people in Tasklist, which speaks English. */
@Component
class Wording {

    private final MessageSource messages;

    Wording(MessageSource messages) {
        this.messages = messages;
    }

    String text(String key, Object... arguments) {
        return messages.getMessage(key, arguments, Locale.ENGLISH);
    }

    /** One line each. */
    String lines(Collection<? extends MessageSourceResolvable> sentences) {
        return sentences.stream()
                .map(sentence -> messages.getMessage(sentence, Locale.ENGLISH))
                .collect(Collectors.joining("\n"));
    }
}
