package org.smartaccounts.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smartaccounts.SmartAccountsApplication;
import org.smartaccounts.access.People;
import org.smartaccounts.development.EmbeddedDatabase;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.test.util.TestSocketUtils;

/**
 * How long a check of about 100,000 live accounts takes, the first one and the next, and how much memory. One in a hundred is worth noting, and
 * one in five hundred is suspicious. Not a test: run its {@code main} on the test class path; it takes some minutes.
 */
final class SecurityCheckBenchmark {

    private static final Logger LOG = LoggerFactory.getLogger(SecurityCheckBenchmark.class);

    private static final int FIRST = 20_000_000;
    /** Of which nearly every second is live. */
    private static final int REQUESTS = 230_000;

    private static final String REAL_DOMAINS = """
            SET session_replication_role = replica;
            UPDATE smart_account SET account_domain = domain, customer_email = 'anna@' || CASE
                WHEN substr(request_number, 5)::bigint % 500 = 0 THEN 'trashmail.com'
                WHEN substr(request_number, 5)::bigint % 100 = 1 THEN 'elsewhere.example' ELSE domain END
            FROM (SELECT request_number AS number, left(translate(md5(request_number), '0123456789', 'ghijklmnop'), 14) || '.example' AS domain
                  FROM smart_account) named
            WHERE number = request_number AND request_number >= 'SAR-2';
            SET session_replication_role = DEFAULT""";

    private SecurityCheckBenchmark() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        int port = TestSocketUtils.findAvailableTcpPort();
        try (ConfigurableApplicationContext application = new SpringApplication(SmartAccountsApplication.class)
                .run(
                        "--PORT=" + port,
                        "--PUBLIC_URL=http://localhost:" + port,
                        "--MAIL_PORT=" + TestSocketUtils.findAvailableTcpPort(),
                        "--camunda.bpm.job-execution.enabled=false")) {
            String sql = new ClassPathResource("many-requests.sql").getContentAsString(StandardCharsets.UTF_8);
            try (Connection connection = DriverManager.getConnection(
                            application.getBean(EmbeddedDatabase.class).getJdbcUrl(), "postgres", "");
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute(sql.formatted(FIRST, FIRST + REQUESTS - 1));
                statement.execute(REAL_DOMAINS);
                connection.commit();
                connection.setAutoCommit(true);
                statement.execute("VACUUM ANALYZE");
            }
            check(application, "the first");
            check(application, "the next");
        }
    }

    private static void check(ConfigurableApplicationContext application, String which) {
        ManagementService management = application.getBean(ManagementService.class);
        SecurityCheckRuns runs = application.getBean(SecurityCheckRuns.class);
        long start = System.nanoTime();
        application.getBean(People.class).as("admin", () -> application
                .getBean(SecurityChecks.class)
                .begin());
        long most = 0;
        int steps = 0;
        for (List<Job> next = next(management); !next.isEmpty(); next = next(management)) {
            management.executeJob(next.get(0).getId());
            steps++;
            if (steps % 50 == 0) {
                System.gc();
                most = Math.max(
                        most,
                        Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
            }
        }
        SecurityCheckRun run = runs.last(1).get(0);
        LOG.info(
                "{}",
                "%s: %d accounts in %.0f s and %d steps, %d to review, %d noted, %d known, at most %d MB in use"
                        .formatted(
                                which,
                                run.checked(),
                                (System.nanoTime() - start) / 1e9,
                                steps,
                                run.toReview(),
                                run.watched(),
                                run.known(),
                                most >> 20));
    }

    private static List<Job> next(ManagementService management) {
        return management
                .createJobQuery()
                .messages()
                .processDefinitionKey(SecurityCheckVocabulary.PROCESS)
                .list();
    }
}
