package org.smartaccounts.web;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smartaccounts.SmartAccountsApplication;
import org.smartaccounts.development.EmbeddedDatabase;
import org.smartaccounts.support.Visitor;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.test.util.TestSocketUtils;

/**
 * How much longer a page of the list takes with 200,000 requests than with 10: two applications, each with a database of its own, are asked
 * in turns, over HTTP; the ratio of the medians is what counts. Ten requests do not fill a page, and rows take their time to be written; an
 * argument of 5000 instead fills the pages of both, so that only what was searched differs. Not a test: run its {@code main} on the test class
 * path; it takes some minutes.
 */
final class RequestsPageBenchmark {

    private static final Logger LOG = LoggerFactory.getLogger(RequestsPageBenchmark.class);

    private static final int FEWEST = 10;
    private static final int MANY = 200_000;
    private static final int FIRST = 20_000_000;
    private static final int ROUNDS = 60;
    private static final int WARM_UP = 30;

    private RequestsPageBenchmark() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        int fewRequests = arguments.length == 0 ? FEWEST : Integer.parseInt(arguments[0]);
        try (ConfigurableApplicationContext few = application(fewRequests);
                ConfigurableApplicationContext many = application(MANY)) {
            Map<String, String> pages = new LinkedHashMap<>();
            pages.put("paula: hers", "/requests");
            pages.put("paula: her company's", "/requests?scope=company");
            pages.put("paula: active", "/requests?scope=company&status=ACTIVE");
            pages.put("paula: a common word", "/requests?scope=company&search=muster");
            pages.put("paula: a rare word", "/requests?scope=company&search=20000000");
            pages.put("paula: email failed", "/requests?scope=company&attention=EMAIL_FAILED");
            pages.put("paula: expiring", "/requests?scope=company&attention=EXPIRING");
            pages.put("paula: waits for her", "/requests?scope=company&attention=WAITS_FOR_ME");
            pages.put("sam: all", "/requests");
            pages.put("sam: of one company", "/requests?company=alpine-reseller");
            pages.put("sam: active", "/requests?status=ACTIVE");
            pages.put("sam: a common word", "/requests?search=muster");
            pages.put("sam: a rare word", "/requests?search=20000000");
            pages.put("sam: email failed", "/requests?attention=EMAIL_FAILED");
            pages.put("sam: expiring", "/requests?attention=EXPIRING");
            pages.put("sam: waits for him", "/requests?attention=WAITS_FOR_ME");
            pages.put("sam: an old page", "/requests?after=1700000000000000-SAR-000001");
            for (Map.Entry<String, String> page : pages.entrySet()) {
                String person = page.getKey().replaceFirst(":.*", "");
                compare(page.getKey(), page.getValue(), fewRequests, visitor(few, person), visitor(many, person));
            }
        }
    }

    private static void compare(String name, String page, int fewRequests, Visitor few, Visitor many) {
        double[] ofFew = new double[ROUNDS];
        double[] ofMany = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double fewMillis = millisFor(few, page);
            double manyMillis = millisFor(many, page);
            if (round >= 0) {
                ofFew[round] = fewMillis;
                ofMany[round] = manyMillis;
            }
        }
        Arrays.sort(ofFew);
        Arrays.sort(ofMany);
        double few50 = ofFew[ROUNDS / 2];
        double many50 = ofMany[ROUNDS / 2];
        LOG.info(
                "{}",
                "%-24s %6.1f ms with %d, %6.1f ms with %d: %.2f"
                        .formatted(name, few50, fewRequests, many50, MANY, many50 / few50));
    }

    private static double millisFor(Visitor visitor, String page) {
        long start = System.nanoTime();
        HttpResponse<String> answer = visitor.get(page);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("%s answers with %d".formatted(page, answer.statusCode()));
        }
        return (System.nanoTime() - start) / 1_000_000.0;
    }

    private static ConfigurableApplicationContext application(int requests) throws IOException, SQLException {
        int port = TestSocketUtils.findAvailableTcpPort();
        ConfigurableApplicationContext context = new SpringApplication(SmartAccountsApplication.class)
                .run(
                        "--PORT=" + port,
                        "--PUBLIC_URL=http://localhost:" + port,
                        "--MAIL_PORT=" + TestSocketUtils.findAvailableTcpPort(),
                        "--camunda.bpm.job-execution.enabled=false",
                        "--spring.thymeleaf.cache=true");
        String sql = new ClassPathResource("many-requests.sql").getContentAsString(StandardCharsets.UTF_8);
        try (Connection connection = DriverManager.getConnection(
                        context.getBean(EmbeddedDatabase.class).getJdbcUrl(), "postgres", "");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(sql.formatted(FIRST, FIRST + requests - 1));
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute("VACUUM ANALYZE");
        }
        LOG.info("{} requests are there", requests);
        return context;
    }

    private static Visitor visitor(ConfigurableApplicationContext application, String person) {
        Visitor visitor = new Visitor(application.getEnvironment().getRequiredProperty("PUBLIC_URL"));
        visitor.logIn(person, application.getEnvironment().getRequiredProperty("development.password"));
        return visitor;
    }
}
