package org.smartaccounts.request;

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

    private final SmartAccounts accounts;
    private final EmailLedger ledger;

    SentEmails(SmartAccounts accounts, EmailLedger ledger) {
        this.accounts = accounts;
        this.ledger = ledger;
    }

    /** Whether the present approver has been sent the activation instructions. */
    public boolean approverWasAsked(DelegateExecution execution) {
        SmartAccount account = account(execution);
        return ledger.wasSent(new EmailKey(
                account.requestNumber(), INSTRUCTIONS, account.details().customerEmail()));
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
