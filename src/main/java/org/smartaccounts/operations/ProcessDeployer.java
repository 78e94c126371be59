package org.smartaccounts.operations;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Deploys what is in {@code processes/} before anybody can reach the application. The files go in under their bare names, so that an
 * IDE, a jar and every node mean the same, and only a file that differs from the deployed one gets a new version. A model that
 * the engine does not understand stops the start.
 */
@Component
class ProcessDeployer implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(ProcessDeployer.class);

    private static final String DEPLOYMENT = "smart-account-requests";
    private static final String[] PATTERNS = {"classpath:/processes/*.bpmn", "classpath:/processes/*.form"};

    private final RepositoryService repository;
    private final ResourcePatternResolver resources;
    private final LanguageOptions forms;

    ProcessDeployer(RepositoryService repository, ResourcePatternResolver resources, LanguageOptions forms) {
        this.forms = forms;
        this.repository = repository;
        this.resources = resources;
    }

    @Override
    public void afterSingletonsInstantiated() {
        try {
            deploy();
        } catch (IOException e) {
            throw new IllegalStateException("The processes cannot be read", e);
        }
    }

    /** The table and its lists as one: a change of any makes a new version of the table, which knows its lists by its deployment. */
    private void deployRules() throws IOException {
        DeploymentBuilder deployment = repository
                .createDeployment()
                .name("smart-account-rules")
                .source("smart-account-rules")
                .enableDuplicateFiltering(false);
        for (String pattern : new String[] {"classpath:/processes/*.dmn", "classpath:/processes/*.txt"}) {
            for (Resource file : resources.getResources(pattern)) {
                try (InputStream content = file.getInputStream()) {
                    deployment.addInputStream(Objects.requireNonNull(file.getFilename()), content);
                }
            }
        }
        deployment.deploy();
    }

    private void deploy() throws IOException {
        DeploymentBuilder deployment = repository
                .createDeployment()
                .name(DEPLOYMENT)
                .source(DEPLOYMENT)
                .enableDuplicateFiltering(true);
        for (String pattern : PATTERNS) {
            for (Resource file : resources.getResources(pattern)) {
                try (InputStream content = file.getInputStream()) {
                    String name = Objects.requireNonNull(file.getFilename());
                    if (name.endsWith(".form")) {
                        deployment.addString(name, forms.complete(content));
                    } else {
                        deployment.addInputStream(name, content);
                    }
                }
            }
        }
        deployment.deployWithResult();
        deployRules();
        repository
                .createProcessDefinitionQuery()
                .latestVersion()
                .list()
                .forEach(process -> log.info(
                        "Process {} is live in version {} ({})",
                        process.getKey(),
                        process.getVersion(),
                        process.getVersionTag()));
    }
}
