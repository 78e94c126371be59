package org.smartaccounts.measure;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.TransactionState;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.smartaccounts.process.EngineHooks;

/** Tells a client, without asking the database, when its request waits for the customer, and when it has ended. */
public final class Milestones extends AbstractProcessEnginePlugin {

    private static final String ACTIVATE = "Activity_activateSmartAccount";
    private static final long PATIENCE_SECONDS = 60;

    private final Map<String, CompletableFuture<Boolean>> reached = new ConcurrentHashMap<>();

    /** From now on somebody waits for what this request reaches. */
    public void follow(String businessKey) {
        reached.put(ACTIVATE + businessKey, new CompletableFuture<>());
        reached.put(businessKey, new CompletableFuture<>());
    }

    /** Waits until the customer can decide. */
    public void awaitCustomersTurn(String businessKey) {
        await(ACTIVATE + businessKey);
    }

    /** Waits until everybody was told and the request has ended. */
    public void awaitEnd(String businessKey) {
        await(businessKey);
    }

    private void await(String milestone) {
        Objects.requireNonNull(reached.get(milestone))
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        reached.remove(milestone);
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        engine.setCustomPostBPMNParseListeners(EngineHooks.plus(
                engine.getCustomPostBPMNParseListeners(), new AbstractBpmnParseListener() {

                    @Override
                    public void parseProcess(Element element, ProcessDefinitionEntity process) {
                        process.addBuiltInListener(ExecutionListener.EVENTNAME_END, (ExecutionListener)
                                instance -> whenCommitted(instance, ""));
                    }

                    @Override
                    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
                        if (activity.getId().equals(ACTIVATE)) {
                            ((UserTaskActivityBehavior) activity.getActivityBehavior())
                                    .getTaskDefinition()
                                    .addBuiltInTaskListener(
                                            TaskListener.EVENTNAME_CREATE,
                                            task -> whenCommitted(task.getExecution(), ACTIVATE));
                        }
                    }
                }));
    }

    private void whenCommitted(DelegateExecution execution, String prefix) {
        CompletableFuture<Boolean> waiting = reached.get(prefix + execution.getProcessBusinessKey());
        if (waiting != null) {
            Context.getCommandContext()
                    .getTransactionContext()
                    .addTransactionListener(TransactionState.COMMITTED, context -> waiting.complete(true));
        }
    }
}
