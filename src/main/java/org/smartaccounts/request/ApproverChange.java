package org.smartaccounts.request;

import java.time.Clock;
import java.util.Date;
import java.util.Objects;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.EmailAddress;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.email.EmailLedger;
import org.smartaccounts.process.Refusal;
import org.smartaccounts.process.Wording;
import org.springframework.stereotype.Component;

/** Makes somebody else the approver: in the row, and with it every link, and in what was still to be sent to the one before. */
@Component
class ApproverChange {

    /** As many as a job has at first. */
    private static final int TRIES = 5;

    private final SmartAccounts accounts;
    private final EmailLedger ledger;
    private final EmailPlan plan;
    private final RuntimeService runtime;
    private final RepositoryService repository;
    private final ManagementService management;
    private final Wording wording;
    private final Clock clock;

    ApproverChange(
            SmartAccounts accounts,
            EmailLedger ledger,
            EmailPlan plan,
            RuntimeService runtime,
            RepositoryService repository,
            ManagementService management,
            Wording wording,
            Clock clock) {
        this.accounts = accounts;
        this.ledger = ledger;
        this.plan = plan;
        this.runtime = runtime;
        this.repository = repository;
        this.management = management;
        this.wording = wording;
        this.clock = clock;
    }

    /**
     * @param account locked
     * @param typed   the new approver's address, checked before
     */
    void apply(SmartAccount account, String typed, Actor by) {
        String before = account.details().customerEmail();
        account.changeApprover(EmailAddress.parse(typed).orElseThrow(), by, clock.instant());
        accounts.save(account);
        ledger.dropFor(account.requestNumber(), before);
        ledger.dropAll(account.requestNumber(), SentEmails.ABOUT_A_REFUSAL);
    }

    /**
     * The same while the first instructions are still being tried. Their job looks up the approver at each try, so it only has to be told
     * to try at once, even if it was given up.
     *
     * @throws Refusal if there is no such job at this moment
     */
    void applyWhileSending(SmartAccount account, String typed, Actor by) {
        Job sending = job(account);
        apply(account, typed, by);
        BpmnModelInstance diagram = repository.getBpmnModelInstance(sending.getProcessDefinitionId());
        plan.plan(account, diagram, ProcessElements.SEND_ACTIVATION_INSTRUCTIONS);
        runtime.setVariable(
                sending.getProcessInstanceId(),
                RequestVariables.CUSTOMER_EMAIL,
                account.details().customerEmail());
        // The requester is told as the diagram tells him when it makes the change itself.
        plan.plan(account, diagram, ProcessElements.SEND_APPROVER_CHANGED);
        runtime.createProcessInstanceModification(sending.getProcessInstanceId())
                .startBeforeActivity(ProcessElements.SEND_APPROVER_CHANGED)
                .execute();
        management.setJobRetries(sending.getId(), TRIES);
        management.setJobDuedate(sending.getId(), Date.from(clock.instant()));
    }

    private Job job(SmartAccount account) {
        ProcessInstance instance = Objects.requireNonNull(runtime.createProcessInstanceQuery()
                .processDefinitionKey(ProcessElements.PROCESS)
                .processInstanceBusinessKey(account.requestNumber())
                .singleResult());
        @Nullable
        Job sending = management
                .createJobQuery()
                .processInstanceId(instance.getId())
                .activityId(ProcessElements.SEND_ACTIVATION_INSTRUCTIONS)
                .singleResult();
        if (sending == null) {
            throw wording.refusal("refusal.beingSent", account.requestNumber());
        }
        return sending;
    }
}
