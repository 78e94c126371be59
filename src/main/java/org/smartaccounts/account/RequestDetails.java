package org.smartaccounts.account;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
 */
public record RequestDetails(
        String accountName,
        String customerEmail,
        String accountDomain,
        String noteToCustomer,
        String userEmails,
        String noteToUsers) {

    /** A request of which nothing is known yet. */
    public static final RequestDetails NONE = new RequestDetails("", "", "", "", "", "");

    private static final Pattern LINE_BREAKS_AND_CONTROLS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");
    private static final Pattern SEPARATORS = Pattern.compile("[\\s,;]+");

    /** Tidies what was typed. */
    public static RequestDetails typed(
            String accountName,
            String customerEmail,
            String accountDomain,
            String noteToCustomer,
            String userEmails,
            String noteToUsers) {
        return new RequestDetails(
                oneLine(accountName),
                tidyAddress(customerEmail),
                DomainName.parse(accountDomain).map(DomainName::value).orElse(oneLine(accountDomain)),
                noteToCustomer.strip(),
                String.join("\n", withoutDuplicates(userEmails)),
                noteToUsers.strip());
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
        return LINE_BREAKS_AND_CONTROLS.matcher(typed).replaceAll(" ").strip();
    }
}
