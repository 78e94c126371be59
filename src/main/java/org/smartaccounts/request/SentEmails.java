package org.smartaccounts.request;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.email.EmailKey;
import org.smartaccounts.email.EmailLedger;
import org.springframework.stereotype.Component;

/** What the diagram asks about emails: who was told, and who could not be. */
@Component
public class SentEmails {

    /** The template of what asks the customer. */
    static final String INSTRUCTIONS = "activationInstructions";
    /** The template of what tells the added users. */
    static final String WELCOME = "welcome";

    /** The templates of what tells the requester that an address is refused; not true any more when there is another. */
    static final List<String> ABOUT_A_REFUSAL = List.of("addressRefused", "correctionReminder");

    private static final String REMINDER = "reminder";
    private static final String EXPIRY_WARNING = "expiryWarning";

    /** The templates of what has a link by which the approver can decide, the most frequent first. */
    private static final List<String> ASKING = List.of(INSTRUCTIONS, REMINDER, "accountReinstatedForApprover");

    /** The templates of what asks for a decision, or warns that none was made: nobody can decide while the account is suspended. */
    static final List<String> NOT_WHILE_SUSPENDED = List.of(INSTRUCTIONS, REMINDER, EXPIRY_WARNING);

    private final SmartAccounts accounts;
    private final EmailLedger ledger;

    SentEmails(SmartAccounts accounts, EmailLedger ledger) {
        this.accounts = accounts;
        this.ledger = ledger;
    }

    /** Whether the present approver has been asked to decide; if the account was suspended at first, not by the activation instructions. */
    public boolean approverWasAsked(DelegateExecution execution) {
        SmartAccount account = account(execution);
        String approver = account.details().customerEmail();
        return ASKING.stream()
                .anyMatch(template -> ledger.wasSent(new EmailKey(account.requestNumber(), template, approver)));
    }

    /** Whether the requester has been warned that the time is running out, or is about to be. */
    public boolean requesterWasWarned(DelegateExecution execution) {
        SmartAccount account = account(execution);
        return ledger.wasPlanned(new EmailKey(
                account.requestNumber(), EXPIRY_WARNING, account.requester().email()));
    }

    /** What the mail server said when it refused the present approver's address; empty if it did not. */
    public String answerToApprover(DelegateExecution execution) {
        SmartAccount account = account(execution);
        return ledger.lastFailure(account.requestNumber(), account.details().customerEmail());
    }

    /** Whether some added users could not be told of their access. */
    public boolean usersRefused(DelegateExecution execution) {
        return !ledger.failedRecipients(execution.getProcessBusinessKey(), WELCOME)
                .isEmpty();
    }

    private SmartAccount account(DelegateExecution execution) {
        return accounts.get(execution.getProcessBusinessKey());
    }
}
