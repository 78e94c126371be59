package org.smartaccounts.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smartaccounts.security.Suspicion.Outcome;

/** When a suspicion is the same as one before. */
class FactStepsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "2, 2",
        "4, 2",
        "5, 5",
        "9, 5",
        "10, 10",
        "49, 20",
        "50, 50",
        "1234, 1000",
        "2147483647, 2000000000"
    })
    void aCountReachesAStep(int count, int step) {
        assertThat(FactSteps.step(count)).isEqualTo(step);
    }

    @Test
    void oneWrongLinkMoreIsNoNewsAndTwiceAsManyAre() {
        assertThat(fingerprint(50)).isEqualTo(fingerprint(51)).isNotEqualTo(fingerprint(100));
    }

    @Test
    void whatTheRowDoesNotAskAboutIsNoNews() {
        assertThat(fingerprint(account("elsewhere.example", 50), "wrongLinks"))
                .isEqualTo(fingerprint(account("other.example", 50), "wrongLinks"));
        assertThat(fingerprint(account("elsewhere.example", 50), "approverOutside"))
                .isNotEqualTo(fingerprint(account("other.example", 50), "approverOutside"));
    }

    private static String fingerprint(int wrongLinks) {
        return fingerprint(account("elsewhere.example", wrongLinks), "wrongLinks");
    }

    private static String fingerprint(CheckedAccount account, String asked) {
        return FactSteps.fingerprint(Outcome.REVIEW, "security.finding.suspicious", Set.of(asked), account);
    }

    private static CheckedAccount account(String approverDomain, int wrongLinks) {
        return new CheckedAccount(
                "SAR-000001",
                new SecurityFacts("pending", "ordinary", true, 0, 0, 0, "none", 0, 0, 0, wrongLinks, false),
                "customer.example",
                approverDomain,
                "");
    }
}
