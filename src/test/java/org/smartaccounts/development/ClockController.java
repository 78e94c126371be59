package org.smartaccounts.development;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The time machine's controls. Time only moves forward: the engine has seen the future and remembers it. */
@Controller
class ClockController {

    /** A request that waits for its customer. */
    record Waiting(String requestNumber, String accountName, ZonedDateTime deadline) {}

    private static final int MAX_DAYS = 3660;

    private final TimeMachine clock;
    private final SmartAccounts accounts;
    private final JdbcClient jdbc;
    private final ProcessEngine engine;

    ClockController(TimeMachine clock, SmartAccounts accounts, JdbcClient jdbc, ProcessEngine engine) {
        this.clock = clock;
        this.accounts = accounts;
        this.jdbc = jdbc;
        this.engine = engine;
    }

    @GetMapping("/dev/clock")
    String show(Model model) {
        model.addAttribute("now", clock.instant().atZone(ZoneOffset.UTC));
        model.addAttribute("waiting", waiting());
        return "dev/clock";
    }

    @PostMapping(path = "/dev/clock", params = "days")
    String travel(@RequestParam int days) {
        if (days < 1 || days > MAX_DAYS) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "1 to %d days".formatted(MAX_DAYS));
        }
        clock.travel(Duration.ofDays(days));
        return arrived();
    }

    @PostMapping(path = "/dev/clock", params = "after")
    String travelPastDeadline(@RequestParam String after) {
        @Nullable
        Instant deadline = accounts.findByRequestNumber(after)
                .map(SmartAccount::deadline)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        Instant target = Objects.requireNonNull(deadline).plus(Duration.ofDays(1));
        if (target.isAfter(clock.instant())) {
            clock.travelTo(target);
        }
        return arrived();
    }

    private String arrived() {
        // It may sleep for as long as nothing seemed to be due.
        JobExecutor jobExecutor =
                ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration()).getJobExecutor();
        if (jobExecutor != null && jobExecutor.isActive()) {
            jobExecutor.jobWasAdded();
        }
        return "redirect:/dev/clock?arrived";
    }

    private List<Waiting> waiting() {
        return jdbc.sql("""
                SELECT request_number, account_name, deadline FROM smart_account
                WHERE status = 'PENDING' AND deadline IS NOT NULL ORDER BY deadline LIMIT 50""")
                .query((row, index) -> new Waiting(
                        row.getString("request_number"),
                        row.getString("account_name"),
                        row.getTimestamp("deadline").toInstant().atZone(ZoneOffset.UTC)))
                .list();
    }
}
