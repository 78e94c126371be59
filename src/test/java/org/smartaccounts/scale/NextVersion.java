package org.smartaccounts.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.ProcessInstanceQuery;
import org.smartaccounts.request.ProcessElements;
import org.smartaccounts.support.Releases;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A version of the process after the present one, with the same steps. */
final class NextVersion {

    private static final String TAG = "1.99.0";

    private final JdbcClient jdbc;
    private final Path processes = Releases.processes(Path.of("target", "next"), diagram());

    NextVersion(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static String diagram() {
        return Releases.change(Releases.present(), "versionTag=\"[^\"]+\"", "versionTag=\"%s\"".formatted(TAG));
    }

    /** The folder with it, as an installation may have it. */
    String processes() {
        return processes.toString();
    }

    /** So many requests are on it. */
    long requests() {
        return jdbc.sql("""
                        SELECT count(*) FROM act_ru_execution e JOIN act_re_procdef d ON d.id_ = e.proc_def_id_
                        WHERE version_tag_ = ? AND d.key_ = 'smartAccountRequest' AND parent_id_ IS NULL""").param(TAG).query(Long.class).single();
    }

    /** Whether it is what {@link #requests} asks the database. */
    static boolean isAskedFor(PlanLog.Statement statement) {
        return statement.isAbout("version_tag_ = ");
    }

    /** Deploys it beside the present one, and moves one request to it, which is on it then. */
    static void deployFor(String request, ConfigurableApplicationContext application) {
        RuntimeService runtime = application.getBean(RuntimeService.class);
        ProcessInstanceQuery one = runtime.createProcessInstanceQuery().processInstanceBusinessKey(request);
        String next = application.getBean(Releases.class).deploy(diagram()).getId();
        move(runtime, one.singleResult().getProcessDefinitionId(), next, one);
        assertThat(one.singleResult().getProcessDefinitionId()).isEqualTo(next);
    }

    /** As if it had never been there: whoever keeps the database goes on with the present one. */
    void takeBack(ConfigurableApplicationContext application) {
        RepositoryService repository = application.getBean(RepositoryService.class);
        RuntimeService runtime = application.getBean(RuntimeService.class);
        List<ProcessDefinition> versions = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(ProcessElements.PROCESS)
                .orderByProcessDefinitionVersion()
                .desc()
                .list();
        String next = versions.get(0).getId();
        move(
                runtime,
                next,
                versions.get(1).getId(),
                runtime.createProcessInstanceQuery().processDefinitionId(next));
        repository.deleteDeployment(versions.get(0).getDeploymentId());
    }

    private static void move(RuntimeService runtime, String from, String to, ProcessInstanceQuery requests) {
        MigrationPlan plan =
                runtime.createMigrationPlan(from, to).mapEqualActivities().build();
        runtime.newMigration(plan).processInstanceQuery(requests).execute();
    }
}
