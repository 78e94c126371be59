package org.smartaccounts.request;

import java.time.Clock;
import java.util.Optional;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.email.EmailLedger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Stops accounts, and lets them go on. A request whose account is suspended waits where it waited: its time goes on and may end it, but
 * nobody is asked or reminded meanwhile, and nothing can be done to it. The account is locked first, so that of those who accept and
 * suspend at the same moment one is too late.
 */
@Component
public class Suspensions {

    private final SmartAccounts accounts;
    private final EmailLedger ledger;
    private final RuntimeService runtime;
    private final Clock clock;

    Suspensions(SmartAccounts accounts, EmailLedger ledger, RuntimeService runtime, Clock clock) {
        this.accounts = accounts;
        this.ledger = ledger;
        this.runtime = runtime;
        this.clock = clock;
    }

    /** Whether licensing support has stopped the account; the diagram wants to know. */
    public boolean isSuspended(DelegateExecution execution) {
        return accounts.get(execution.getProcessBusinessKey()).isSuspended();
    }

    /**
     * Stops an account that is pending or active.
     *
     * @param reason for those who read its timeline
     * @throws IllegalStateException if it has ended, or is suspended
     */
    @Transactional
    public void suspend(String requestNumber, Actor by, String reason) {
        SmartAccount account = accounts.lock(requestNumber);
        account.suspend(by, clock.instant(), reason);
        accounts.save(account);
        ledger.dropAll(requestNumber, SentEmails.NOT_WHILE_SUSPENDED);
    }

    /**
     * Lets a suspended account be again what it was.
     *
     * @param reason for those who read its timeline
     * @throws IllegalStateException if it is not suspended
     */
    @Transactional
    public void reinstate(String requestNumber, Actor by, String reason) {
        SmartAccount account = accounts.lock(requestNumber);
        account.reinstate(by, clock.instant(), reason);
        accounts.save(account);
    }

    /**
     * Ends an account that is pending, active or suspended, and its request, if that still waits for the customer.
     *
     * @param reason for those who read its timeline
     * @throws IllegalStateException if it has ended
     */
    @Transactional
    public void close(String requestNumber, Actor by, String reason) {
        SmartAccount account = accounts.lock(requestNumber);
        boolean undecided = account.isUndecided();
        account.close(by, clock.instant(), reason);
        accounts.save(account);
        if (undecided) {
            endRequest(requestNumber);
        }
    }

    /** Older diagrams know nothing of it: there the request is taken away. */
    private void endRequest(String requestNumber) {
        Optional<Execution> waiting = Optional.ofNullable(runtime.createExecutionQuery()
                .processDefinitionKey(ProcessElements.PROCESS)
                .processInstanceBusinessKey(requestNumber)
                .messageEventSubscriptionName(ProcessElements.CLOSE_ACCOUNT)
                .singleResult());
        waiting.ifPresentOrElse(
                execution -> runtime.messageEventReceived(ProcessElements.CLOSE_ACCOUNT, execution.getId()),
                () -> runtime
                        .createProcessInstanceQuery()
                        .processDefinitionKey(ProcessElements.PROCESS)
                        .processInstanceBusinessKey(requestNumber)
                        .list()
                        .stream()
                        .map(ProcessInstance::getId)
                        .forEach(request -> runtime.deleteProcessInstance(request, "The account was closed")));
    }
}
