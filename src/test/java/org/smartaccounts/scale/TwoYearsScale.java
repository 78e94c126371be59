package org.smartaccounts.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.PAULA;
import static org.smartaccounts.support.Tasklist.SAM;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.Test;
import org.smartaccounts.account.DeclineReason;
import org.smartaccounts.development.TimeMachine;
import org.smartaccounts.request.ActivationLink;
import org.smartaccounts.request.RequestProcess;
import org.smartaccounts.request.Seen;
import org.smartaccounts.support.Jobs;
import org.smartaccounts.support.PageVotes;
import org.smartaccounts.support.ReportForm;
import org.smartaccounts.support.RequestForm;
import org.smartaccounts.support.Tasklist;
import org.smartaccounts.support.Visitor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;

/**
 * Two years in which every day is like all others: what begins is as much as what ends, and once the first of everything has reached its last
 * day, no table grows. What is left out is the accounts that are active, which are there to stay.
 */
class TwoYearsScale {

    private static final int DAYS = 730;

    /** A year is no number of whole periods, so a table may gain a row in one and lose it in another; what grows does so in each. */
    private static final int IN_A_ROW = 3;

    /** After so many days everything has happened as often as in the ones before. */
    private static final int PERIOD = 28;

    private static final String DOMAIN = "customer-%d-%d.example";

    private final Map<String, Long> before = new TreeMap<>();

    /** In how many periods each table has grown, up to the last one. */
    private final Map<String, Integer> growing = new TreeMap<>();

    @Test
    void theTablesStopGrowing() throws Exception {
        try (ExplainedServer server = ExplainedServer.start("two-years")) {
            server.create("years");
            String data = Path.of("target", "two-years-clock").toString();
            try (ConfigurableApplicationContext application = DevelopmentOn.database(
                    // The nights come by hand; this one is far away.
                    server.url("years"),
                    "--smart-accounts.keep.at=0 0 0 29 2 *",
                    "--development.data-directory=" + data)) {
                live(application, server.jdbc("years"));
            }
        }
    }

    private void live(ConfigurableApplicationContext application, JdbcClient jdbc) {
        TimeMachine clock = application.getBean(TimeMachine.class);
        try {
            Day day = new Day(application);
            // At an hour at which the engine cleans up its history.
            Instant first = clock.instant()
                    .atZone(ZoneId.systemDefault())
                    .plusDays(1)
                    .with(LocalTime.of(2, 0))
                    .toInstant();
            for (int number = 0; number < DAYS; number++) {
                clock.travelTo(first.plus(Duration.ofDays(number)));
                day.pass(number);
                if ((number + 1) % PERIOD == 0) {
                    Map<String, Long> rows = rows(jdbc);
                    System.out.printf(
                            Locale.ROOT,
                            "FIGURE day %d: %,d rows, %s; more than four weeks before: %s%n",
                            number + 1,
                            rows.values().stream().mapToLong(Long::longValue).sum(),
                            size(jdbc),
                            grown(rows));
                    rows.forEach((table, count) -> growing.merge(
                            table, 1, (times, more) -> count > before.getOrDefault(table, 0L) ? times + more : 0));
                    before.clear();
                    before.putAll(rows);
                }
            }
            assertThat(growing.entrySet().stream().filter(table -> table.getValue() >= IN_A_ROW))
                    .isEmpty();
        } finally {
            clock.returnToPresent();
        }
    }

    private String grown(Map<String, Long> rows) {
        return rows.entrySet().stream()
                .filter(table -> table.getValue() > before.getOrDefault(table.getKey(), 0L))
                .map(table -> table.getKey() + " " + (table.getValue() - before.getOrDefault(table.getKey(), 0L)))
                .collect(Collectors.joining(", "));
    }

    private static String size(JdbcClient jdbc) {
        return jdbc.sql("SELECT pg_size_pretty(pg_database_size(current_database()))")
                .query(String.class)
                .single();
    }

