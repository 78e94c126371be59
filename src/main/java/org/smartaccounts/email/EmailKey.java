package org.smartaccounts.email;

/**
 * What an email is and for whom.
 *
 * @param about     the number of the request, or of the support case, that it is about
 * @param template  the name of its template in {@code templates/email/}, HTML and plain text, and of its texts
 *                  {@code email.<template>.…}
 * @param recipient one mail address
 */
public record EmailKey(String about, String template, String recipient) {

    /** How the numbers of support cases begin. */
    private static final String CASE = "CASE-";

    /** Whether it is about a support case; otherwise it is about a request. */
    boolean isAboutCase() {
        return isCase(about);
    }

    /** Whether that is the number of a support case. */
    static boolean isCase(String number) {
        return number.startsWith(CASE);
    }
}
