package org.smartaccounts.request;

import java.util.List;
import java.util.Locale;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.language.Languages;
import org.springframework.stereotype.Component;

/** Whom the diagram means when it says to whom an email goes, and in which language that person is written to. */
@Component
class Recipients {

    static final String REQUESTER = "requester";
    static final String APPROVER = "approver";
    static final String ADDED_USER = "addedUser";

    private final Languages languages;

    Recipients(Languages languages) {
        this.languages = languages;
    }

    /** The addresses: one, but for the added users. */
    List<String> addressesOf(String recipient, SmartAccount account) {
        return switch (recipient) {
            case REQUESTER -> List.of(account.requester().email());
            case APPROVER -> List.of(account.details().customerEmail());
            case ADDED_USER -> account.details().addedUsers();
            default -> throw new IllegalStateException("%s is nobody to write to".formatted(recipient));
        };
    }

    /** The partner reads in the requester's language, the customer in the one that the requester chose. */
    Locale languageOf(String recipient, SmartAccount account) {
        return languages.orOriginal(
                recipient.equals(REQUESTER)
                        ? account.requester().language()
                        : account.details().customerLanguage());
    }
}
