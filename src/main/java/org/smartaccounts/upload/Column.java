package org.smartaccounts.upload;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.smartaccounts.account.RequestDetails;
import org.smartaccounts.account.StoredText;

/** The columns of a file. They have the names of the form's fields, in every language. */
public enum Column {
    ACCOUNT_NAME("accountName", true),
    CUSTOMER_EMAIL("customerEmail", true),
    ACCOUNT_DOMAIN("accountDomain", true),
    JUSTIFICATION("justification", false),
    NOTE_TO_CUSTOMER("noteToCustomer", false),
    CUSTOMER_LANGUAGE("customerLanguage", false),
    USER_EMAILS("userEmails", false),
    NOTE_TO_USERS("noteToUsers", false);

    private final String heading;
    private final boolean required;

    Column(String heading, boolean required) {
        this.heading = heading;
        this.required = required;
    }

    public String heading() {
        return heading;
    }

    /** Whether a file without it is none. */
    public boolean isRequired() {
        return required;
    }

    /** What a request says in this column. */
    public String of(RequestDetails details) {
        return switch (this) {
            case ACCOUNT_NAME -> details.accountName();
            case CUSTOMER_EMAIL -> details.customerEmail();
            case ACCOUNT_DOMAIN -> details.accountDomain();
            case JUSTIFICATION -> details.justification();
            case NOTE_TO_CUSTOMER -> details.noteToCustomer();
            case CUSTOMER_LANGUAGE -> details.customerLanguage();
            case USER_EMAILS -> details.userEmails();
            case NOTE_TO_USERS -> details.noteToUsers();
        };
    }

    /** The column that somebody heads so, in whatever case. */
    static Optional<Column> headed(String typed) {
        return Arrays.stream(values())
                .filter(column -> column.heading.equalsIgnoreCase(typed.strip()))
                .findFirst();
    }

    /** What the cells of a row say, tidied; what is missing is empty. */
    static RequestDetails details(Map<Column, String> cells) {
        // A cell may be as large as the file. What is cut off is far beyond every limit.
        Function<Column, String> text = column -> StoredText.of(cells.getOrDefault(column, ""));
        return RequestDetails.typed(
                text.apply(ACCOUNT_NAME),
                text.apply(CUSTOMER_EMAIL),
                text.apply(ACCOUNT_DOMAIN),
                text.apply(NOTE_TO_CUSTOMER),
                text.apply(USER_EMAILS),
                text.apply(NOTE_TO_USERS),
                text.apply(CUSTOMER_LANGUAGE),
                text.apply(JUSTIFICATION));
    }
}
