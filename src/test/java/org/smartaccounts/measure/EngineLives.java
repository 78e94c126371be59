package org.smartaccounts.measure;

import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.springframework.context.ConfigurableApplicationContext;

/** Lives on an engine in this JVM, whose job executor works when it is told to. */
public abstract class EngineLives implements Lives {

    private final ConfigurableApplicationContext application;

    protected EngineLives(ConfigurableApplicationContext application) {
        this.application = application;
    }

    /** In which the engine is. */
    public ConfigurableApplicationContext application() {
        return application;
    }

    @Override
    public void resume() {
        application.getBean(JobExecutor.class).start();
    }

    @Override
    public void pause() {
        application.getBean(JobExecutor.class).shutdown();
    }

    @Override
    public void close() {
        application.close();
    }
}
