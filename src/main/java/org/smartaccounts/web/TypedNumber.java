package org.smartaccounts.web;

import java.util.Optional;
import java.util.regex.Pattern;

/** What can be a request's number at all; anything else in an address leads nowhere. */
public final class TypedNumber {

    private static final Pattern NUMBER = Pattern.compile("SAR-[0-9]{6,18}");

    private TypedNumber() {}

    /** The number, if it is one; whether there is such a request is not known here. */
    public static Optional<String> known(String typed) {
        return NUMBER.matcher(typed).matches() ? Optional.of(typed) : Optional.empty();
    }
}
