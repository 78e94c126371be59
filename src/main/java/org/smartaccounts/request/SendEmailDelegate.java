package org.smartaccounts.request;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.email.Email;
import org.smartaccounts.email.Mailer;
import org.springframework.stereotype.Component;

/**
 * Sends the email that the diagram names, to the person that the diagram names: its inputs are {@code emailTemplate} and
 * {@code emailRecipient} ({@code requester}, {@code approver} or {@code addedUser}). A send task is a save point, so a failing mail
 * server fails this job alone, which is tried again.
 */
@Component
class SendEmailDelegate implements JavaDelegate {

    private static final String APPROVER = "approver";

    /** Named, so that people read "UTC". */
    private static final ZoneId UTC = ZoneId.of("UTC");

    private final SmartAccounts accounts;
    private final ActivationLinks links;
    private final Mailer mailer;
    private final Clock clock;

    SendEmailDelegate(SmartAccounts accounts, ActivationLinks links, Mailer mailer, Clock clock) {
        this.accounts = accounts;
        this.links = links;
        this.mailer = mailer;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        SmartAccount account = accounts.get(execution.getProcessBusinessKey());
        String template = RequestVariables.text(execution, RequestVariables.EMAIL_TEMPLATE);
        Instant now = clock.instant();
        Map<String, Object> facts = facts(account);
        if (account.status() == AccountStatus.PENDING) {
            facts.put("deadline", inUtc(deadline(account, now, execution)));
            facts.put("daysLeft", account.daysLeftAt(now));
            if (RequestVariables.text(execution, RequestVariables.EMAIL_RECIPIENT)
                    .equals(APPROVER)) {
                // For nobody else: whoever has the link can decide.
                ActivationLink link = new ActivationLink(account.requestNumber(), account.approverVersion());
                facts.put("activationLink", links.to(link).toString());
            }
        }
        mailer.send(new Email(template, address(account, execution), Locale.ENGLISH, facts));
    }

    /** The instructions are sent a moment before the wait, and with it the time to decide, begins. */
    private static Instant deadline(SmartAccount account, Instant now, DelegateExecution execution) {
        @Nullable Instant deadline = account.deadline();
        return deadline == null ? TimeToDecide.endIfBegunAt(now, execution) : deadline;
    }

    private static String address(SmartAccount account, DelegateExecution execution) {
        String recipient = RequestVariables.text(execution, RequestVariables.EMAIL_RECIPIENT);
        return switch (recipient) {
            case "requester" -> account.requester().email();
            case APPROVER -> account.details().customerEmail();
            case "addedUser" -> RequestVariables.text(execution, RequestVariables.ADDED_USER);
            default ->
                throw new IllegalStateException(
                        "%s at %s is nobody to write to".formatted(recipient, execution.getCurrentActivityId()));
        };
    }

    private static Map<String, Object> facts(SmartAccount account) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("requestNumber", account.requestNumber());
        facts.put("requester", account.requester());
        facts.put("accountName", account.details().accountName());
        facts.put("details", account.details());
        Optional.ofNullable(account.declineReason()).ifPresent(reason -> facts.put("declineReason", reason));
        facts.put("declineNote", account.declineNote());
        Optional.ofNullable(account.deadline()).ifPresent(deadline -> facts.put("deadline", inUtc(deadline)));
        Optional.ofNullable(account.endOfWait()).ifPresent(end -> facts.put("decidedAt", inUtc(end)));
        return facts;
    }

    private static Object inUtc(Instant instant) {
        return instant.atZone(UTC);
    }
}
