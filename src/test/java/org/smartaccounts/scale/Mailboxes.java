package org.smartaccounts.scale;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.Arrays;
import java.util.List;

/** A real SMTP server that keeps what it is sent. */
final class Mailboxes implements AutoCloseable {

    private final GreenMail server =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());

    Mailboxes() {
        server.start();
    }

    int port() {
        return server.getSmtp().getPort();
    }

    /** By which the application tells one email from another, of everything that was sent. */
    List<String> messageIds() {
        return Arrays.stream(server.getReceivedMessages()).map(Mailboxes::id).toList();
    }

    private static String id(MimeMessage message) {
        try {
            return message.getMessageID();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
