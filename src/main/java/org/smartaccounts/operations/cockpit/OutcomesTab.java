package org.smartaccounts.operations.cockpit;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.operations.cockpit.FailureInWords.Failure;
import org.smartaccounts.overview.OutcomeNumbers;
import org.smartaccounts.overview.OutcomeNumbers.Outcomes;
import org.smartaccounts.request.ProcessElements;
import org.springframework.stereotype.Component;

/**
 * Puts together what the tab <i>Outcomes</i> shows of a process: what is wrong with it at this moment, and what becomes of requests. The
 * numbers are those of all versions, since a request may have begun on one and ended on another.
 */
@Component
class OutcomesTab {

    /**
     * Everything in words.
     *
     * @param counts   how many requests there are of each status
     * @param times    how long customers take; empty where nothing is counted
     * @param expiries how many requests expire in each week to come if nobody decides
     */
    record Shown(String lead, List<Failure> wrong, List<Count> counts, String times, List<Count> expiries) {}

    record Count(String name, long count) {}

    private final OutcomeNumbers numbers;
    private final FailedSteps failedSteps;
    private final FailureInWords failures;

    OutcomesTab(OutcomeNumbers numbers, FailedSteps failedSteps, FailureInWords failures) {
        this.numbers = numbers;
        this.failedSteps = failedSteps;
        this.failures = failures;
    }

    /** What is shown of a process to whoever may see its definition. */
    Shown of(String process, Reader reader) {
        List<Failure> wrong = failedSteps.ofProcess(process).stream()
                .map(step -> failures.of(step, reader))
                .toList();
        if (!process.equals(ProcessElements.PROCESS)) {
            return new Shown(reader.text("cockpit.noOutcomes"), wrong, List.of(), "", List.of());
        }
        Outcomes outcomes = numbers.outcomes();
        return new Shown(
                reader.text("cockpit.allVersions", reader.moment(outcomes.asOf())),
                wrong,
                Stream.of(AccountStatus.values())
                        .map(status -> new Count(
                                reader.text("requests.status." + status),
                                outcomes.byStatus().getOrDefault(status, 0L)))
                        .toList(),
                times(outcomes, reader),
                outcomes.expiries().entrySet().stream()
                        .map(week -> new Count(day(week.getKey(), reader), week.getValue()))
                        .toList());
    }

    private static String times(Outcomes outcomes, Reader reader) {
        return outcomes.median() == null || outcomes.slow() == null
                ? reader.text("cockpit.decisions.none")
                : reader.text("cockpit.decisions", outcomes.median(), outcomes.slow(), outcomes.decisions());
    }

    private static String day(LocalDate day, Reader reader) {
        return reader.text("requests.day", day);
    }
}
