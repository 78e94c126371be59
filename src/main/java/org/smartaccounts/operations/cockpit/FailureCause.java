package org.smartaccounts.operations.cockpit;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Why a step of a process has failed, as far as its error tells. What is said of each, and what to do, is in the texts. The first that fits is
 * it: what is known better comes before what is known only roughly.
 */
enum FailureCause {
    RECIPIENT_REFUSED("RecipientRefusedException"),
    MAIL_LOGIN_REFUSED(ofMail("AuthenticationFailedException")),
    MAIL_HOST_UNKNOWN(ofMail("UnknownHostException")),
    MAIL_CONNECTION_REFUSED(ofMail("ConnectException|NoRouteToHostException")),
    MAIL_TIMEOUT(ofMail("SocketTimeoutException")),
    MAIL_ENCRYPTION(ofMail("SSL\\w*Exception|STARTTLS")),
    MAIL_NOT_NOW("No mail server took the email, the answer was 4"),
    MAIL_REFUSED("No mail server took the email, the answer was 5"),
    MAIL_BROKEN_OFF("EmailNotAcceptedException"),
    TEMPLATE_MISSING(
            "Error resolving template|TemplateInputException[\\s\\S]*FileNotFoundException|NoSuchMessageException"),
    TEMPLATE_BROKEN("org\\.thymeleaf\\.exceptions|The email \\S+ about \\S+ could not be written"),
    DATABASE_AWAY(
            "CannotGetJdbcConnectionException|CannotCreateTransactionException|SQLTransientConnectionException"
                    + "|PSQLException: (Connection to|The connection attempt failed|This connection has been closed|An I/O error)"),
    DATABASE_BUSY("CannotAcquireLockException|PessimisticLockingFailureException|deadlock detected|lock timeout"
            + "|could not serialize access"),
    DATABASE("PSQLException|java\\.sql\\.\\w*Exception|org\\.springframework\\.dao|ibatis\\.exceptions"),
    NO_REQUEST("There is no request "),
    ACCOUNT_STATE("SAR-\\d+ is [A-Z_]+, so it cannot be "),
    UNKNOWN_NAME("Unknown property used in expression|Cannot resolve identifier|Unknown method used in expression"),
    UNCAUGHT_ERROR("throws an error event with errorCode"),
    EXPRESSION("Error while evaluating expression|ELException"),
    UNKNOWN("");

    private final Pattern sign;

    FailureCause(String sign) {
        this.sign = Pattern.compile(sign);
    }

    /** The network fails in the same words, whoever uses it. */
    private static String ofMail(String cause) {
        return "EmailNotAcceptedException[\\s\\S]*(" + cause + ")";
    }

    /**
     * What an error tells.
     *
     * @param error its message and its stack trace
     */
    static FailureCause of(String error) {
        return Stream.of(values())
                .filter(cause -> cause.sign.matcher(error).find())
                .findFirst()
                .orElse(UNKNOWN);
    }
}
