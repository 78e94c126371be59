package org.smartaccounts.email;

import org.springframework.mail.MailException;

/** The mail server refuses the recipient for good (RFC 5321, a reply 5yz to {@code RCPT TO}): to try again is of no use. */
public class RecipientRefusedException extends MailException {

    private static final long serialVersionUID = 1L;

    private final String answer;

    RecipientRefusedException(String answer, Throwable cause) {
        super("The mail server refuses the recipient: " + answer, cause);
        this.answer = answer;
    }

    /** What the mail server said, one line of at most 500 characters. */
    public String answer() {
        return answer;
    }
}
