package org.smartaccounts.account;

import java.util.List;
import org.springframework.context.MessageSourceResolvable;

/**
 * Something to be said about a request, most often what is wrong with it, to be told in the reader's language.
 *
 * @param key       of the text, in {@code messages*.properties}
 * @param arguments for the text's placeholders
 */
public record Problem(String key, List<Object> arguments) implements MessageSourceResolvable {

    public static Problem of(String key, Object... arguments) {
        return new Problem(key, List.of(arguments));
    }

    @Override
    public String[] getCodes() {
        return new String[] {key};
    }

    @Override
    public Object[] getArguments() {
        return arguments.toArray();
    }
}
