package org.smartaccounts.request;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.MultiInstanceActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.helper.BpmnProperties;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.incident.DefaultIncidentHandler;
import org.camunda.bpm.engine.impl.incident.IncidentContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.PvmActivity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ProcessDefinitionImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.runtime.Incident;
import org.smartaccounts.process.EngineHooks;
import org.smartaccounts.process.ProcessVocabulary;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Where a request takes hold of the engine below its public interface, beyond what {@link EngineHooks} does for every process: listeners
 * for {@link DeadlineKeeper} and {@link EmailPlan}, which is also told of incidents. The emails of every process that is about a request
 * are planned here.
 *
 * <p>What is hooked in is looked up when it is first needed: it needs the engine, which is still being built here.
 */
@Component
class RequestEngineHooks extends AbstractProcessEnginePlugin {

    private static final String SEND_TASK = "sendTask";

    private final Set<String> aboutRequests;
    private final ObjectProvider<DeadlineKeeper> deadlines;
    private final ObjectProvider<EmailPlan> emails;

    RequestEngineHooks(
            List<ProcessVocabulary> processes,
            ObjectProvider<DeadlineKeeper> deadlines,
            ObjectProvider<EmailPlan> emails) {
        this.aboutRequests = processes.stream()
                .filter(ProcessVocabulary::isAboutRequest)
                .map(ProcessVocabulary::process)
                .collect(Collectors.toUnmodifiableSet());
        this.deadlines = deadlines;
        this.emails = emails;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        engine.setCustomIncidentHandlers(EngineHooks.plus(engine.getCustomIncidentHandlers(), new EmailIncidents()));
        engine.setCustomPostBPMNParseListeners(
                EngineHooks.plus(engine.getCustomPostBPMNParseListeners(), new RequestParseListener()));
    }

    private final class RequestParseListener extends AbstractBpmnParseListener {

        @Override
        public void parseSubProcess(Element element, ScopeImpl scope, ActivityImpl activity) {
            if (isAboutRequest(activity.getProcessDefinition())) {
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
            if (isAboutRequest(scope.getProcessDefinition()) && isSendTask(flow.getDestination())) {
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
    }

    private static boolean isRequest(ProcessDefinitionImpl process) {
        return ProcessElements.PROCESS.equals(keyOf(process));
    }

    private boolean isAboutRequest(ProcessDefinitionImpl process) {
        return aboutRequests.contains(keyOf(process));
    }

    private static String keyOf(ProcessDefinitionImpl process) {
        return process instanceof ProcessDefinitionEntity definition ? definition.getKey() : "";
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
            if (execution != null && isAboutRequest(execution.getProcessDefinition())) {
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
}
