package org.smartaccounts.email;

import java.util.Locale;
import java.util.Map;

/**
 * An email that is to be written.
 *
 * @param template the name of its template in {@code templates/email/}, HTML and plain text, and of its texts
 *                 {@code email.<template>.…}
 * @param to       one mail address
 * @param language of its texts
 * @param facts    what the template speaks of; shown literally whatever they contain
 */
public record Email(String template, String to, Locale language, Map<String, Object> facts) {}
