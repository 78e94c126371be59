package org.smartaccounts.email;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import jakarta.mail.util.StreamProvider;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.util.MailStreamProvider;
import org.smartaccounts.language.Languages;
import org.smartaccounts.link.ReportLinks;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.TemplateSpec;
import org.thymeleaf.context.Context;
import org.thymeleaf.context.LazyContextVariable;
import org.thymeleaf.templatemode.TemplateMode;

/** Writes an email from its template, as HTML and as plain text. Below a translation there is the original, which counts. */
@Component
class EmailWriter {

    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");

    static {
        // Otherwise each part of each email looks through all jars for who can write it, the one and only.
        System.setProperty(StreamProvider.class.getName(), MailStreamProvider.class.getName());
    }

    private final JavaMailSender sender;
    private final ITemplateEngine templates;
    private final MessageSource messages;
    private final EmailProperties properties;
    private final ReportLinks reportLinks;
    private final Clock clock;
    private final String publicUrl;

    EmailWriter(
            JavaMailSender sender,
            ITemplateEngine templates,
            MessageSource messages,
            EmailProperties properties,
            ReportLinks reportLinks,
            Clock clock,
            @Value("${smart-accounts.activation.public-url}") String publicUrl) {
        this.sender = sender;
        this.templates = templates;
        this.messages = messages;
        this.properties = properties;
        this.reportLinks = reportLinks;
        this.clock = clock;
        // As it comes before a path.
        this.publicUrl = StringUtils.trimTrailingCharacter(publicUrl, '/');
    }

    MimeMessage write(Email email, String messageId) {
        MimeMessage message = sender.createMimeMessage();
        try {
            MimeMessageHelper helper = new MimeMessageHelper(message);
            helper.setSentDate(Date.from(clock.instant()));
            helper.setFrom(properties.from());
            helper.setTo(email.key().recipient());
            helper.setSubject(subject(email, email.language()));
            message.setContent(new MimeMultipart(
                    "alternative",
                    part(text(email), MediaType.TEXT_PLAIN_VALUE),
                    part(html(email), MediaType.TEXT_HTML_VALUE)));
            message.setHeader("Content-Language", email.language().toLanguageTag());
            // For mail rules, and for whoever reads a mail server's log.
            message.setHeader(Mailer.TEMPLATE_HEADER, email.key().template());
            // Nobody should answer for the person who is away.
            message.setHeader("Auto-Submitted", "auto-generated");
            message.saveChanges();
            // Saving gives it another one.
            message.setHeader("Message-ID", messageId);
            return message;
        } catch (MessagingException e) {
            // Its message may repeat the recipient's address, which is not for logs.
            throw new IllegalStateException("The email %s about %s could not be written: %s"
                    .formatted(
                            email.key().template(),
                            email.key().about(),
                            e.getClass().getSimpleName()));
        }
    }

    /** As bytes: what is set as a text is written one byte after the other, and that twice. */
    private static MimeBodyPart part(String content, String type) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(
                new ByteArrayDataSource(content.getBytes(StandardCharsets.UTF_8), type + "; charset=UTF-8")));
        return part;
    }

    private String subject(Email email, Locale language) {
        Object[] nameAndNumber = {email.facts().get("accountName"), email.key().about()};
        String subject =
                messages.getMessage("email.%s.subject".formatted(email.key().template()), nameAndNumber, language);
        // A header is one line, whatever the name of the account contains.
        return CONTROLS.matcher(subject).replaceAll(" ");
    }

    private String html(Email email) {
        Context context = context(email, email.language());
        if (isTranslation(email)) {
            TemplateSpec original = new TemplateSpec(name(email), Set.of("main"), TemplateMode.HTML, null);
            context.setVariable("original", templates.process(original, context(email, Languages.ORIGINAL)));
            context.setVariable("originalHeading", subject(email, Languages.ORIGINAL));
        }
        return templates.process(name(email), context);
    }

    private String text(Email email) {
        String template = name(email) + ".txt";
        String text = templates.process(template, context(email, email.language()));
        if (!isTranslation(email)) {
            return text;
        }
        return "%s\n\n%s\n\n%s"
                .formatted(
                        messages.getMessage("email.translation", null, email.language()),
                        text,
                        templates.process(template, context(email, Languages.ORIGINAL)));
    }

    private static boolean isTranslation(Email email) {
        return !email.language().equals(Languages.ORIGINAL);
    }

    private static String name(Email email) {
        return "email/" + email.key().template();
    }

    private Context context(Email email, Locale language) {
        Context context = new Context(language);
        context.setVariable("publicUrl", publicUrl);
        context.setVariable(
                "reportLink",
                reportLinks.inEmail(
                        email.key().isAboutCase()
                                ? Optional.empty()
                                : Optional.of(email.key().about())));
        email.facts()
                .forEach((name, fact) ->
                        context.setVariable(name, fact instanceof Supplier<?> asked ? onceAsked(asked) : fact));
        return context;
    }

    private static LazyContextVariable<Object> onceAsked(Supplier<?> fact) {
        return new LazyContextVariable<>() {

            @Override
            protected Object loadValue() {
                return fact.get();
            }
        };
    }
}
