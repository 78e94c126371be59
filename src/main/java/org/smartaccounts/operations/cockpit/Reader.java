package org.smartaccounts.operations.cockpit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.springframework.context.MessageSource;

/**
 * Somebody at Cockpit, who is told everything in words. Cockpit shows the time of the reader's clock, and so does this.
 *
 * @param language the reader's
 * @param zone     in which the reader's browser is
 */
record Reader(MessageSource texts, Locale language, ZoneId zone) {

    String text(String key, Object... arguments) {
        return texts.getMessage(key, arguments, language);
    }

    /** A day and a time. */
    String moment(Instant at) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(language)
                .withZone(zone)
                .format(at);
    }

    /** A time, and the day only if it is another one. */
    String soon(Instant at, Instant now) {
        boolean today = LocalDate.ofInstant(at, zone).equals(LocalDate.ofInstant(now, zone));
        return today
                ? DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                        .withLocale(language)
                        .withZone(zone)
                        .format(at)
                : moment(at);
    }
}
