package org.smartaccounts.email;

import java.util.Locale;
import java.util.Map;

/**
 * An email that is to be written.
 *
 * @param key      what it is and for whom
 * @param language of its texts
 * @param facts    what the template speaks of; shown literally whatever they contain. A {@link java.util.function.Supplier} is asked
 *                 only if the template does speak of it
 */
public record Email(EmailKey key, Locale language, Map<String, Object> facts) {}
