package org.smartaccounts.web.requests;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.RequestDetails;

/**
 * What the form of a request sends, or is filled in with. Its methods are public for the template.
 *
 * @param form the form's own number, by which one that is sent twice is known
 */
record TypedRequest(
        @Nullable String form,
        @Nullable String accountName,
        @Nullable String customerEmail,
        @Nullable String accountDomain,
        @Nullable String justification,
        @Nullable String noteToCustomer,
        @Nullable String customerLanguage,
        @Nullable String userEmails,
        @Nullable String noteToUsers) {

    static TypedRequest of(RequestDetails details) {
        return new TypedRequest(
                UUID.randomUUID().toString(),
                details.accountName(),
                details.customerEmail(),
                details.accountDomain(),
                details.justification(),
                details.noteToCustomer(),
                details.customerLanguage(),
                details.userEmails(),
                details.noteToUsers());
    }

    RequestDetails details() {
        return RequestDetails.typed(
                text(accountName),
                text(customerEmail),
                text(accountDomain),
                text(noteToCustomer),
                text(userEmails),
                text(noteToUsers),
                text(customerLanguage),
                text(justification));
    }

    /** What was typed into a field, exactly, to be shown again. */
    public @Nullable String in(String field) {
        return switch (field) {
            case "accountName" -> accountName;
            case "customerEmail" -> customerEmail;
            case "accountDomain" -> accountDomain;
            case "justification" -> justification;
            case "noteToCustomer" -> noteToCustomer;
            case "customerLanguage" -> customerLanguage;
            case "userEmails" -> userEmails;
            case "noteToUsers" -> noteToUsers;
            default -> throw new IllegalArgumentException(field);
        };
    }

    /** The form's number; a new one if somebody has sent what is none. */
    public UUID number() {
        try {
            return UUID.fromString(text(form));
        } catch (IllegalArgumentException e) {
            return UUID.randomUUID();
        }
    }

    private static String text(@Nullable String typed) {
        // As a browser counts: a line break is one character.
        return typed == null ? "" : typed.replace("\r\n", "\n");
    }
}
