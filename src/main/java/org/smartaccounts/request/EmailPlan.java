package org.smartaccounts.request;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SendTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputOutput;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.email.EmailKey;
import org.smartaccounts.email.EmailLedger;
import org.smartaccounts.email.Mailer;
import org.smartaccounts.email.Occurrence;
import org.smartaccounts.process.DiagramVocabulary;
import org.springframework.stereotype.Component;

/**
 * Keeps the ledger of emails in step with the process. An email is in the ledger from the moment in which a request comes to its send
 * task, committed with the step before; when the engine gives its job up, or the way to it is closed, the ledger knows that too.
 * {@link RequestEngineHooks} calls it, so that no diagram can forget to.
 */
@Component
class EmailPlan {

    /** The variable in which the process of a review says the how-manieth of its account it is. */
    private static final String REVIEW = "review";

    private final SmartAccounts accounts;
    private final Recipients recipients;
    private final EmailLedger ledger;
    private final Mailer mailer;
    private final RuntimeService runtime;
    private final Clock clock;

    EmailPlan(
            SmartAccounts accounts,
            Recipients recipients,
            EmailLedger ledger,
            Mailer mailer,
            RuntimeService runtime,
            Clock clock) {
        this.accounts = accounts;
        this.recipients = recipients;
        this.ledger = ledger;
        this.mailer = mailer;
        this.runtime = runtime;
        this.clock = clock;
    }

    /** A request comes to a send task. */
    void plan(DelegateExecution execution, String sendTask) {
        SmartAccount account = accounts.get(execution.getProcessBusinessKey());
        plan(account, execution.getBpmnModelInstance(), sendTask, occurrence(account, execution));
    }

    /** What that send task sends is to be sent now. */
    void plan(SmartAccount account, BpmnModelInstance diagram, String sendTask) {
        plan(account, diagram, sendTask, occurrence(account, 0));
    }

    private void plan(SmartAccount account, BpmnModelInstance diagram, String sendTask, Occurrence occurrence) {
        SendTask task = diagram.getModelElementById(sendTask);
        String recipient = input(task, DiagramVocabulary.EMAIL_RECIPIENT);
        for (String address : recipients.addressesOf(recipient, account)) {
            ledger.plan(
                    new EmailKey(account.requestNumber(), input(task, DiagramVocabulary.EMAIL_TEMPLATE), address),
                    occurrence,
                    recipients.languageOf(recipient, account));
        }
    }

    /** Everything in a part of the diagram is over: its emails that still waited are not sent any more. */
    void drop(DelegateExecution part) {
        // Whoever acts locks the account before its emails.
        accounts.lock(part.getProcessBusinessKey());
        FlowNode scope = part.getBpmnModelInstance().getModelElementById(part.getCurrentActivityId());
        List<String> templates = scope.getChildElementsByType(SendTask.class).stream()
                .map(task -> input(task, DiagramVocabulary.EMAIL_TEMPLATE))
                .toList();
        if (!templates.isEmpty()) {
            ledger.dropAll(part.getProcessBusinessKey(), templates);
        }
    }

    /**
     * The engine has given a job up, and has told the administrators.
     *
     * @param diagram     of the request
     * @param execution   in which the job was
     * @param requestNumber whose
     * @param activity    whose job it was
     */
    void gaveUp(BpmnModelInstance diagram, String execution, String requestNumber, String activity) {
        if (diagram.getModelElementById(activity) instanceof SendTask task) {
            String recipient = input(task, DiagramVocabulary.EMAIL_RECIPIENT);
            addressee(recipient, execution, requestNumber)
                    .map(address -> new EmailKey(requestNumber, input(task, DiagramVocabulary.EMAIL_TEMPLATE), address))
                    .ifPresent(mailer::giveUp);
        }
    }

    private Optional<String> addressee(String recipient, String execution, String requestNumber) {
        return recipient.equals(Recipients.ADDED_USER)
                ? Optional.ofNullable(runtime.getVariable(execution, RequestVariables.ADDED_USER))
                        .map(String::valueOf)
                : recipients.addressesOf(recipient, accounts.get(requestNumber)).stream()
                        .findFirst();
    }

    /** Under which occurrence an email of this moment is written down. */
    Occurrence occurrence(SmartAccount account, DelegateExecution execution) {
        String review = RequestVariables.text(execution, REVIEW);
        return occurrence(account, review.isEmpty() ? 0 : Integer.parseInt(review));
    }

    private Occurrence occurrence(SmartAccount account, int review) {
        return new Occurrence(
                account.approverVersion(),
                account.resends(),
                account.status() == AccountStatus.PENDING ? account.daysLeftAt(clock.instant()) : 0,
                review);
    }

    private static String input(SendTask task, String name) {
        return task
                .getExtensionElements()
                .getElementsQuery()
                .filterByType(CamundaInputOutput.class)
                .singleResult()
                .getCamundaInputParameters()
                .stream()
                .filter(input -> name.equals(input.getCamundaName()))
                .map(CamundaInputParameter::getTextContent)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("%s has no input %s".formatted(task.getId(), name)));
    }
}
