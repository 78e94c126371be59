package org.smartaccounts.email;

/**
 * What an email is and for whom.
 *
 * @param requestNumber what it is about
 * @param template      the name of its template in {@code templates/email/}, HTML and plain text, and of its texts
 *                      {@code email.<template>.…}
 * @param recipient     one mail address
 */
public record EmailKey(String requestNumber, String template, String recipient) {}
