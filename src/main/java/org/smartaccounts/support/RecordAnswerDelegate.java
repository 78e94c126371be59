package org.smartaccounts.support;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.smartaccounts.email.EmailLedger;
import org.springframework.stereotype.Component;

/** Keeps what support has answered; from this moment it is certain that it is to be sent. */
@Component
class RecordAnswerDelegate implements JavaDelegate {

    private final SupportCases cases;
    private final CaseEmails emails;
    private final EmailLedger ledger;

    RecordAnswerDelegate(SupportCases cases, CaseEmails emails, EmailLedger ledger) {
        this.cases = cases;
        this.emails = emails;
        this.ledger = ledger;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String number = execution.getProcessBusinessKey();
        cases.answer(
                number,
                CaseVariables.text(execution, CaseVariables.SUPPORTER),
                CaseVariables.text(execution, CaseVariables.WORDS));
        SupportCase supportCase = cases.get(number);
        ledger.plan(
                emails.key(supportCase, CaseEmails.ANSWERED, CaseEmails.REPORTER),
                emails.occurrence(supportCase, CaseEmails.ANSWERED),
                supportCase.language());
        // The next form begins empty.
        execution.removeVariable(CaseVariables.WORDS);
    }
}
