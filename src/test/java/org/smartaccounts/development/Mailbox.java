package org.smartaccounts.development;

import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.util.GreenMail;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.smartaccounts.email.Mailer;
import org.springframework.stereotype.Component;

/** What has arrived at the SMTP server. */
@Component
public class Mailbox {

    /**
     * An email as its reader sees it.
     *
     * @param template the name of its template
     * @param to       its one recipient
     * @param subject  decoded
     * @param html     the HTML
     * @param text     the plain text
     * @param message  all of it
     */
    public record Received(String template, String to, String subject, String html, String text, MimeMessage message) {

        /** The activation link. */
        public String link() {
            Matcher link = Pattern.compile("https?://\\S+/activation/\\S+").matcher(text);
            if (!link.find()) {
                throw new AssertionError("No activation link in: " + text);
            }
            return link.group();
        }
    }

    private final GreenMail server;

    public Mailbox(GreenMail server) {
        this.server = server;
    }

    /** Everything about one request, oldest first. */
    public List<Received> about(String requestNumber) {
        return all().stream()
                .filter(email -> email.subject().contains(requestNumber))
                .toList();
    }

    /** What one person was told about one request. */
    public List<Received> about(String requestNumber, String to) {
        return about(requestNumber).stream()
                .filter(email -> email.to().equals(to))
                .toList();
    }

    /** The one email to that person about that request. */
    public Received only(String requestNumber, String to) {
        List<Received> emails = about(requestNumber, to);
        if (emails.size() != 1) {
            throw new AssertionError("%d emails to %s about %s".formatted(emails.size(), to, requestNumber));
        }
        return emails.get(0);
    }

    /** Everything since the start, oldest first. */
    public List<Received> all() {
        try {
            List<Received> all = new ArrayList<>();
            // In the order in which they came; the server keeps them by reader.
            List<StoredMessage> stored =
                    new ArrayList<>(server.getManagers().getImapHostManager().getAllMessages());
            stored.sort(Comparator.comparing(StoredMessage::getReceivedDate));
            for (StoredMessage arrived : stored) {
                MimeMessage message = arrived.getMimeMessage();
                all.add(new Received(
                        message.getHeader(Mailer.TEMPLATE_HEADER, null),
                        String.valueOf(message.getAllRecipients()[0]),
                        message.getSubject(),
                        part(message, "text/html"),
                        part(message, "text/plain"),
                        message));
            }
            return all;
        } catch (MessagingException | IOException e) {
            throw new AssertionError("An email cannot be read", e);
        }
    }

    /** The first part of that type; empty if there is none. */
    public static String part(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return String.valueOf(part.getContent()).replace("\r\n", "\n");
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart child = parts.getBodyPart(i);
                String found = part(child, type);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }
}
