package org.smartaccounts.development;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the application and the mail server, and does what mail servers and networks do on a bad day, recipient by recipient. Until
 * it is told to, it only passes on. An address that begins with {@code refused} never exists, for whoever tries the application out.
 */
public final class MailRelay implements Closeable {

    /** What happens to an email. */
    private enum Fault {
        /** The server takes it, and the connection is gone before it can say so. */
        CUT_AFTER_ACCEPTANCE,
        /** The connection is gone in the middle of the email. */
        CUT_IN_THE_MIDDLE,
        /** Nobody answers any more. */
        SILENCE,
        /** The answer has to wait. */
        HOLD
    }

    private static final String NEVER_EXISTS = "refused";

    private final int port;
    private final IntSupplier serverPort;
    private final Map<String, String> refusals = new ConcurrentHashMap<>();
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile CountDownLatch released = new CountDownLatch(0);
    private final AtomicInteger held = new AtomicInteger();
    private @Nullable ServerSocket listener;

    /**
     * @param port       where it listens
     * @param serverPort where the mail server does
     */
    public MailRelay(int port, IntSupplier serverPort) {
        this.port = port;
        this.serverPort = serverPort;
    }

    public void start() {
        comeBack();
    }

    /** Answers to a recipient: a refusal for good ({@code 550 …}) or for now ({@code 450 …}). */
    public void refuse(String address, String answer) {
        refusals.put(address.toLowerCase(Locale.ROOT), answer);
    }

    /** Takes the address again. */
    public void allow(String address) {
        refusals.remove(address.toLowerCase(Locale.ROOT));
    }

    /** The server will take the next email to that address, and nobody will hear it say so. */
    public void cutAfterAcceptanceOf(String address) {
        faults.put(address.toLowerCase(Locale.ROOT), Fault.CUT_AFTER_ACCEPTANCE);
    }

    /** The next email to that address breaks off. */
    public void cutInTheMiddleOf(String address) {
        faults.put(address.toLowerCase(Locale.ROOT), Fault.CUT_IN_THE_MIDDLE);
    }

    /** There will be no answer to the next email to that address. */
    public void keepSilentAbout(String address) {
        faults.put(address.toLowerCase(Locale.ROOT), Fault.SILENCE);
    }

    /** The server takes the next email to that address, and its answer waits until it is let go. */
    public void holdAnswerTo(String address) {
        released = new CountDownLatch(1);
        faults.put(address.toLowerCase(Locale.ROOT), Fault.HOLD);
    }

    /** Whether an answer is being held. */
    public boolean isHolding() {
        return held() > 0;
    }

    /** How many answers are being held. */
    public int held() {
        return held.get();
    }

    public void letGo() {
        released.countDown();
    }

    private void hold() {
        held.incrementAndGet();
        try {
            if (!released.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("An answer was never let go");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            held.decrementAndGet();
        }
    }

    /** How many connections there have been so far. */
    public int connections() {
        return accepted.get();
    }

    /** Hangs up on everybody, as a server does that is started again. */
    public void hangUp() {
        open.forEach(Connection::close);
    }

    /** Takes the mail server away. */
    public synchronized void goDown() {
        try {
            if (listener != null) {
                listener.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hangUp();
    }

    /** And brings it back. */
    public synchronized void comeBack() {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            listener = socket;
            daemon(() -> accept(socket));
        } catch (IOException e) {
            throw new UncheckedIOException("No mail relay at port " + port, e);
        }
    }

    private void accept(ServerSocket socket) {
        while (true) {
            try {
                Socket client = socket.accept();
                accepted.incrementAndGet();
                Connection connection =
                        new Connection(client, new Socket(InetAddress.getLoopbackAddress(), serverPort.getAsInt()));
                open.add(connection);
                connection.begin();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "mail-relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        goDown();
    }

    private final class Connection {

        private final Socket client;
        private final Socket server;
        private volatile @Nullable Fault fault;
        private volatile boolean awaitsLastAnswer;

        Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void begin() {
            daemon(this::passOnCommands);
            daemon(this::passOnAnswers);
        }

        private void passOnCommands() {
            try (BufferedReader commands = reader(client)) {
                boolean inData = false;
                for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                    if (inData) {
                        inData = !line.equals(".");
                        awaitsLastAnswer = !inData;
                        if (fault == Fault.CUT_IN_THE_MIDDLE && line.isEmpty()) {
                            break;
                        }
                        write(server, line);
                    } else if (!answered(line)) {
                        inData = line.equalsIgnoreCase("DATA");
                        write(server, line);
                    }
                }
            } catch (IOException e) {
                // One of them has hung up.
            }
            close();
        }

        /** Whether it was answered here. */
        private boolean answered(String command) throws IOException {
            String lower = command.toLowerCase(Locale.ROOT);
            if (!lower.startsWith("rcpt to:<")) {
                return false;
            }
            String address = lower.substring("rcpt to:<".length(), lower.indexOf('>'));
            fault = faults.remove(address);
            @Nullable
            String refusal = address.startsWith(NEVER_EXISTS)
                    ? "550 5.1.1 <%s>: there is nobody of that name here".formatted(address)
                    : refusals.get(address);
            if (refusal == null) {
                return false;
            }
            if (fault == Fault.HOLD) {
                hold();
            }
            write(client, refusal);
            return true;
        }

        private void passOnAnswers() {
            try (BufferedReader answers = reader(server)) {
                for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                    if (awaitsLastAnswer && fault == Fault.SILENCE) {
                        continue;
                    }
                    if (awaitsLastAnswer && fault == Fault.CUT_AFTER_ACCEPTANCE) {
                        break;
                    }
                    if (awaitsLastAnswer && fault == Fault.HOLD) {
                        hold();
                    }
                    write(client, line);
                }
            } catch (IOException e) {
                // One of them has hung up.
            }
            close();
        }

        private static BufferedReader reader(Socket socket) throws IOException {
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        private static void write(Socket to, String line) throws IOException {
            OutputStream out = to.getOutputStream();
            out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        void close() {
            open.remove(this);
            try (client;
                    server) {
                // Both.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
