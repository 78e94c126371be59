package org.smartaccounts.request;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.email.Email;
import org.smartaccounts.email.EmailKey;
import org.smartaccounts.email.EmailLedger;
import org.smartaccounts.email.Mailer;
import org.smartaccounts.email.RecipientRefusedException;
import org.smartaccounts.process.DiagramVocabulary;
import org.springframework.stereotype.Component;

/**
 * Sends the email that the diagram names, to the person that the diagram names: its inputs are {@code emailTemplate} and
 * {@code emailRecipient} ({@code requester}, {@code approver}, {@code addedUser} or {@code support}). A send task is a save point, so a failing mail
 * server fails this job alone, which is tried again.
 *
 * <p>A recipient whom the mail server refuses for good is no failure. Where the diagram waits for the error {@code addressRefused}, it
 * says what happens then; elsewhere the ledger knows, and the request goes on.
 */
@Component
class SendEmailDelegate implements JavaDelegate {

    private final SmartAccounts accounts;
    private final Recipients recipients;
    private final EmailPlan plan;
    private final EmailLedger ledger;
    private final ActivationLinks links;
    private final Mailer mailer;
    private final TaskService tasks;
    private final Clock clock;

    SendEmailDelegate(
            SmartAccounts accounts,
            Recipients recipients,
            EmailPlan plan,
            EmailLedger ledger,
            ActivationLinks links,
            Mailer mailer,
            TaskService tasks,
            Clock clock) {
        this.accounts = accounts;
        this.recipients = recipients;
        this.plan = plan;
        this.ledger = ledger;
        this.links = links;
        this.mailer = mailer;
        this.tasks = tasks;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        SmartAccount account = accounts.get(execution.getProcessBusinessKey());
        String recipient = RequestVariables.text(execution, DiagramVocabulary.EMAIL_RECIPIENT);
        EmailKey key = new EmailKey(
                account.requestNumber(),
                RequestVariables.text(execution, DiagramVocabulary.EMAIL_TEMPLATE),
                recipient.equals(Recipients.ADDED_USER)
                        ? RequestVariables.text(execution, RequestVariables.ADDED_USER)
                        : recipients.addressesOf(recipient, account).get(0));
        Map<String, Object> facts = facts(account, key, execution);
        if (account.isSuspended() && SentEmails.NOT_WHILE_SUSPENDED.contains(key.template())) {
            ledger.dropAll(account.requestNumber(), List.of(key.template()));
            requireNothingHasChanged(account);
            return;
        }
        // What it links to depends on it: the foot leads to the reader's part of the help.
        facts.put("reader", recipient);
        if (account.status() == AccountStatus.PENDING && recipient.equals(Recipients.APPROVER)) {
            // For nobody else: whoever has the link can decide.
            ActivationLink link = new ActivationLink(account.requestNumber(), account.approverVersion());
            facts.put("activationLink", links.to(link).toString());
        }
        try {
            mailer.send(
                    new Email(key, recipients.languageOf(recipient, account), facts),
                    plan.occurrence(account, execution));
        } catch (RecipientRefusedException e) {
            refused(account, recipient, e, execution);
        }
        if (isBeforeTheWait(account) && recipient.equals(Recipients.APPROVER)) {
            requireNothingHasChanged(account);
        }
    }

    private void refused(
            SmartAccount account, String recipient, RecipientRefusedException refusal, DelegateExecution execution) {
        if (isCaught(execution)) {
            // Whoever sees to it already need not be asked again by each further email, and about a former approver
            // nobody.
            if (!isBeingCorrected(execution) && isStillApprover(account)) {
                throw new BpmnError(ProcessElements.ADDRESS_REFUSED, refusal.answer());
            }
        } else if (recipient.equals(Recipients.APPROVER) && isBeforeTheWait(account)) {
            // The wait may not begin with nobody asked.
            throw refusal;
        }
    }

    private boolean isStillApprover(SmartAccount asked) {
        return accounts.lock(asked.requestNumber()).approverVersion() == asked.approverVersion();
    }

    private boolean isBeingCorrected(DelegateExecution execution) {
        return tasks.createTaskQuery()
                        .processInstanceId(execution.getProcessInstanceId())
                        .taskDefinitionKey(ProcessElements.CORRECT_CUSTOMER_EMAIL)
                        .count()
                > 0;
    }

    private static boolean isCaught(DelegateExecution execution) {
        return execution.getBpmnModelInstance().getModelElementsByType(BoundaryEvent.class).stream()
                .filter(event -> event.getAttachedTo().getId().equals(execution.getCurrentActivityId()))
                .flatMap(event -> event.getEventDefinitions().stream())
                .anyMatch(ErrorEventDefinition.class::isInstance);
    }

    /** While the instructions were under way somebody else may have become the approver, who has to be asked then. */
    private void requireNothingHasChanged(SmartAccount asked) {
        SmartAccount present = accounts.lock(asked.requestNumber());
        if (present.approverVersion() != asked.approverVersion() || present.status() != asked.status()) {
            // Not a failed try: the engine runs the job again, if it is still there.
            throw new OptimisticLockingException("%s has changed meanwhile".formatted(asked.requestNumber()));
        }
    }

    private static boolean isBeforeTheWait(SmartAccount account) {
        return account.status() == AccountStatus.PENDING && account.deadline() == null;
    }

    private Map<String, Object> facts(SmartAccount account, EmailKey key, DelegateExecution execution) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("requestNumber", account.requestNumber());
        facts.put("requester", account.requester());
        facts.put("accountName", account.details().accountName());
        facts.put("status", account.status());
        facts.put("details", account.details());
        facts.put("passedOnBy", account.passedOnBy());
        facts.put("declineNote", account.declineNote());
        facts.put("cancelReason", account.cancelReason());
        facts.put("returnReason", account.returnReason());
        facts.put("again", (Supplier<Object>) () -> ledger.wasSent(key, account.approverVersion()));
        facts.put("mailServerAnswer", (Supplier<Object>) () ->
                ledger.lastFailure(account.requestNumber(), account.details().customerEmail()));
        facts.put("refusedUsers", (Supplier<Object>)
                () -> ledger.failedRecipients(account.requestNumber(), SentEmails.WELCOME));
        Optional.ofNullable(account.declineReason()).ifPresent(reason -> facts.put("declineReason", reason));
        Optional.ofNullable(account.canceledBy()).ifPresent(role -> facts.put("canceledBy", role));
        Optional.ofNullable(account.endOfWait()).ifPresent(end -> facts.put("decidedAt", end));
        Instant now = clock.instant();
        facts.put("daysLeft", account.daysLeftAt(now));
        Optional.ofNullable(deadline(account, key, now, execution))
                .ifPresent(deadline -> facts.put("deadline", deadline));
        return facts;
    }

    /** The instructions are sent a moment before the wait, and with it the time to decide, begins. */
    private static @Nullable Instant deadline(
            SmartAccount account, EmailKey key, Instant now, DelegateExecution execution) {
        return isBeforeTheWait(account) && key.template().equals(SentEmails.INSTRUCTIONS)
                ? TimeToDecide.endIfBegunAt(now, execution)
                : account.deadline();
    }
}
