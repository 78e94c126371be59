package org.smartaccounts.security;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;
import org.smartaccounts.email.EmailLedger;
import org.smartaccounts.process.DiagramVocabulary;
import org.smartaccounts.security.Finding.State;
import org.springframework.stereotype.Component;

/** The account has ended in another way: nothing is to be decided any more, and nobody has to be told what is not so any more. */
@Component
class EndFindingsDelegate implements JavaDelegate {

    private final Findings findings;
    private final EmailLedger ledger;

    EndFindingsDelegate(Findings findings, EmailLedger ledger) {
        this.findings = findings;
        this.ledger = ledger;
    }

    @Override
    public void execute(DelegateExecution execution) {
        findings.decide(execution.getProcessBusinessKey(), State.ENDED, "", "");
        ledger.dropAll(execution.getProcessBusinessKey(), emailsOf(execution));
    }

    private static List<String> emailsOf(DelegateExecution execution) {
        return execution.getBpmnModelInstance().getModelElementsByType(CamundaInputParameter.class).stream()
                .filter(input -> DiagramVocabulary.EMAIL_TEMPLATE.equals(input.getCamundaName()))
                .map(CamundaInputParameter::getTextContent)
                .distinct()
                .toList();
    }
}
