package org.smartaccounts.email;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailException;

/**
 * No mail server took the email. Its message, which comes to logs, has only the numbers of the server's answer; the words mostly repeat
 * the recipient's address, and are in the ledger.
 */
public class EmailNotAcceptedException extends MailException {

    private static final long serialVersionUID = 1L;

    /** RFC 5321 and RFC 3463. */
    private static final Pattern NUMBERS = Pattern.compile("[2-5]\\d\\d(?:[ -][245]\\.\\d{1,3}\\.\\d{1,3})?\\b");

    private final String answer;

    /** @param cause one that does not repeat what the server said about a recipient */
    EmailNotAcceptedException(String answer, @Nullable Throwable cause) {
        super("No mail server took the email" + numbersOf(answer), cause);
        this.answer = answer;
    }

    private static String numbersOf(String answer) {
        Matcher numbers = NUMBERS.matcher(answer);
        return numbers.lookingAt() ? ", the answer was " + numbers.group() : "";
    }

    /** What the mail server said, or what happened instead, one line of at most 500 characters. */
    public String answer() {
        return answer;
    }
}
