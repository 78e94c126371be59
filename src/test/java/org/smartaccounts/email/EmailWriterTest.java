package org.smartaccounts.email;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMultipart;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputOutput;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.DeclineReason;
import org.smartaccounts.account.RequestDetails;
import org.smartaccounts.account.Requester;
import org.smartaccounts.development.Mailbox;
import org.smartaccounts.language.Languages;
import org.smartaccounts.support.ApplicationTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Every email in every language: nothing is missing, and below a translation there is the original. Afterwards they are in
 * {@code target/emails}.
 */
class EmailWriterTest extends ApplicationTest {

    private static final Map<String, Object> FACTS = Map.ofEntries(
            Map.entry("requestNumber", "SAR-123456"),
            Map.entry(
                    "requester",
                    new Requester("paula", "Paula Romano", "paula@partner.example", "p", "Partner & Co", "en")),
            Map.entry("accountName", "Rossi"),
            Map.entry(
                    "details",
                    RequestDetails.typed(
                            "Rossi",
                            "anna@rossi.example",
                            "rossi.example",
                            "A note",
                            "bruno@rossi.example",
                            "Another note",
                            "it",
                            "A reason")),
            Map.entry("activationLink", "https://accounts.example/activation/x"),
            Map.entry("passedOnBy", "giulia@rossi.example"),
            Map.entry("again", true),
            Map.entry("mailServerAnswer", "550 5.1.1 No such user"),
            Map.entry("refusedUsers", List.of("bruno@rossi.example")),
            Map.entry("declineReason", DeclineReason.DUPLICATE),
            Map.entry("declineNote", "We have one."),
            Map.entry("returnReason", "Nobody knows that address."),
            Map.entry("canceledBy", Actor.Role.SUPPORT),
            Map.entry("cancelReason", "Ordered twice."),
            Map.entry("decidedAt", Instant.parse("2027-02-20T13:05:00Z")),
            Map.entry("deadline", Instant.parse("2027-02-20T13:05:00Z")),
            Map.entry("daysLeft", 7L),
            Map.entry("status", AccountStatus.PENDING),
            Map.entry("words", "The button does nothing."),
            Map.entry("answer", "Please try another browser."),
            Map.entry("caseLink", "https://accounts.example/case/x"),
            Map.entry("reportedAt", Instant.parse("2027-01-20T13:05:00Z")),
            Map.entry("replyUntil", Instant.parse("2027-02-20T13:05:00Z")));

    private static final Map<String, String> READERS = readers();

    @Autowired
    EmailWriter writer;

    @Autowired
    MessageSource messages;

    static Stream<Arguments> everyTemplateInEveryLanguage() throws IOException {
        List<Locale> languages = new Languages(new PathMatchingResourcePatternResolver()).all();
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/templates/email"))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".html")
                            && !List.of("layout.html", "parts.html").contains(name))
                    .sorted()
                    .flatMap(name ->
                            languages.stream().map(language -> Arguments.of(name.replace(".html", ""), language)))
                    .toList()
                    .stream();
        }
    }

    /** The reader's program shows the last that it can. */
    @Test
    void itIsTextOrTheSameAsHtmlAndNothingElse() throws MessagingException, IOException {
        EmailKey key = new EmailKey("SAR-123456", "activationInstructions", "reader@rossi.example");
        Map<String, Object> facts = new HashMap<>(FACTS);
        facts.put("reader", "approver");
        var message = writer.write(new Email(key, Locale.JAPANESE, facts), "<id@x>");

        assertThat(message.getContentType()).startsWith("multipart/alternative;");
        assertThat(message.getContent())
                .isInstanceOfSatisfying(
                        MimeMultipart.class,
                        parts -> assertThat(types(parts))
                                .containsExactly("text/plain; charset=UTF-8", "text/html; charset=UTF-8"));
    }

    private static List<String> types(MimeMultipart parts) {
        try {
            List<String> types = new ArrayList<>();
            for (int i = 0; i < parts.getCount(); i++) {
                types.add(parts.getBodyPart(i).getContentType());
            }
            return types;
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("everyTemplateInEveryLanguage")
    void saysTheSameInEveryLanguage(String template, Locale language) throws MessagingException, IOException {
        String reader = Objects.requireNonNull(READERS.get(template));
        boolean aboutCase = template.startsWith("case");
        String number = aboutCase ? "CASE-000123" : "SAR-123456";
        Map<String, Object> facts = new HashMap<>(FACTS);
        facts.put("reader", reader);
        if (aboutCase) {
            facts.put("caseNumber", number);
            facts.remove("requestNumber");
        }
        var message = writer.write(
                new Email(new EmailKey(number, template, "reader@rossi.example"), language, facts), "<id@x>");

        Object[] nameAndNumber = {"Rossi", number};
        String known = aboutCase ? number : "Rossi";
        String subject = messages.getMessage("email.%s.subject".formatted(template), nameAndNumber, language);
        assertThat(message.getSubject()).isEqualTo(subject).contains(known, number);
        assertThat(message.getHeader("Content-Language", null)).isEqualTo(language.toLanguageTag());
        String html = Mailbox.part(message, "text/html");
        String text = Mailbox.part(message, "text/plain");
        keep(html, template, language);
        assertThat(html)
                .contains("<html lang=\"%s\">".formatted(language), "</html>", known, "/report")
                .doesNotContain("??", " th:");
        assertThat(text).contains(known, "/report").doesNotContain("??", "[(", "[#", "[/");

        String help = "%s/help?language=%s#%s".formatted(url, language.toLanguageTag(), reader);
        assertThat(html).contains("href=\"" + help + "\"");
        assertThat(text).contains(help);

        String original =
                messages.getMessage("email.%s.subject".formatted(template), nameAndNumber, Languages.ORIGINAL);
        String footer = messages.getMessage(
                aboutCase ? "email.footer.case" : "email.footer", new Object[] {number}, Languages.ORIGINAL);
        boolean translated = !language.equals(Languages.ORIGINAL);
        assertThat(html.contains("id=\"original\"")).isEqualTo(translated);
        assertThat(html.contains("href=\"#original\"")).isEqualTo(translated);
        if (translated) {
            assertThat(html).contains(original);
            assertThat(text).contains(footer, messages.getMessage("email.translation", null, language));
        }
    }

    /** Who reads which template, as the diagrams say. */
    private static Map<String, String> readers() {
        File[] diagrams =
                Objects.requireNonNull(new File("processes").listFiles((folder, name) -> name.endsWith(".bpmn")));
        return Stream.of(diagrams)
                .flatMap(diagram ->
                        Bpmn.readModelFromFile(diagram).getModelElementsByType(CamundaInputOutput.class).stream())
                .map(mapping -> mapping.getCamundaInputParameters().stream()
                        .collect(Collectors.toMap(
                                CamundaInputParameter::getCamundaName, CamundaInputParameter::getTextContent)))
                .filter(inputs -> inputs.containsKey("emailTemplate"))
                .collect(Collectors.toMap(
                        inputs -> inputs.get("emailTemplate"),
                        inputs -> inputs.get("emailRecipient"),
                        (one, same) -> one));
    }

    /** For whoever wants to look at them. */
    private static void keep(String html, String template, Locale language) throws IOException {
        Path directory = Files.createDirectories(Path.of("target", "emails"));
        Files.writeString(directory.resolve("%s.%s.html".formatted(template, language.toLanguageTag())), html);
    }
}
