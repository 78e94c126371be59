package org.smartaccounts.account;

import com.ibm.icu.text.IDNA;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A domain as the DNS writes it: lower case, A-labels ({@code xn--…}) for other scripts, at least two labels and a top level that
 * is not a number. Two spellings of one domain are equal. Whether anybody has registered it is not known here.
 *
 * @param value 4 to 253 ASCII characters
 */
public record DomainName(String value) {

    private static final int MAX_LENGTH = 253;
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern SYNTAX = Pattern.compile("(?:" + LABEL + "\\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})");

    /** UTS 46, non-transitional: the rules that browsers follow. */
    private static final IDNA IDNA_RULES = IDNA.getUTS46Instance(
            IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.USE_STD3_RULES | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ);

    /** Reads what a person typed; empty if it is no domain name. */
    public static Optional<DomainName> parse(String typed) {
        String trimmed = typed.strip();
        if (trimmed.isEmpty() || trimmed.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        IDNA.Info info = new IDNA.Info();
        String ascii =
                IDNA_RULES.nameToASCII(trimmed, new StringBuilder(), info).toString();
        boolean valid = !info.hasErrors()
                && ascii.length() <= MAX_LENGTH
                && SYNTAX.matcher(ascii).matches();
        return valid ? Optional.of(new DomainName(ascii)) : Optional.empty();
    }

    /** Whether both belong together: the same domain, or one below the other. */
    public boolean isRelatedTo(DomainName other) {
        return value.equals(other.value) || value.endsWith("." + other.value) || other.value.endsWith("." + value);
    }

    @Override
    public String toString() {
        return value;
    }
}
