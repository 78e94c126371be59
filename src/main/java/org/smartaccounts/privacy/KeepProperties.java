package org.smartaccounts.privacy;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * For how long things are kept.
 *
 * @param endedRequests      a request with everything that is known of it, after its end
 * @param anonymisedRequests what remains of it after that
 * @param erasureKey         the secret with which the addresses of erased people are hashed
 */
@Validated
@ConfigurationProperties("smart-accounts.keep")
record KeepProperties(
        @NotNull Duration endedRequests,
        @NotNull Duration anonymisedRequests,
        @NotBlank String erasureKey) {

    private static final Duration SHORTEST = Duration.ofDays(1);

    @AssertTrue(message = "KEEP_ENDED_REQUESTS must be at least a day, such as P365D")
    boolean isReadable() {
        return endedRequests.compareTo(SHORTEST) >= 0;
    }

    @AssertTrue(message = "KEEP_ANONYMISED_REQUESTS must be at least a day, such as P180D")
    boolean isCountable() {
        return anonymisedRequests.compareTo(SHORTEST) >= 0;
    }

    /** The key stays out of logs. */
    @Override
    public String toString() {
        return "KeepProperties[%s, %s]".formatted(endedRequests, anonymisedRequests);
    }
}
