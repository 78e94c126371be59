package org.smartaccounts.email;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.Properties;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/**
 * How much faster emails go out through {@link MailServer} than through Spring's sender, which opens a connection for each. Both ways send the same emails to the same mail
 * server, in turns; the ratio of the medians is what counts. Not a test: run its {@code main} on the test class path.
 */
final class MailServerBenchmark {

    private static final int EMAILS = 100;
    private static final int ROUNDS = 5;

    private MailServerBenchmark() {}

    public static void main(String[] arguments) throws MessagingException {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.INFO);
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());
        server.start();
        JavaMailSenderImpl sender = sender(server);
        MailServer again = new MailServer(
                sender(server),
                new EmailProperties(
                        "a@accounts.example",
                        "",
                        new EmailProperties.Connections(8, Duration.ofSeconds(30), Duration.ofMinutes(5), 100)));
        MimeMessage email = email(sender);
        Consumer<MimeMessage> oneEach = sender::send;
        Consumer<MimeMessage> usedAgain = again::accept;

        double[] ratios = new double[ROUNDS];
        for (int round = -2; round < ROUNDS; round++) {
            long each = nanosFor(oneEach, email, server);
            long reused = nanosFor(usedAgain, email, server);
            if (round >= 0) {
                ratios[round] = (double) each / reused;
            }
        }
        Arrays.sort(ratios);
        LoggerFactory.getLogger(MailServerBenchmark.class)
                .info("{} emails, median of {} rounds: {} times as fast", EMAILS, ROUNDS, ratios[ROUNDS / 2]);
        again.destroy();
        server.stop();
    }

    private static JavaMailSenderImpl sender(GreenMail server) {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(server.getSmtp().getPort());
        sender.setJavaMailProperties(new Properties());
        return sender;
    }

    private static MimeMessage email(JavaMailSenderImpl sender) throws MessagingException {
        MimeMessage message = sender.createMimeMessage();
        MimeMessageHelper helper = new MimeMessageHelper(message, true);
        helper.setFrom("a@accounts.example");
        helper.setTo("b@customer.example");
        helper.setSubject("Your decision is needed");
        helper.setText("x".repeat(2_000), "<p>" + "x".repeat(6_000) + "</p>");
        message.saveChanges();
        return message;
    }

    private static long nanosFor(Consumer<MimeMessage> way, MimeMessage email, GreenMail server) {
        long start = System.nanoTime();
        for (int i = 0; i < EMAILS; i++) {
            way.accept(email);
        }
        long nanos = System.nanoTime() - start;
        empty(server);
        return nanos;
    }

    private static void empty(GreenMail server) {
        try {
            server.purgeEmailFromAllMailboxes();
        } catch (FolderException e) {
            throw new IllegalStateException(e);
        }
    }
}
