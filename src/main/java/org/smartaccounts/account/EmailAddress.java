package org.smartaccounts.account;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A mail address that every mail server takes: an ASCII local part without quotes, at a {@link DomainName}. The case of the local
 * part is kept as typed, since the receiving server may care, but does not make two addresses different.
 *
 * @param localPart 1 to 64 characters, before the {@code @}
 * @param domain    the mail domain
 */
public record EmailAddress(String localPart, DomainName domain) {

    /** RFC 5321, 4.5.3.1.3 with its erratum 1690: what fits into a path. */
    public static final int MAX_LENGTH = 254;

    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final Pattern LOCAL_PART = Pattern.compile(ATOM + "(?:\\." + ATOM + ")*");

    /** Reads what a person typed; empty if it is no mail address. */
    public static Optional<EmailAddress> parse(String typed) {
        String trimmed = typed.strip();
        int at = trimmed.lastIndexOf('@');
        if (at < 1 || at > 64) {
            return Optional.empty();
        }
        String localPart = trimmed.substring(0, at);
        if (!LOCAL_PART.matcher(localPart).matches()) {
            return Optional.empty();
        }
        return DomainName.parse(trimmed.substring(at + 1))
                .map(domain -> new EmailAddress(localPart, domain))
                .filter(address -> address.toString().length() <= MAX_LENGTH);
    }

    public boolean isSameMailboxAs(EmailAddress other) {
        return domain.equals(other.domain) && localPart.equalsIgnoreCase(other.localPart);
    }

    @Override
    public String toString() {
        return localPart + "@" + domain;
    }
}
