package org.smartaccounts.email;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of all emails.
 *
 * @param from          the sender's address; answers to it should reach people
 * @param returnAddress where what cannot be delivered comes back to, the sender on the envelope; empty if that is the one of {@code from}
 * @param connections   how the mail server is spoken to
 */
@Validated
@ConfigurationProperties("smart-accounts.email")
record EmailProperties(@NotBlank String from, String returnAddress, Connections connections) {

    /** It goes into an SMTP command. */
    private static final Pattern MAIL_ADDRESS = Pattern.compile("[^\\s<>@]+@[^\\s<>@]+");

    /**
     * Bounds for connections that are used again.
     *
     * @param max      how many at the same time
     * @param idle     for how long one is kept without being used; shorter than mail servers do
     * @param age      for how long one is kept at all
     * @param messages how many emails go through one
     */
    record Connections(
            @Min(1) @Max(100) int max,
            Duration idle,
            Duration age,
            @Min(1) int messages) {}

    @AssertTrue(message = "RETURN_ADDRESS must be a mail address such as bounces@example.com")
    boolean isReturnable() {
        return returnAddress.isEmpty() || MAIL_ADDRESS.matcher(returnAddress).matches();
    }

    /** The domain of the sender's address, where the emails' ids are at home. */
    String domain() {
        try {
            String address = new InternetAddress(from, true).getAddress();
            return address.substring(address.lastIndexOf('@') + 1);
        } catch (AddressException e) {
            throw new IllegalStateException("smart-accounts.email.from is no mail address: " + from, e);
        }
    }
}
