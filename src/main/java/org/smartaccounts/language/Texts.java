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
        MessageFormat format = new MessageFormat(pattern, ULocale.forLocale(language));
        return format.format(resolveArguments(arguments, language));
    }

    @Override
    protected Object[] resolveArguments(Object @Nullable [] arguments, Locale language) {
        return Arrays.stream(super.resolveArguments(arguments, language))
                .map(argument -> inWords(argument, language))
                .toArray();
    }

    private static Object inWords(Object argument, Locale language) {
        if (argument instanceof Instant moment) {
            return inWords(moment, MOMENT, language);
        }
        return argument instanceof LocalDate day
                ? inWords(day.atStartOfDay().toInstant(ZoneOffset.UTC), DAY, language)
                : argument;
    }

    private static String inWords(Instant moment, String parts, Locale language) {
        DateFormat format = DateFormat.getInstanceForSkeleton(parts, ULocale.forLocale(language));
        format.setTimeZone(TimeZone.getTimeZone("UTC"));
        return format.format(Date.from(moment));
    }
}
