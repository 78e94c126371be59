package org.smartaccounts.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.PAULA;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.DeclineReason;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.overview.OutcomeNumbers.Outcomes;
import org.smartaccounts.request.ActivationLink;
import org.smartaccounts.request.RequestProcess;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.RequestForm;
import org.springframework.beans.factory.annotation.Autowired;

/** What becomes of requests, in numbers. Other tests make requests too, so each looks at what is different afterwards. */
class OutcomeNumbersTest extends ApplicationTest {

    @Autowired
    RequestProcess process;

    @Autowired
    SmartAccounts accounts;

    @Autowired
    Clock now;

    @Test
    void eachRequestCountsWhereItStands() {
        Outcomes before = counted();
        String accepted = pending();
        String declined = pending();
        pending();
        process.accept(new ActivationLink(accepted, 1));
        process.decline(new ActivationLink(declined, 1), DeclineReason.NOT_WANTED, "");

        Outcomes after = counted();

        assertThat(of(after, AccountStatus.PENDING) - of(before, AccountStatus.PENDING))
                .isOne();
        assertThat(of(after, AccountStatus.ACTIVE) - of(before, AccountStatus.ACTIVE))
                .isOne();
        assertThat(of(after, AccountStatus.DECLINED) - of(before, AccountStatus.DECLINED))
                .isOne();
        assertThat(after.decisions()).isGreaterThanOrEqualTo(2);
        assertThat(after.median()).isNotNull();
        assertThat(after.slow()).isGreaterThanOrEqualTo(after.median());
    }

    @Test
    void whatRunsOutCountsForTheWeekOfItsDeadlineAndNoWeekIsLeftOut() {
        String request = pending();
        LocalDate day = LocalDate.ofInstant(accounts.get(request).deadline(), ZoneOffset.UTC);
        LocalDate monday = day.minusDays(day.getDayOfWeek().getValue() - 1L);

        Outcomes outcomes = counted();

        assertThat(outcomes.expiries().get(monday)).isPositive();
        assertThat(outcomes.expiries().keySet())
                .allSatisfy(week -> assertThat(week.getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY));
        assertThat(outcomes.expiries()).hasSizeGreaterThanOrEqualTo(13);

        clock.travel(Duration.ofDays(100));
        LocalDate today = LocalDate.ofInstant(now.instant(), ZoneOffset.UTC);
        assertThat(counted().expiries().keySet())
                .as("what is overdue")
                .first()
                .isEqualTo(today.minusDays(today.getDayOfWeek().getValue() - 1L));
    }

    @Test
    void whoeverLooksTwiceInAMinuteSeesTheSame() {
        OutcomeNumbers numbers = new OutcomeNumbers(database, now);
        Outcomes first = numbers.outcomes();
        pending();
        assertThat(numbers.outcomes()).isSameAs(first);
    }

    private Outcomes counted() {
        return new OutcomeNumbers(database, now).outcomes();
    }

    private static long of(Outcomes outcomes, AccountStatus status) {
        return outcomes.byStatus().getOrDefault(status, 0L);
    }

    private String pending() {
        String request = tasklist.submit(PAULA, RequestForm.forNewCustomer());
        jobs.drain(request);
        return request;
    }
}
