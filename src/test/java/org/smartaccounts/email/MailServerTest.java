package org.smartaccounts.email;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.smartaccounts.support.ApplicationTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/** For how long a connection to the mail server is used. */
class MailServerTest extends ApplicationTest {

    @Autowired
    JavaMailSenderImpl settings;

    @Test
    void aConnectionIsUsedForSoManyEmails() throws MessagingException {
        assertThat(connectionsForFourEmails(2)).isEqualTo(2);
        assertThat(connectionsForFourEmails(1)).isEqualTo(4);
        assertThat(connectionsForFourEmails(100)).isEqualTo(1);
    }

    private int connectionsForFourEmails(int messages) throws MessagingException {
        MailServer server = new MailServer(
                settings,
                new EmailProperties(
                        "a@accounts.example",
                        "",
                        new EmailProperties.Connections(2, Duration.ofMinutes(1), Duration.ofMinutes(5), messages)));
        int before = relay.connections();
        for (int count = 0; count < 4; count++) {
            MimeMessage message = settings.createMimeMessage();
            MimeMessageHelper helper = new MimeMessageHelper(message);
            helper.setFrom("a@accounts.example");
            helper.setTo("b@customer.example");
            helper.setSubject("About nothing");
            helper.setText("Nothing");
            message.saveChanges();
            assertThat(server.accept(message)).startsWith("250");
        }
        server.destroy();
        return relay.connections() - before;
    }
}
