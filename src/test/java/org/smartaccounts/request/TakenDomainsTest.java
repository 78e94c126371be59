package org.smartaccounts.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.smartaccounts.support.Tasklist.NINA;
import static org.smartaccounts.support.Tasklist.PAULA;
import static org.smartaccounts.support.Tasklist.PEDRO;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.smartaccounts.access.RateLimits;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.RequestDetails;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.RequestForm;
import org.springframework.beans.factory.annotation.Autowired;

/** Whether a stranger has an account under a domain, a review tells, but not to somebody who tries one after the other. */
class TakenDomainsTest extends ApplicationTest {

    private static final String ALPINE = "alpine-reseller";
    private static final String TAKEN = "cannot be requested. Please contact licensing support";
    private static final String TOO_MANY = "your company has asked for too many domains";

    @Autowired
    RateLimits limits;

    @Autowired
    NewRequests newRequests;

    @Autowired
    SmartAccounts accounts;

    private final RequestForm form = RequestForm.forNewCustomer();

    @Test
    void onlyTheReviewTellsThatAStrangerHasTheDomain() {
        tasklist.submit(NINA, form);

        Assessment before = tasklist.as(PAULA, () -> newRequests.assess(details(form)));
        String request = tasklist.request(PAULA, form);

        assertThat(before.problems()).isEmpty();
        assertThat(tasklist.shown(request, "problems")).contains(form.domain(), TAKEN);
    }

    @Test
    void whatTheOwnCompanyHasIsNoSecret() {
        String has = tasklist.submit(PEDRO, form);

        Assessment before = tasklist.as(PAULA, () -> newRequests.assess(details(form)));
        String request = tasklist.request(PAULA, form);

        assertThat(before.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.key()).isEqualTo("problem.accountDomain.ownAccount"));
        assertThat(tasklist.shown(request, "problems"))
                .contains("your company has the Smart Account", has)
                .doesNotContain(TAKEN);
        assertThat(limits.untilTakenDomainIsTold(ALPINE)).isZero();
    }

    @Test
    void whoHasFoundTooManyIsToldNothingMoreAboutAnyDomain() {
        RequestForm taken = RequestForm.forNewCustomer();
        RequestForm found = RequestForm.forNewCustomer();
        tasklist.submit(NINA, taken);
        tasklist.submit(NINA, found);
        String earlier = tasklist.request(PAULA, found);
        findOthers(29);

        String free = tasklist.request(PAULA, form);
        String notFree = tasklist.request(PEDRO, taken);

        assertThat(tasklist.shown(free, "problems")).contains(TOO_MANY, form.domain(), "try again after");
        assertThat(tasklist.shown(notFree, "problems"))
                .contains(TOO_MANY, taken.domain())
                .doesNotContain(TAKEN);
        assertThat(tasklist.shown(earlier, "problems")).contains(TAKEN);
        assertThatThrownBy(() -> tasklist.review(PAULA, free, Map.of("reviewDecision", "submit")))
                .hasMessageContaining(TOO_MANY);
        assertThat(accounts.get(free).status()).isEqualTo(AccountStatus.IN_REVIEW);
        assertThat(tasklist.shown(tasklist.request(NINA, RequestForm.forNewCustomer()), "problems"))
                .as("Other companies have limits of their own")
                .isEmpty();

        // As if a day had passed.
        database.sql("DELETE FROM rate_limit").update();
        tasklist.review(PAULA, free, Map.of("reviewDecision", "submit"));
        assertThat(accounts.get(free).status()).isEqualTo(AccountStatus.PENDING);
    }

    @Test
    void aDomainThatIsToldOnceMoreAndFreeOnesDoNotCount() {
        tasklist.submit(NINA, form);
        String request = tasklist.request(PAULA, form);
        for (int again = 0; again < 3; again++) {
            tasklist.review(PAULA, request, Map.of("reviewDecision", "change"));
            tasklist.request(PAULA, RequestForm.forNewCustomer());
        }

        findOthers(28);
        assertThat(limits.untilTakenDomainIsTold(ALPINE)).isZero();
        findOthers(1);
        assertThat(limits.untilTakenDomainIsTold(ALPINE)).isPositive();
    }

    @Test
    void nobodySlipsADomainPastTheReview() {
        RequestForm taken = RequestForm.forNewCustomer();
        tasklist.submit(NINA, taken);
        String request = tasklist.request(PAULA, form.with("accountName", ""));
        findOthers(30);

        assertThatThrownBy(() -> tasklist.review(
                        PAULA, request, Map.of("reviewDecision", "submit", "accountDomain", taken.domain())))
                .hasMessageContaining(TOO_MANY)
                .hasMessageNotContaining(TAKEN);
    }

    private void findOthers(int howMany) {
        List<Boolean> told = IntStream.range(0, howMany)
                .mapToObj(number -> limits.tryTakenDomain(ALPINE, System.nanoTime() + ".example"))
                .toList();
        assertThat(told).containsOnly(true);
    }

    private static RequestDetails details(RequestForm form) {
        Map<String, Object> fields = form.fields();
        return RequestDetails.typed(
                String.valueOf(fields.get("accountName")),
                String.valueOf(fields.get("customerEmail")),
                String.valueOf(fields.get("accountDomain")),
                "",
                "",
                "",
                "",
                "");
    }
}
