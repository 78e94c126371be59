package org.smartaccounts.bounce;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where the mailbox is that undeliverable emails come back to.
 *
 * @param host     its IMAP server; empty if there is none
 * @param port     of the server
 * @param user     whose mailbox
 * @param password of the user
 * @param tls      whether to speak TLS from the first byte; otherwise it is used where the server offers it
 * @param folder   what is read of it
 */
@Validated
@ConfigurationProperties("smart-accounts.return-mailbox")
record ReturnMailboxProperties(
        String host,
        @Min(1) @Max(65535) int port,
        String user,
        String password,
        boolean tls,
        @NotBlank String folder) {

    boolean isConfigured() {
        return !host.isBlank();
    }

    /** The password stays out of logs. */
    @Override
    public String toString() {
        return "ReturnMailboxProperties[%s:%d]".formatted(host, port);
    }
}
