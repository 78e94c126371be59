package org.smartaccounts.access;

import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultFailedJobCommandFactory;
import org.springframework.stereotype.Component;

/**
 * A job that somebody wanted to run without being allowed to has not failed. The engine finds out inside the job, would count it as a
 * try and set the next one for ten seconds later: a stranger could make a request expire months before its time.
 */
@Component
class RefusedJobs extends AbstractProcessEnginePlugin {

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        engine.setFailedJobCommandFactory(new DefaultFailedJobCommandFactory() {

            @Override
            public Command<Object> getCommand(String jobId, Throwable exception) {
                return exception instanceof AuthorizationException
                        ? commandContext -> jobId
                        : super.getCommand(jobId, exception);
            }
        });
    }
}
