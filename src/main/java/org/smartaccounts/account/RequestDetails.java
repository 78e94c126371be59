package org.smartaccounts.account;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.smartaccounts.language.Languages;

/**
 * What a partner fills in to ask for an account, tidied but not judged: {@link RequestCheck} says what is wrong with it. Missing
 * texts are empty. What can be read as an address or a domain is in its one spelling, anything else stays as typed, so that
 * the requester finds it again.
 *
 * @param accountName    the name of the account, one line
 * @param customerEmail  the address of the approver, the person who decides for the customer
 * @param accountDomain  the domain that the account stands for
 * @param noteToCustomer shown to the approver
 * @param userEmails     the addresses of people to be added, one per line, none twice
 * @param noteToUsers    shown to the added users
 * @param customerLanguage in which the approver and the added users are written to, a BCP 47 tag
 * @param justification  why an approver with an address elsewhere decides for the domain; for licensing support
 */
public record RequestDetails(
        String accountName,
        String customerEmail,
        String accountDomain,
        String noteToCustomer,
        String userEmails,
        String noteToUsers,
        String customerLanguage,
        String justification) {

    private static final String ORIGINAL_LANGUAGE = Languages.ORIGINAL.toLanguageTag();

    /** A request of which nothing is known yet. */
    public static final RequestDetails NONE = new RequestDetails("", "", "", "", "", "", ORIGINAL_LANGUAGE, "");

    private static final Pattern LINE_BREAKS_AND_CONTROLS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");

    /** What is not seen but changes what is: marks of direction, spaces without width, and what fills the place of a letter. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u200B\\u200E\\u200F"
            + "\\u202A-\\u202E\\u2060-\\u2069\\u3164\\uFEFF\\uFFA0]+");

    private static final Pattern SEPARATORS = Pattern.compile("[\\s\\u00A0\\u200B\\uFEFF,;]+");

    /** Tidies what was typed. */
    public static RequestDetails typed(
            String accountName,
            String customerEmail,
            String accountDomain,
            String noteToCustomer,
            String userEmails,
            String noteToUsers,
            String customerLanguage,
            String justification) {
        // Tidying may lengthen: a domain in another script grows when it is written in ASCII.
        return new RequestDetails(
                StoredText.of(oneLine(accountName)),
                StoredText.of(tidyAddress(customerEmail)),
                StoredText.of(
                        DomainName.parse(accountDomain).map(DomainName::value).orElse(oneLine(accountDomain))),
                StoredText.of(noteToCustomer),
                StoredText.of(String.join("\n", withoutDuplicates(userEmails))),
                StoredText.of(noteToUsers),
                customerLanguage.isBlank() ? ORIGINAL_LANGUAGE : StoredText.of(oneLine(customerLanguage)),
                StoredText.of(justification));
    }

    /** The same request with another approver. */
    RequestDetails withApprover(EmailAddress approver) {
        return new RequestDetails(
                accountName,
                approver.toString(),
                accountDomain,
                noteToCustomer,
                userEmails,
                noteToUsers,
                customerLanguage,
                justification);
    }

    /** Whether the account has a name that somebody could read out; spaces and signs are none. */
    public boolean hasName() {
        return isName(accountName);
    }

    /** Whether somebody could read that out. */
    public static boolean isName(String text) {
        return text.codePoints().anyMatch(Character::isLetterOrDigit);
    }

    /** The added users' addresses in the order in which they were typed. */
    public List<String> addedUsers() {
        return split(userEmails);
    }

    private static List<String> withoutDuplicates(String typed) {
        Map<String, String> byMailbox = new LinkedHashMap<>();
        for (String address : split(typed)) {
            String tidy = tidyAddress(address);
            byMailbox.putIfAbsent(tidy.toLowerCase(Locale.ROOT), tidy);
        }
        return List.copyOf(byMailbox.values());
    }

    private static List<String> split(String addresses) {
        return Arrays.stream(SEPARATORS.split(addresses))
                .filter(address -> !address.isEmpty())
                .collect(Collectors.toList());
    }

    private static String tidyAddress(String typed) {
        Optional<EmailAddress> address = EmailAddress.parse(typed);
        return address.map(EmailAddress::toString).orElse(oneLine(typed));
    }

    private static String oneLine(String typed) {
        String visible = INVISIBLE.matcher(typed).replaceAll("");
        return LINE_BREAKS_AND_CONTROLS.matcher(visible).replaceAll(" ").strip();
    }
}
