package org.smartaccounts.request;

import java.util.List;
import java.util.Locale;
import org.smartaccounts.account.EmailAddress;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.language.Languages;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Whom the diagram means when it says to whom an email goes, and in which language that person is written to. */
@Component
class Recipients {

    static final String REQUESTER = "requester";
    static final String APPROVER = "approver";
    static final String ADDED_USER = "addedUser";
    static final String SUPPORT = "support";

    private final Languages languages;

    private final String supportAddress;

    /** @param support the mail address of licensing support; whatever else it is stops the start */
    Recipients(Languages languages, @Value("${smart-accounts.email.support}") String support) {
        this.languages = languages;
        this.supportAddress = EmailAddress.parse(support)
                .orElseThrow(() -> new IllegalStateException("SUPPORT_EMAIL is no mail address: " + support))
                .toString();
    }

    /** The addresses: one, but for the added users. */
    List<String> addressesOf(String recipient, SmartAccount account) {
        return switch (recipient) {
            case REQUESTER -> List.of(account.requester().email());
            case APPROVER -> List.of(account.details().customerEmail());
            case ADDED_USER -> account.details().addedUsers();
            case SUPPORT -> List.of(supportAddress);
            default -> throw new IllegalStateException("%s is nobody to write to".formatted(recipient));
        };
    }

    /** The partner reads in the requester's language, the customer in the one that the requester chose, and support the original. */
    Locale languageOf(String recipient, SmartAccount account) {
        return switch (recipient) {
            case REQUESTER -> languages.orOriginal(account.requester().language());
            case SUPPORT -> Languages.ORIGINAL;
            default -> languages.orOriginal(account.details().customerLanguage());
        };
    }
}
