package org.smartaccounts.email;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/** What stands on the envelope of an email, so that it is known again when it comes back. */
class EnvelopeTest {

    private static final String ID = "<6f1b9c52-0d6e-4f43-9f0e-9a8a4a5f3c11@accounts.example>";

    private final Queue<String> commands = new ConcurrentLinkedQueue<>();
    private ServerSocket listener;
    private volatile String offers = "";

    @BeforeEach
    void start() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread server = new Thread(this::serve, "smtp");
        server.setDaemon(true);
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        listener.close();
    }

    @Test
    void aServerThatCanSayWhatBecameOfItIsToldItsIdAndWhereToSayIt() throws MessagingException {
        offers = "250-DSN\r\n";

        send("bounces@accounts.example");

        assertThat(commands)
                .contains("MAIL FROM:<bounces@accounts.example> RET=HDRS ENVID=" + ID.substring(1, ID.length() - 1))
                .contains("RCPT TO:<anna@customer.example> NOTIFY=FAILURE")
                .contains("Message-ID: " + ID, "From: no-reply@accounts.example");
    }

    @Test
    void anyOtherIsToldWhereItComesBackTo() throws MessagingException {
        send("bounces@accounts.example");

        assertThat(commands)
                .contains("MAIL FROM:<bounces@accounts.example>", "RCPT TO:<anna@customer.example>")
                .contains("Message-ID: " + ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "250-DSN\r\n"})
    void withoutAReturnAddressNothingIsAskedFor(String offered) throws MessagingException {
        offers = offered;

        send("");

        assertThat(commands).contains("MAIL FROM:<no-reply@accounts.example>", "RCPT TO:<anna@customer.example>");
    }

    private void send(String returnAddress) throws MessagingException {
        JavaMailSenderImpl settings = new JavaMailSenderImpl();
        settings.setHost("127.0.0.1");
        settings.setPort(listener.getLocalPort());
        MailServer server = new MailServer(
                settings,
                new EmailProperties(
                        "no-reply@accounts.example",
                        returnAddress,
                        new EmailProperties.Connections(1, Duration.ofMinutes(1), Duration.ofMinutes(5), 1)));
        MimeMessage message = settings.createMimeMessage();
        MimeMessageHelper helper = new MimeMessageHelper(message);
        helper.setFrom("no-reply@accounts.example");
        helper.setTo("anna@customer.example");
        helper.setSubject("About nothing");
        helper.setText("Nothing");
        message.saveChanges();
        message.setHeader("Message-ID", ID);
        assertThat(server.accept(message)).startsWith("250");
        server.destroy();
    }

    private void serve() {
        try (Socket client = listener.accept();
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
            answer(client, "220 here\r\n");
            boolean inData = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                commands.add(line);
                if (inData) {
                    inData = !line.equals(".");
                    if (!inData) {
                        answer(client, "250 taken\r\n");
                    }
                } else if (line.startsWith("EHLO")) {
                    answer(client, "250-here\r\n" + offers + "250 8BITMIME\r\n");
                } else if (line.equals("DATA")) {
                    inData = true;
                    answer(client, "354 go on\r\n");
                } else {
                    answer(client, "250 fine\r\n");
                }
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private static void answer(Socket client, String words) throws IOException {
        client.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
    }
}
