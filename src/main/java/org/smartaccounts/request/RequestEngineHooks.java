package org.smartaccounts.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.MultiInstanceActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.helper.BpmnProperties;
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
import org.camunda.bpm.engine.impl.incident.DefaultIncidentHandler;
import org.camunda.bpm.engine.impl.incident.IncidentContext;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.PvmActivity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ProcessDefinitionImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.runtime.Incident;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Where the code takes hold of the engine below its public interface, since the interface has no such place:
 *
 * <ul>
 *   <li>listeners that belong to the process whatever its diagram says, for {@link RequestGuard}, {@link DeadlineKeeper} and
 *       {@link EmailPlan}, which is also told of incidents;
 *   <li>a {@link Refusal} comes out of the engine as what the web applications answer with 400, and show to the user, when a form is
 *       submitted or a task completed; from a task listener it would come wrapped, as 500.
 *   <li>what {@link RequestProcess} does, it does for people who may not touch the engine's tasks: {@link Authority} has decided.
 * </ul>
 *
 * What is hooked in is looked up when it is first needed: it needs the engine, which is still being built here.
 */
@Component
class RequestEngineHooks extends AbstractProcessEnginePlugin {

    private static final String SEND_TASK = "sendTask";

    private final ObjectProvider<RequestGuard> guard;
    private final ObjectProvider<DeadlineKeeper> deadlines;
    private final ObjectProvider<EmailPlan> emails;
    private final ObjectProvider<Wording> wording;
    private @Nullable ProcessEngineConfigurationImpl configuration;

    RequestEngineHooks(
            ObjectProvider<RequestGuard> guard,
            ObjectProvider<DeadlineKeeper> deadlines,
            ObjectProvider<EmailPlan> emails,
            ObjectProvider<Wording> wording) {
        this.guard = guard;
        this.deadlines = deadlines;
        this.emails = emails;
        this.wording = wording;
    }

    /** Lets the application itself use the engine; who is logged in stays known. */
    <T> T asTheApplication(Callable<T> act) {
        return Objects.requireNonNull(configuration)
                .getCommandExecutorTxRequired()
                .execute(context -> context.runWithoutAuthorization(act));
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        configuration = engine;
        engine.setCustomIncidentHandlers(plus(engine.getCustomIncidentHandlers(), new EmailIncidents()));
        engine.setCustomPostBPMNParseListeners(
                plus(engine.getCustomPostBPMNParseListeners(), new RequestParseListener()));
        engine.setCustomPreCommandInterceptorsTxRequired(
                plus(engine.getCustomPreCommandInterceptorsTxRequired(), new RefusalInterceptor()));
    }

    private static <T> List<T> plus(@Nullable List<T> some, T another) {
        List<T> all = some == null ? new ArrayList<>() : new ArrayList<>(some);
        all.add(another);
        return all;
    }

    private final class RequestParseListener extends AbstractBpmnParseListener {

        @Override
        public void parseProcess(Element element, ProcessDefinitionEntity process) {
            if (isRequest(process)) {
                process.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) this::begin);
                process.addBuiltInListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) this::end);
            }
        }

        @Override
        public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
            if (isRequest(activity.getProcessDefinition())) {
                TaskDefinition task = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
                task.addBuiltInTaskListener(
                        TaskListener.EVENTNAME_UPDATE,
                        guarded -> guard.getObject().update(guarded));
                task.addBuiltInTaskListener(
                        TaskListener.EVENTNAME_COMPLETE,
                        guarded -> guard.getObject().complete(guarded));
            }
        }

        @Override
        public void parseSubProcess(Element element, ScopeImpl scope, ActivityImpl activity) {
            if (isRequest(activity.getProcessDefinition())) {
                activity.addBuiltInListener(ExecutionListener.EVENTNAME_END, (ExecutionListener)
                        part -> emails.getObject().drop(part));
            }
        }

        @Override
        public void parseIntermediateTimerEventDefinition(Element definition, ActivityImpl timer) {
            if (isRequest(timer.getProcessDefinition()) && timer.getId().equals(ProcessElements.WAIT_EXPIRED)) {
                timer.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) this::keepDeadline);
            }
        }

        /** In version 1.0.0 the timer is beside the wait, and starts with it. */
        @Override
        public void parseBoundaryTimerEventDefinition(Element definition, boolean interrupting, ActivityImpl timer) {
            if (isRequest(timer.getProcessDefinition()) && timer.getId().equals(ProcessElements.WAIT_EXPIRED)) {
                ((ActivityImpl) timer.getEventScope())
                        .addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) this::keepDeadline);
            }
        }

        @Override
        public void parseSequenceFlow(Element element, ScopeImpl scope, TransitionImpl flow) {
            String target = element.attribute("targetRef");
            if (isRequest(scope.getProcessDefinition()) && isSendTask(flow.getDestination())) {
                flow.addBuiltInListener(ExecutionListener.EVENTNAME_TAKE, (ExecutionListener)
                        execution -> emails.getObject().plan(execution, target));
            }
        }

        private static boolean isSendTask(PvmActivity activity) {
            boolean loop = ((ActivityImpl) activity).getActivityBehavior() instanceof MultiInstanceActivityBehavior;
            return loop
                    ? activity.getActivities().stream().anyMatch(RequestParseListener::isSendTask)
                    : SEND_TASK.equals(activity.getProperty(BpmnProperties.TYPE.getName()));
        }

        private void begin(DelegateExecution request) {
            Command<?> command = Context.getCommandInvocationContext().getCommand();
            guard.getObject().begin(request, !(command instanceof StartProcessInstanceAtActivitiesCmd));
        }

        private void end(DelegateExecution request) {
            if (request.isCanceled()) {
                guard.getObject().deleted(request);
            }
        }

        private void keepDeadline(DelegateExecution wait) {
            // The timer exists before its listeners are told; a query would not see it before the commit.
            JobEntity timer = ((ExecutionEntity) wait)
                    .getJobs().stream()
                            .filter(job -> ProcessElements.WAIT_EXPIRED.equals(job.getActivityId()))
                            .findFirst()
                            .orElseThrow(() ->
                                    new IllegalStateException("The wait has no timer " + ProcessElements.WAIT_EXPIRED));
            deadlines
                    .getObject()
                    .keep(wait.getProcessBusinessKey(), timer.getDuedate().toInstant());
        }

        private static boolean isRequest(ProcessDefinitionImpl process) {
            return process instanceof ProcessDefinitionEntity definition
                    && Objects.equals(definition.getKey(), ProcessElements.PROCESS);
        }
    }

    /** What the administrators are told, the ledger of emails is told too. */
    private final class EmailIncidents extends DefaultIncidentHandler {

        EmailIncidents() {
            super(Incident.FAILED_JOB_HANDLER_TYPE);
        }

        @Override
        public Incident handleIncident(IncidentContext context, String message) {
            ExecutionEntity execution =
                    Context.getCommandContext().getExecutionManager().findExecutionById(context.getExecutionId());
            if (execution != null && RequestParseListener.isRequest(execution.getProcessDefinition())) {
                emails.getObject()
                        .gaveUp(
                                execution.getBpmnModelInstance(),
                                execution.getId(),
                                execution.getProcessBusinessKey(),
                                context.getActivityId());
            }
            return super.handleIncident(context, message);
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
