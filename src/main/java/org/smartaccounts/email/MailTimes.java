package org.smartaccounts.email;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** How long the mail server takes for an email, and what comes of it: it is accepted, refused for good, or fails for now. */
@Component
class MailTimes {

    private static final Duration[] STEPS = Stream.of(50, 100, 250, 500, 1000, 2500, 5000, 10_000, 20_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Timer accepted;
    private final Timer refused;
    private final Timer failed;

    MailTimes(MeterRegistry registry) {
        accepted = timer("accepted", registry);
        refused = timer("refused", registry);
        failed = timer("failed", registry);
    }

    private static Timer timer(String outcome, MeterRegistry registry) {
        return Timer.builder("smartaccounts.mail.conversation")
                .description("How long the mail server took for an email, by what came of it")
                .tag("outcome", outcome)
                .serviceLevelObjectives(STEPS)
                .register(registry);
    }

    /**
     * Hands an email over, and remembers how long that took.
     *
     * @return what the mail server said
     */
    String of(Supplier<String> conversation) {
        Timer.Sample sample = Timer.start();
        Timer outcome = failed;
        try {
            String answer = conversation.get();
            outcome = accepted;
            return answer;
        } catch (RecipientRefusedException e) {
            outcome = refused;
            throw e;
        } finally {
            sample.stop(outcome);
        }
    }
}
