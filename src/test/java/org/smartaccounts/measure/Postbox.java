package org.smartaccounts.measure;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.StreamProvider;
import java.util.Arrays;
import java.util.List;
import org.eclipse.angus.mail.util.MailStreamProvider;

/**
 * A real SMTP server that keeps what it is sent, all of it in one place: with a mailbox for everybody, each email would look through those of
 * all who have been written to before.
 */
public final class Postbox implements AutoCloseable {

    private final GreenMail server =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());

    public Postbox() {
        // Otherwise it looks through all jars for who can read it, with each part of each email.
        System.setProperty(StreamProvider.class.getName(), MailStreamProvider.class.getName());
        server.start();
        GreenMailUser everybody = server.setUser("everybody@accounts.example", "");
        server.getUserManager().setMessageDeliveryHandler((message, recipient) -> everybody);
    }

    public int port() {
        return server.getSmtp().getPort();
    }

    /** By which the application tells one email from another, of everything that was sent. */
    public List<String> messageIds() {
        return Arrays.stream(server.getReceivedMessages()).map(Postbox::id).toList();
    }

    private static String id(MimeMessage message) {
        try {
            return message.getMessageID();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Forgets what it was sent so far. */
    void empty() {
        try {
            server.purgeEmailFromAllMailboxes();
        } catch (FolderException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
