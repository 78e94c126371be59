package org.smartaccounts.security;

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
import org.springframework.test.util.TestSocketUtils;

/**
 * How long a check of 100,000 live accounts takes, the first one and the next, and how much memory. One in a hundred is worth noting, and
 * one in five hundred is suspicious. Not a test: run its {@code main} on the test class path; it takes some minutes.
 */
final class SecurityCheckBenchmark {

    private static final Logger LOG = LoggerFactory.getLogger(SecurityCheckBenchmark.class);

    /** As if they had come one after the other in three years, from 200 requesters. No trigger runs, which makes it faster. */
    private static final String ACCOUNTS = """
            SET session_replication_role = replica;
            INSERT INTO smart_account (request_number, version, status, requester_id, requester_name, requester_email, requester_company_id,
                requester_company_name, requested_at, account_name, customer_email, account_domain, note_to_customer, user_emails, note_to_users,
                approver_version, deadline, end_of_wait, decline_note)
            SELECT 'SAR-' || number, 3, CASE WHEN number % 20 = 0 THEN 'PENDING' ELSE 'ACTIVE' END, 'requester-' || number % 200, 'Requester',
                'requester@partner.example', 'company-' || number % 50, 'Company', timestamptz '2026-11-01 12:00Z' - interval '15 minutes' * (20100000 - number),
                'Customer', 'anna@' || CASE WHEN number % 500 = 0 THEN 'trashmail.com' WHEN number % 100 = 1 THEN 'elsewhere.example' ELSE domain END,
                domain, '', 'bruno@' || domain, '', 1, now(), CASE WHEN number % 20 = 0 THEN NULL ELSE now() END, ''
            FROM (SELECT number, left(translate(md5(number::text), '0123456789', 'ghijklmnop'), 14) || '.example' AS domain
                  FROM generate_series(20000000, 20099999) number) named;
            SET session_replication_role = DEFAULT""";

    private SecurityCheckBenchmark() {}

    public static void main(String[] arguments) throws SQLException {
        int port = TestSocketUtils.findAvailableTcpPort();
        try (ConfigurableApplicationContext application = new SpringApplication(SmartAccountsApplication.class)
                .run(
                        "--PORT=" + port,
                        "--PUBLIC_URL=http://localhost:" + port,
                        "--MAIL_PORT=" + TestSocketUtils.findAvailableTcpPort(),
                        "--camunda.bpm.job-execution.enabled=false")) {
            try (Connection connection = DriverManager.getConnection(
                            application.getBean(EmbeddedDatabase.class).getJdbcUrl(), "postgres", "");
                    Statement statement = connection.createStatement()) {
                statement.execute(ACCOUNTS);
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
        application
                .getBean(People.class)
                .as("admin", () -> application.getBean(SecurityChecks.class).begin());
        long most = 0;
        int steps = 0;
        for (List<Job> next = next(management); !next.isEmpty(); next = next(management)) {
            management.executeJob(next.get(0).getId());
            steps++;
            if (steps % 50 == 0) {
                System.gc();
                most = Math.max(
                        most,
                        Runtime.getRuntime().totalMemory()
                                - Runtime.getRuntime().freeMemory());
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
