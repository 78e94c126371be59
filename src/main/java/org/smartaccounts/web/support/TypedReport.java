package org.smartaccounts.web.support;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.EmailAddress;
import org.smartaccounts.support.CaseMessage;
import org.smartaccounts.web.TypedNumber;

/**
 * What the form of a report sends, or is filled in with. Its methods are public for the template.
 *
 * @param words   what happened
 * @param email   where the reporter can be reached
 * @param request the request's number, where the form asks for it
 * @param seal    see {@link FormSeals}
 * @param website what nobody sees, so that only programs fill it in
 */
record TypedReport(
        @Nullable String words,
        @Nullable String email,
        @Nullable String request,
        @Nullable String seal,
        @Nullable String website) {

    /** For somebody whose address is known; empty if it is not. */
    static TypedReport by(String email) {
        return new TypedReport(null, email, null, null, null);
    }

    public String wordsText() {
        return TypedText.of(words);
    }

    public String emailText() {
        return TypedText.of(email);
    }

    public String requestText() {
        return TypedText.of(request).toUpperCase(Locale.ROOT);
    }

    /** The key of what is wrong, by the field. */
    Map<String, String> mistakes() {
        Map<String, String> mistakes = new LinkedHashMap<>();
        if (wordsText().isEmpty()) {
            mistakes.put("words", "report.mistake.words");
        } else if (!CaseMessage.isGood(wordsText())) {
            mistakes.put("words", "report.mistake.wordsLong");
        }
        if (EmailAddress.parse(emailText()).isEmpty()) {
            mistakes.put("email", "report.mistake.email");
        }
        if (!requestText().isEmpty() && TypedNumber.known(requestText()).isEmpty()) {
            mistakes.put("request", "report.mistake.request");
        }
        return mistakes;
    }
}