    /** Of each table, without those of active accounts. */
    private static Map<String, Long> rows(JdbcClient jdbc) {
        Map<String, Long> rows = new TreeMap<>();
        jdbc.sql("""
                SELECT table_name, EXISTS (SELECT FROM information_schema.columns AS of_table
                    WHERE of_table.table_name = tables.table_name AND column_name = 'request_number') AS of_requests
                FROM information_schema.tables AS tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'""").query().listOfRows().forEach(table -> {
            String name = (String) table.get("table_name");
            String which = Boolean.TRUE.equals(table.get("of_requests"))
                    ? " WHERE request_number IS NULL OR request_number NOT IN (SELECT request_number FROM smart_account WHERE status = 'ACTIVE')"
                    : "";
            rows.put(
                    name,
                    jdbc.sql("SELECT count(*) FROM " + name + which)
                            .query(Long.class)
                            .single());
        });
        return rows;
    }

    /** What happens on a day, by hand. */
    private static final class Day {

        private final RequestProcess process;
        private final Tasklist tasklist;
        private final Jobs jobs;
        private final ManagementService management;
        private final FormService forms;
        private final PageVotes votes;
        private final TimeMachine clock;
        private final JdbcClient jdbc;
        private final String url;
        private final List<Runnable> scheduled;

        Day(ConfigurableApplicationContext application) {
            process = application.getBean(RequestProcess.class);
            tasklist = application.getBean(Tasklist.class);
            jobs = application.getBean(Jobs.class);
            management = application.getBean(ManagementService.class);
            forms = application.getBean(FormService.class);
            votes = application.getBean(PageVotes.class);
            clock = application.getBean(TimeMachine.class);
            jdbc = application.getBean(JdbcClient.class);
            url = Objects.requireNonNull(application.getBean(Environment.class).getProperty("PUBLIC_URL"));
            scheduled = application.getBeansOfType(ScheduledTaskHolder.class).values().stream()
                    .flatMap(holder -> holder.getScheduledTasks().stream())
                    .map(ScheduledTask::getTask)
                    .map(task -> task.getRunnable())
                    .toList();
        }

        void pass(int day) {
            String request = tasklist.request(PAULA, form(day, 0));
            if (day % 2 == 0) {
                tasklist.review(PAULA, request, Map.of("reviewDecision", "withdraw"));
            } else {
                tasklist.review(PAULA, request, Map.of("reviewDecision", "submit"));
            }
            String other = tasklist.submit(PAULA, form(day, 1));
            jobs.drain(other);
            if (day % 4 == 0) {
                process.decline(new ActivationLink(other, 1), DeclineReason.NOT_WANTED, "Not now.");
            } else if (day % 4 == 2) {
                tasklist.as(PAULA, () -> process.cancel(Seen.anyhow(other), "Ordered twice."));
            } else if (day % PERIOD == 1) {
                process.accept(new ActivationLink(other, 1));
            }
            if (day % PERIOD == 0) {
                report(day);
            }
            votes.give(UUID.randomUUID(), "activation", Locale.ENGLISH, true, "On day " + day);
            runDue();
            scheduled.forEach(Runnable::run);
        }

        private static RequestForm form(int day, int which) {
            String domain = DOMAIN.formatted(day, which);
            return RequestForm.forNewCustomer()
                    .with("accountName", "Customer of day " + day)
                    .with("accountDomain", domain)
                    .with("customerEmail", "anna@" + domain)
                    .with("userEmails", "bruno@" + domain);
        }

        private void report(int day) {
            String number = ReportForm.at(new Visitor(url), "/report", clock)
                    .with("words", "The button of day %d does nothing.".formatted(day))
                    .with("email", "rita@reporter-%d.example".formatted(day))
                    .report();
            String task = tasklist.task(number, "Activity_answerSupportCase").getId();
            tasklist.as(
                    SAM,
                    () -> forms.submitTaskForm(task, Map.of("caseDecision", "answer", "caseAnswer", "Look again.")));
            jdbc.sql("DELETE FROM rate_limit").update();
        }

        /** What the job executor would: the engine's own cleanup of its history, too, in the hours in which it is allowed. */
        private void runDue() {
            for (List<Job> due = due(); !due.isEmpty(); due = due()) {
                // One may have made another needless.
                due.stream().map(Job::getId).filter(this::isThere).forEach(management::executeJob);
            }
        }

        private boolean isThere(String job) {
            return management.createJobQuery().jobId(job).count() > 0;
        }

        private List<Job> due() {
            return management.createJobQuery().executable().active().list();
        }
    }
}
