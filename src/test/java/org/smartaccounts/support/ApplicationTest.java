package org.smartaccounts.support;

import java.util.List;
import java.util.Map;
import org.camunda.community.process_test_coverage.spring_test.common.ProcessEngineCoverageProperties;
import org.camunda.community.process_test_coverage.spring_test.platform7.ProcessEngineCoverageConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.smartaccounts.development.MailRelay;
import org.smartaccounts.development.Mailbox;
import org.smartaccounts.development.TimeMachine;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.TestSocketUtils;

/**
 * A test in the whole application: engine, database, web server and SMTP server are real. The job executor is off, so that each job runs
 * when the test says so. All such tests share one application and one database; each works with requests of its own.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT,
        properties = {"camunda.bpm.job-execution.enabled=false", "smart-accounts.keep.at=-"})
@Import({ApplicationTest.Coverage.class, Statements.class})
public abstract class ApplicationTest {

    @Autowired
    protected Tasklist tasklist;

    @Autowired
    protected Jobs jobs;

    @Autowired
    protected Mailbox mailbox;

    @Autowired
    protected MailRelay relay;

    @Autowired
    protected TimeMachine clock;

    @Autowired
    protected JdbcClient database;

    @Value("${PUBLIC_URL}")
    protected String url = "";

    /** Of every development user. */
    @Value("${development.password}")
    protected String password = "";

    @DynamicPropertySource
    static void freePorts(DynamicPropertyRegistry registry) {
        int port = TestSocketUtils.findAvailableTcpPort();
        int mailPort = TestSocketUtils.findAvailableTcpPort();
        registry.add("PORT", () -> port);
        registry.add("PUBLIC_URL", () -> "http://localhost:" + port);
        registry.add("MAIL_PORT", () -> mailPort);
    }

    /** A development user at a browser, who has logged in. */
    protected Visitor loggedIn(String user) {
        Visitor visitor = new Visitor(url);
        if (visitor.logIn(user, password).statusCode() != HttpStatus.FOUND.value()) {
            throw new AssertionError(user + " cannot log in");
        }
        // With a page of theirs the web applications begin.
        visitor.get("/camunda/app/welcome/default/");
        return visitor;
    }

    @AfterEach
    void returnToPresent() {
        clock.returnToPresent();
    }

    /** All tests come from one address. */
    @AfterEach
    void nobodyHasTriedTooOften() {
        database.sql("DELETE FROM rate_limit").update();
    }

    @TestConfiguration
    @Import(ProcessEngineCoverageConfiguration.class)
    static class Coverage {

        /** A picture of what each class covers is in {@code target/process-test-coverage}; what is not covered is in the log. */
        @Bean
        @Primary
        ProcessEngineCoverageProperties coverage() {
            return new ProcessEngineCoverageProperties(
                    true,
                    true,
                    List.of(),
                    List.of(PathsTaken.CONDITION),
                    Map.of(),
                    List.of(),
                    "target/process-test-coverage");
        }
    }
}
