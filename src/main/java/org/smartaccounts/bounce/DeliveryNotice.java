package org.smartaccounts.bounce;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a mail server says has become of an email: a delivery status notification (RFC 3464; with addresses of any script, RFC 6533).
 *
 * @param emails   the {@code Message-ID}s by which it names the email, from the envelope and from what was returned of it
 * @param failures those whom it did not reach
 */
record DeliveryNotice(Set<String> emails, List<Failure> failures) {

    /**
     * A recipient whom an email did not reach, and will not.
     *
     * @param addresses the recipient's, as the sender wrote it and as the server read it
     * @param forGood   whether any other email will fare the same (status 5.x.x); otherwise the server has given up after some time
     * @param answer    why, in a server's words; may be empty
     */
    record Failure(Set<String> addresses, boolean forGood, String answer) {}

    /** More than any notice about an email of ours can be about: each goes to one person. */
    private static final int MAX_RECIPIENTS = 20;

    private static final Set<String> STATUS_PARTS = Set.of("message/delivery-status", "message/global-delivery-status");
    private static final Set<String> RETURNED_PARTS = Set.of(
            "message/rfc822",
            "text/rfc822-headers",
            "message/rfc822-headers",
            "message/global",
            "message/global-headers");
    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]{1,400}>");
    private static final Pattern FOR_GOOD = Pattern.compile("\\s*5\\.\\d{1,3}\\.\\d{1,3}\\b.*");

    /** RFC 3461: what may not stand in an envelope's id is written as its number. */
    private static final Pattern ESCAPED = Pattern.compile("\\+([0-9A-F]{2})");

    /**
     * Reads a message.
     *
     * @return empty if it is something else, such as the answer of somebody who is away
     * @throws MessagingException if it says that it is a notice, and cannot be understood
     */
    static Optional<DeliveryNotice> read(MimeMessage message) throws MessagingException, IOException {
        if (!isNotice(message)) {
            return Optional.empty();
        }
        MimeMultipart parts = new MimeMultipart(message.getDataHandler().getDataSource());
        @Nullable DeliveryStatus status = null;
        Set<String> emails = new LinkedHashSet<>();
        for (int i = 0; i < parts.getCount(); i++) {
            BodyPart part = parts.getBodyPart(i);
            String type = new ContentType(part.getContentType()).getBaseType().toLowerCase(Locale.ROOT);
            if (STATUS_PARTS.contains(type)) {
                // From memory: how much is left of another stream it cannot know.
                status = new DeliveryStatus(
                        new ByteArrayInputStream(part.getInputStream().readAllBytes()));
            } else if (RETURNED_PARTS.contains(type)) {
                emails.addAll(messageIds(new InternetHeaders(part.getInputStream())));
            }
        }
        if (status == null) {
            throw new MessagingException("A delivery notice without a status");
        }
        return Optional.of(of(status, emails));
    }

    private static boolean isNotice(MimeMessage message) throws MessagingException {
        if (!message.isMimeType("multipart/report")) {
            return false;
        }
        @Nullable String kind = new ContentType(message.getContentType()).getParameter("report-type");
        // Some leave it out. A receipt for having been read says that it is one.
        return kind == null || STATUS_PARTS.contains("message/" + kind.strip().toLowerCase(Locale.ROOT));
    }

    private static DeliveryNotice of(DeliveryStatus status, Set<String> returned) throws MessagingException {
        List<InternetHeaders> groups = new ArrayList<>();
        groups.add(status.getMessageDSN());
        for (int i = 0; i < Math.min(status.getRecipientDSNCount(), MAX_RECIPIENTS); i++) {
            groups.add(status.getRecipientDSN(i));
        }
        Set<String> emails = new LinkedHashSet<>();
        List<Failure> failures = new ArrayList<>();
        // An empty line at the beginning makes the message's own fields look like a recipient's.
        for (InternetHeaders group : groups) {
            String envelope = value(group, "Original-Envelope-Id");
            if (!envelope.isEmpty()) {
                emails.add("<%s>".formatted(unescaped(envelope)));
            }
            if (value(group, "Action").equalsIgnoreCase("failed")) {
                failures.add(failure(group));
            }
        }
        emails.addAll(returned);
        return new DeliveryNotice(emails, failures);
    }

    private static Failure failure(InternetHeaders recipient) throws MessagingException {
        Set<String> addresses = new LinkedHashSet<>();
        for (String field : List.of("Original-Recipient", "Final-Recipient")) {
            String address = withoutType(value(recipient, field));
            if (!address.isEmpty()) {
                addresses.add(address.replaceFirst("^<(.*)>$", "$1"));
            }
        }
        String status = value(recipient, "Status");
        String diagnosis = withoutType(value(recipient, "Diagnostic-Code"));
        return new Failure(addresses, FOR_GOOD.matcher(status).matches(), diagnosis.isEmpty() ? status : diagnosis);
    }

    private static Set<String> messageIds(InternetHeaders headers) throws MessagingException {
        Matcher id = MESSAGE_ID.matcher(value(headers, "Message-ID"));
        return id.find() ? Set.of(id.group()) : Set.of();
    }

    /** {@code rfc822;anna@customer.example}, {@code smtp; 550 5.1.1 …}. */
    private static String withoutType(String typed) {
        return typed.substring(typed.indexOf(';') + 1).strip();
    }

    private static String value(InternetHeaders headers, String name) throws MessagingException {
        @Nullable String value = headers.getHeader(name, null);
        return value == null ? "" : MimeUtility.unfold(value).strip();
    }

    private static String unescaped(String xtext) {
        return ESCAPED.matcher(xtext)
                .replaceAll(hex -> Matcher.quoteReplacement(new String(
                        new byte[] {(byte) Integer.parseInt(hex.group(1), 16)}, StandardCharsets.ISO_8859_1)));
    }
}
