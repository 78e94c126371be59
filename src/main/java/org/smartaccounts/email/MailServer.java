package org.smartaccounts.email;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.NoSuchProviderException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * The mail server, spoken to over connections that are kept for the next email: to greet, encrypt and log in takes longer than to hand an
 * email over. A connection is asked whether it still lives before it is used again, and replaced if it does not, or if it has
 * served its time. One that fails under an email is thrown away; the email is tried again by whoever wanted to send it.
 */
@Component
class MailServer implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(MailServer.class);

    private static final int MAX_ANSWER = 500;
    private static final Pattern WHITE_SPACE_AND_CONTROLS = Pattern.compile("[\\s\\p{Cc}\\p{Zl}\\p{Zp}]+");

    private final GenericObjectPool<SMTPTransport> connections;
    private final String returnAddress;

    MailServer(JavaMailSenderImpl settings, EmailProperties properties) {
        returnAddress = properties.returnAddress();
        EmailProperties.Connections bounds = properties.connections();
        GenericObjectPoolConfig<SMTPTransport> config = new GenericObjectPoolConfig<>();
        config.setMaxTotal(bounds.max());
        config.setMaxIdle(bounds.max());
        config.setTestOnBorrow(true);
        config.setMinEvictableIdleDuration(bounds.idle());
        config.setTimeBetweenEvictionRuns(bounds.idle().dividedBy(2));
        config.setMaxWait(Duration.ofSeconds(30));
        config.setJmxEnabled(false);
        connections = new GenericObjectPool<>(new Connecting(settings, bounds), config);
    }

    /**
     * Hands an email over.
     *
     * @return what the server said, one line of at most 500 characters; it has accepted the email
     * @throws RecipientRefusedException if it will never take it for this recipient
     * @throws EmailNotAcceptedException if it did not accept it now
     */
    String accept(MimeMessage message) {
        SMTPTransport connection = connect();
        boolean usable = false;
        try {
            Address[] recipients = message.getAllRecipients();
            connection.sendMessage(returnAddress.isEmpty() ? message : inEnvelope(message, connection), recipients);
            usable = true;
            return oneLine(connection.getLastServerResponse());
        } catch (MessagingException e) {
            @Nullable SMTPAddressFailedException refused = find(SMTPAddressFailedException.class, e);
            if (refused != null && refused.getReturnCode() >= 500) {
                usable = true;
                throw new RecipientRefusedException(oneLine(refused.getMessage()));
            }
            throw new EmailNotAcceptedException(
                    oneLine(refused == null ? e.getMessage() : refused.getMessage()), find(IOException.class, e));
        } finally {
            release(connection, usable);
        }
    }

    /**
     * Says where the email comes back to, and asks for what makes it known again there (RFC 3461), if the server can be asked: the
     * envelope's id is the email's.
     */
    private SMTPMessage inEnvelope(MimeMessage message, SMTPTransport connection) throws MessagingException {
        SMTPMessage enveloped = new SMTPMessage(message);
        enveloped.setEnvelopeFrom(returnAddress);
        if (connection.supportsExtension("DSN")) {
            enveloped.setNotifyOptions(SMTPMessage.NOTIFY_FAILURE);
            enveloped.setReturnOption(SMTPMessage.RETURN_HDRS);
            String id = message.getMessageID();
            // The ids that the ledger gives have nothing in them that would have to be escaped.
            enveloped.setMailExtension("ENVID=" + id.substring(1, id.length() - 1));
        }
        return enveloped;
    }

    private SMTPTransport connect() {
        try {
            return connections.borrowObject();
        } catch (Exception e) {
            throw new EmailNotAcceptedException(oneLine("No mail server can be reached: " + e.getMessage()), e);
        }
    }

    private void release(SMTPTransport connection, boolean usable) {
        if (usable) {
            connections.returnObject(connection);
            return;
        }
        try {
            connections.invalidateObject(connection);
        } catch (Exception e) {
            throw new IllegalStateException("A broken connection cannot be thrown away", e);
        }
    }

    private static <T extends Exception> @Nullable T find(Class<T> kind, MessagingException e) {
        for (@Nullable Throwable next = e; next != null; next = next.getCause()) {
            if (kind.isInstance(next)) {
                return kind.cast(next);
            }
        }
        return null;
    }

    /** What a server said, as the ledger keeps it: one line of at most 500 characters. */
    static String oneLine(@Nullable String answer) {
        String line = WHITE_SPACE_AND_CONTROLS
                .matcher(Objects.requireNonNullElse(answer, ""))
                .replaceAll(" ")
                .strip();
        return line.length() <= MAX_ANSWER ? line : line.substring(0, MAX_ANSWER - 1) + "…";
    }

    @Override
    public void destroy() {
        connections.close();
    }

    private static final class Connecting extends BasePooledObjectFactory<SMTPTransport> {

        private final JavaMailSenderImpl settings;
        private final EmailProperties.Connections bounds;

        Connecting(JavaMailSenderImpl settings, EmailProperties.Connections bounds) {
            this.settings = settings;
            this.bounds = bounds;
            settings.getJavaMailProperties().put("mail.smtp.socketFactory", new PromptSockets());
        }

        @Override
        public SMTPTransport create() throws MessagingException {
            if (!(settings.getSession().getTransport("smtp") instanceof SMTPTransport transport)) {
                throw new NoSuchProviderException("smtp");
            }
            // Without a user there is no login.
            boolean login = StringUtils.hasText(settings.getUsername());
            transport.connect(
                    settings.getHost(),
                    settings.getPort(),
                    login ? settings.getUsername() : null,
                    login ? settings.getPassword() : null);
            return transport;
        }

        @Override
        public PooledObject<SMTPTransport> wrap(SMTPTransport transport) {
            return new DefaultPooledObject<>(transport);
        }

        @Override
        public boolean validateObject(PooledObject<SMTPTransport> pooled) {
            return pooled.getFullDuration().compareTo(bounds.age()) < 0
                    && pooled.getBorrowedCount() <= bounds.messages()
                    && pooled.getObject().isConnected();
        }

        @Override
        public void destroyObject(PooledObject<SMTPTransport> pooled) {
            try {
                pooled.getObject().close();
            } catch (MessagingException e) {
                // The server was faster.
                log.debug("A connection to the mail server was not closed in order", e);
            }
        }
    }
}
