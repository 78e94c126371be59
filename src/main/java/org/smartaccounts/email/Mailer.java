package org.smartaccounts.email;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.util.Date;
import java.util.regex.Pattern;
import org.springframework.context.MessageSource;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** Writes an email from its template and hands it to the mail server. */
@Component
public class Mailer {

    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");

    /** Names the template in each message. */
    public static final String TEMPLATE_HEADER = "Smart-Account-Email";

    private final JavaMailSender sender;
    private final ITemplateEngine templates;
    private final MessageSource messages;
    private final EmailProperties properties;
    private final Clock clock;

    Mailer(
            JavaMailSender sender,
            ITemplateEngine templates,
            MessageSource messages,
            EmailProperties properties,
            Clock clock) {
        this.sender = sender;
        this.templates = templates;
        this.messages = messages;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Writes and sends. When this returns, a mail server has accepted the message; whether it arrives nobody knows yet.
     *
     * @throws org.springframework.mail.MailException if no server accepted it
     */
    public void send(Email email) {
        MimeMessage message = sender.createMimeMessage();
        try {
            MimeMessageHelper helper = new MimeMessageHelper(message, true);
            helper.setSentDate(Date.from(clock.instant()));
            helper.setFrom(properties.from());
            helper.setTo(email.to());
            helper.setSubject(subject(email));
            helper.setText(render(email, ".txt"), render(email, ""));
            message.setHeader("Content-Language", email.language().toLanguageTag());
            // For mail rules, and for whoever reads a mail server's log.
            message.setHeader(TEMPLATE_HEADER, email.template());
            // Nobody should answer for the person who is away.
            message.setHeader("Auto-Submitted", "auto-generated");
        } catch (MessagingException e) {
            throw new IllegalStateException("The email %s could not be written".formatted(email.template()), e);
        }
        sender.send(message);
    }

    private String subject(Email email) {
        Object[] nameAndNumber = {
            email.facts().get("accountName"), email.facts().get("requestNumber")
        };
        String subject =
                messages.getMessage("email.%s.subject".formatted(email.template()), nameAndNumber, email.language());
        // A header is one line, whatever the name of the account contains.
        return CONTROLS.matcher(subject).replaceAll(" ");
    }

    private String render(Email email, String suffix) {
        Context context = new Context(email.language(), email.facts());
        context.setVariable("template", email.template());
        return templates.process("email/" + email.template() + suffix, context);
    }
}
