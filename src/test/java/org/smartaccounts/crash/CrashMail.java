package org.smartaccounts.crash;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.development.Mailbox;
import org.smartaccounts.email.Mailer;

/**
 * A real SMTP server, and before it a relay with a door for each node, which knows what was accepted from whom, and can be as difficult as mail
 * servers are. It never takes an email and then keeps that to itself, but for the node that is killed in that moment.
 */
final class CrashMail implements AutoCloseable {

    /** What kind of day the mail server has. */
    enum Day {
        GOOD,
        /** Nobody is there. */
        DOWN,
        /** Everything takes its time. */
        SLOW,
        /** Nothing is taken, for now. */
        REFUSING,
        /** No answer comes. */
        HANGING
    }

    /**
     * An email that the server has taken.
     *
     * @param at    {@link System#nanoTime()}
     * @param about the number of a request or a case
     * @param token the last part of the link by which one decides or replies; empty if there is none in it
     */
    record Accepted(String node, long at, String messageId, String to, String template, String about, String token) {}

    static final String BOUNCES = "bounces";

    private static final Pattern NUMBER = Pattern.compile("(SAR|CASE)-[0-9]+");
    private static final Pattern TOKEN = Pattern.compile("/(?:activation|case)/(\\S+)");
    private static final Path NOTICE = Path.of("src/test/resources/bounces/postfix.eml");
    private static final long SLOW_MILLIS = 250;

    private final GreenMail server = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort(),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP).dynamicPort()
    });
    private final List<ServerSocket> doors = new ArrayList<>();
    private final Queue<Accepted> accepted = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> inFlight = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Consumer<Accepted>> atAcceptance = new AtomicReference<>();
    private volatile Day day = Day.GOOD;

    private final GreenMailUser bounces;

    CrashMail() {
        server.start();
        bounces = server.setUser("bounces@smartaccounts.example", BOUNCES, Node.PASSWORD);
    }

    /** Where what comes back is read. */
    int returnMailboxPort() {
        return server.getImap().getPort();
    }

    /** An email comes back, hours after it was accepted. */
    void comesBack(Accepted email) {
        try {
            bounces.deliver(mime(Files.readString(NOTICE)
                    .replace("RECIPIENT", email.to())
                    .replace("MESSAGE_ID", email.messageId())
                    .replace("\n", "\r\n")));
        } catch (MessagingException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The port of a new door. */
    int openFor(String node) {
        try {
            ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            doors.add(door);
            daemon(() -> {
                while (!door.isClosed()) {
                    Socket client = door.accept();
                    daemon(() -> relay(node, client));
                }
            });
            return door.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void have(Day next) {
        synchronized (this) {
            day = next;
            notifyAll();
        }
    }

    /** At the next acceptance this is done before the node hears of it. */
    void atNextAcceptance(Consumer<Accepted> act) {
        atAcceptance.set(act);
    }

    void forgetWhatToDo() {
        atAcceptance.set(null);
    }

    boolean isToDo() {
        return atAcceptance.get() != null;
    }

    List<Accepted> accepted() {
        return List.copyOf(accepted);
    }

    int count() {
        return accepted.size();
    }

    /** How many emails a node is handing over at this moment. */
    int inFlight(String node) {
        return inFlightOf(node).get();
    }

    private AtomicInteger inFlightOf(String node) {
        return inFlight.computeIfAbsent(node, name -> new AtomicInteger());
    }

    private void relay(String node, Socket client) throws IOException {
        try (client;
                Socket behind = new Socket(
                        InetAddress.getLoopbackAddress(), server.getSmtp().getPort());
                BufferedReader commands = reader(client);
                BufferedReader answers = reader(behind)) {
            if (day == Day.DOWN) {
                return;
            }
            passOn(answers, client);
            for (String command = commands.readLine(); command != null; command = commands.readLine()) {
                if (!takesPart()) {
                    return;
                }
                String refusal = refusal(command);
                if (!refusal.isEmpty()) {
                    write(client, refusal);
                    continue;
                }
                write(behind, command);
                passOn(answers, client);
                if (command.equalsIgnoreCase("DATA")) {
                    inFlightOf(node).incrementAndGet();
                    try {
                        String message = message(commands);
                        if (!takesPart()) {
                            return;
                        }
                        write(behind, message + ".");
                        String answer = answers.readLine();
                        if (answer.startsWith("250")) {
                            isAccepted(node, message);
                        }
                        write(client, answer);
                    } finally {
                        inFlightOf(node).decrementAndGet();
                    }
                }
            }
        }
    }

    private void isAccepted(String node, String message) {
        Accepted email = read(node, message);
        accepted.add(email);
        @Nullable Consumer<Accepted> act = atAcceptance.getAndSet(null);
        if (act != null) {
            act.accept(email);
        }
    }

    private static Accepted read(String node, String message) {
        try {
            MimeMessage mime = mime(message.replace("\r\n..", "\r\n."));
            Matcher number = NUMBER.matcher(mime.getSubject());
            Matcher token = TOKEN.matcher(Mailbox.part(mime, "text/plain"));
            return new Accepted(
                    node,
                    System.nanoTime(),
                    mime.getMessageID(),
                    String.valueOf(mime.getAllRecipients()[0]),
                    String.valueOf(mime.getHeader(Mailer.TEMPLATE_HEADER, null)),
                    number.find() ? number.group() : "",
                    token.find() ? token.group(1) : "");
        } catch (MessagingException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static MimeMessage mime(String text) throws MessagingException {
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Waits as long as the server takes; false if it is not there any more. */
    private boolean takesPart() {
        try {
            if (day == Day.SLOW) {
                Thread.sleep(SLOW_MILLIS);
            }
            synchronized (this) {
                boolean hung = day == Day.HANGING;
                while (day == Day.HANGING) {
                    wait();
                }
                return !hung && day != Day.DOWN;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String refusal(String command) {
        String lower = command.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("rcpt to:")) {
            return "";
        }
        if (lower.startsWith("rcpt to:<refused")) {
            return "550 5.1.1 There is nobody of that name here";
        }
        return day == Day.REFUSING ? "451 4.3.0 Come back later" : "";
    }

    private static String message(BufferedReader commands) throws IOException {
        StringBuilder message = new StringBuilder();
        while (true) {
            String line = Objects.requireNonNullElse(commands.readLine(), "\0");
            if (line.equals(".")) {
                return message.toString();
            }
            if (line.equals("\0")) {
                throw new IOException("It breaks off");
            }
            message.append(line).append("\r\n");
        }
    }

    private static void passOn(BufferedReader answers, Socket client) throws IOException {
        String line;
        do {
            line = answers.readLine();
            if (line == null) {
                throw new IOException("The server has hung up");
            }
            write(client, line);
        } while (line.length() > 3 && line.charAt(3) == '-');
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    private static void write(Socket to, String line) throws IOException {
        to.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One of them has hung up.
                    }
                },
                "crash-mail");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        have(Day.DOWN);
        for (ServerSocket door : doors) {
            try {
                door.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        server.stop();
    }
}
