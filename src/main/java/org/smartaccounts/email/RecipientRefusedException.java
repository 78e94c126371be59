package org.smartaccounts.email;

/** The mail server refuses the recipient for good (RFC 5321, a reply 5yz to {@code RCPT TO}): to try again is of no use. */
public class RecipientRefusedException extends EmailNotAcceptedException {

    private static final long serialVersionUID = 1L;

    RecipientRefusedException(String answer) {
        super(answer, null);
    }
}
