package org.smartaccounts.language;

import com.ibm.icu.text.DateFormat;
import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.stereotype.Component;
import org.springframework.util.ConcurrentLruCache;

/**
 * The texts in {@code messages*.properties}, put together by the rules of their language: the patterns are those of ICU, which knows the
 * plurals of every language, and a moment or a day becomes a date in words. Moments are shown in UTC and say so, since nobody knows where
 * the reader is.
 */
@Component(AbstractApplicationContext.MESSAGE_SOURCE_BEAN_NAME)
class Texts extends ResourceBundleMessageSource {

    /** Date, hours and minutes, and the name of the time zone; order and words are the language's. */
    private static final String MOMENT = "yMMMMdHHmmz";

    /** Where there is little room: a short date. */
    private static final String DAY = "yMMMd";

    /** More than all languages have together; what is not used goes first. */
    private static final int MOST_FORMATS = 10_000;

    private record Written(String pattern, Locale language) {}

    // To make a format takes much longer than to use it, and a list uses some for each row. None is safe for several
    // threads, so each
    // use has a copy.
    private final ConcurrentLruCache<Written, MessageFormat> sentences = new ConcurrentLruCache<>(
            MOST_FORMATS, text -> new MessageFormat(text.pattern(), ULocale.forLocale(text.language())));
    private final ConcurrentLruCache<Written, DateFormat> dates =
            new ConcurrentLruCache<>(MOST_FORMATS, Texts::dateFormat);

    Texts() {
        setBasename("messages");
        setDefaultEncoding("UTF-8");
        setFallbackToSystemLocale(false);
    }

    @Override
    protected @Nullable String getMessageInternal(
            @Nullable String code, Object @Nullable [] arguments, @Nullable Locale locale) {
        Locale language = locale == null ? Languages.ORIGINAL : locale;
        @Nullable String pattern = code == null ? null : resolveCodeWithoutArguments(code, language);
        if (pattern == null || arguments == null || arguments.length == 0) {
            return pattern;
        }
        MessageFormat format = sentences.get(new Written(pattern, language)).clone();
        return format.format(resolveArguments(arguments, language));
    }

    @Override
    protected Object[] resolveArguments(Object @Nullable [] arguments, Locale language) {
        return Arrays.stream(super.resolveArguments(arguments, language))
                .map(argument -> inWords(argument, language))
                .toArray();
    }

    private Object inWords(Object argument, Locale language) {
        if (argument instanceof Instant moment) {
            return inWords(moment, MOMENT, language);
        }
        return argument instanceof LocalDate day
                ? inWords(day.atStartOfDay().toInstant(ZoneOffset.UTC), DAY, language)
                : argument;
    }

    private String inWords(Instant moment, String parts, Locale language) {
        DateFormat format = dates.get(new Written(parts, language)).clone();
        return format.format(Date.from(moment));
    }

    private static DateFormat dateFormat(Written parts) {
        DateFormat format = DateFormat.getInstanceForSkeleton(parts.pattern(), ULocale.forLocale(parts.language()));
        format.setTimeZone(TimeZone.getTimeZone("UTC"));
        return format;
    }
}
