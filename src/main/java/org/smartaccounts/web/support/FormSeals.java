package org.smartaccounts.web.support;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.link.Signatures;
import org.smartaccounts.link.Signatures.Purpose;
import org.springframework.stereotype.Component;

/**
 * Tells people from programs without a puzzle. A form carries a seal, which says when it was shown, and a field that nobody sees: programs
 * fill in everything at once. Both are answered alike, in words, so that a program learns nothing, and a person sends it once more.
 */
@Component
class FormSeals {

    /** Nobody writes faster. */
    static final Duration PACE = Duration.ofSeconds(3);

    /** After which a page that was left open is asked for once more. */
    private static final Duration LIFE = Duration.ofDays(1);

    private static final Pattern CONTENT = Pattern.compile("(\\d{1,12})\\.([0-9a-f-]{36})");

    /**
     * What a genuine seal says.
     *
     * @param form    the form's own number, by which one that is sent twice is known
     * @param shownAt to the second
     */
    record Seal(UUID form, Instant shownAt) {}

    private final Signatures signatures;
    private final Clock clock;

    FormSeals(Signatures signatures, Clock clock) {
        this.signatures = signatures;
        this.clock = clock;
    }

    /** For a form that is shown now. */
    String fresh() {
        return signatures.token(Purpose.FORM, clock.instant().getEpochSecond() + "." + UUID.randomUUID());
    }

    /** The seal of a form that is shown once more: its own, as long as that lives. */
    String keep(@Nullable String seal) {
        return read(seal).filter(this::isAlive).isPresent() ? String.valueOf(seal) : fresh();
    }

    /** The seal of a form that a person has sent; empty if it was perhaps a program. */
    Optional<Seal> ofPerson(@Nullable String seal, @Nullable String trap) {
        boolean trapped = trap != null && !trap.isEmpty();
        return read(seal)
                .filter(this::isAlive)
                .filter(shown ->
                        !trapped && !clock.instant().isBefore(shown.shownAt().plus(PACE)));
    }

    private boolean isAlive(Seal seal) {
        return clock.instant().isBefore(seal.shownAt().plus(LIFE));
    }

    private Optional<Seal> read(@Nullable String seal) {
        return Optional.ofNullable(seal)
                .flatMap(token -> signatures.read(Purpose.FORM, token))
                .map(CONTENT::matcher)
                .filter(Matcher::matches)
                .map(parts -> new Seal(
                        UUID.fromString(parts.group(2)), Instant.ofEpochSecond(Long.parseLong(parts.group(1)))));
    }
}
