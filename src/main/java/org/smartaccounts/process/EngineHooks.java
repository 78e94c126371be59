package org.smartaccounts.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskBpmnErrorCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskEscalationCmd;
import org.camunda.bpm.engine.impl.cmd.StartProcessInstanceAtActivitiesCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ProcessDefinitionImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Where every process of ours takes hold of the engine below its public interface, since the interface has no such place:
 *
 * <ul>
 *   <li>listeners for the {@link ProcessGuard}s, which belong to a process whatever its diagram says;
 *   <li>a {@link Refusal} comes out of the engine as what the web applications answer with 400, and show to the user, when a form is
 *       submitted or a task completed; from a task listener it would come wrapped, as 500;
 *   <li>what people do without Tasklist, the application does for them, who may not touch the engine's tasks.
 * </ul>
 *
 * The guards are looked up when they are first needed: they need the engine, which is still being built here.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE) // what a guard has put right is what others are told of
public class EngineHooks extends AbstractProcessEnginePlugin {

    private final ObjectProvider<ProcessGuard> guards;
    private final ObjectProvider<Wording> wording;
    private @Nullable ProcessEngineConfigurationImpl configuration;

    EngineHooks(ObjectProvider<ProcessGuard> guards, ObjectProvider<Wording> wording) {
        this.guards = guards;
        this.wording = wording;
    }

    /** Lets the application itself use the engine; who is logged in stays known. */
    public <T> T asTheApplication(Callable<T> act) {
        return Objects.requireNonNull(configuration)
                .getCommandExecutorTxRequired()
                .execute(context -> context.runWithoutAuthorization(act));
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        configuration = engine;
        engine.setCustomPostBPMNParseListeners(plus(engine.getCustomPostBPMNParseListeners(), new GuardListener()));
        engine.setCustomPreCommandInterceptorsTxRequired(
                plus(engine.getCustomPreCommandInterceptorsTxRequired(), new RefusalInterceptor()));
    }

    /** Of a list of the engine's configuration, which may not be there yet, one that is longer. */
    public static <T> List<T> plus(@Nullable List<T> some, T another) {
        List<T> all = some == null ? new ArrayList<>() : new ArrayList<>(some);
        all.add(another);
        return all;
    }

    private final class GuardListener extends AbstractBpmnParseListener {

        @Override
        public void parseProcess(Element element, ProcessDefinitionEntity process) {
            process.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener)
                    instance -> guardOf(process).ifPresent(guard -> begin(guard, instance)));
            process.addBuiltInListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) instance -> {
                if (instance.isCanceled()) {
                    guardOf(process).ifPresent(guard -> guard.deleted(instance));
                }
            });
        }

        @Override
        public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
            TaskDefinition definition = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
            ProcessDefinitionImpl process = activity.getProcessDefinition();
            definition.addBuiltInTaskListener(
                    TaskListener.EVENTNAME_UPDATE, task -> guardOf(process).ifPresent(guard -> guard.update(task)));
            definition.addBuiltInTaskListener(
                    TaskListener.EVENTNAME_COMPLETE, task -> guardOf(process).ifPresent(guard -> guard.complete(task)));
        }

        private void begin(ProcessGuard guard, DelegateExecution instance) {
            Command<?> command = Context.getCommandInvocationContext().getCommand();
            guard.begin(instance, !(command instanceof StartProcessInstanceAtActivitiesCmd));
        }

        private Optional<ProcessGuard> guardOf(ProcessDefinitionImpl process) {
            return guards.stream()
                    .filter(guard -> process instanceof ProcessDefinitionEntity definition
                            && guard.process().equals(definition.getKey()))
                    .findFirst();
        }
    }

    private final class RefusalInterceptor extends CommandInterceptor {

        @Override
        public <T> T execute(Command<T> command) {
            try {
                if (command instanceof HandleTaskBpmnErrorCmd || command instanceof HandleTaskEscalationCmd) {
                    // It would go past the guard, to events that mean something else.
                    throw wording.getObject().refusal("refusal.error");
                }
                return next.execute(command);
            } catch (OptimisticLockingException e) {
                if (isForm(command) && Context.getCommandContext() == null && isSomebodyLoggedIn()) {
                    throw new FormFieldValidationException(
                            null, wording.getObject().text("refusal.changed"), e);
                }
                throw e;
            } catch (RuntimeException e) {
                throw Refusal.behind(e)
                        .<RuntimeException>map(
                                refusal -> new FormFieldValidationException(null, refusal.getMessage(), refusal))
                        .orElse(e);
            }
        }

        private static boolean isForm(Command<?> command) {
            return command instanceof SubmitTaskFormCmd || command instanceof CompleteTaskCmd;
        }

        private boolean isSomebodyLoggedIn() {
            return Objects.requireNonNull(configuration).getIdentityService().getCurrentAuthentication() != null;
        }
    }
}
