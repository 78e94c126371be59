package org.smartaccounts.overview;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.AccountStatus;

/**
 * Which of the requests that somebody sees are wanted.
 *
 * @param mine      only those that the person has asked for
 * @param companyId of that company only; empty for all that are seen
 * @param search    a part of the number, the account's name or domain, or the approver's address; empty for all
 * @param status    null for all
 * @param attention what they need; null if that does not matter
 */
public record RequestFilter(
        boolean mine,
        String companyId,
        String search,
        @Nullable AccountStatus status,
        @Nullable Attention attention) {

    /** What a request may need somebody's attention for. */
    public enum Attention {
        /** An email could not be delivered, and the request is open or ended less than a month ago. */
        EMAIL_FAILED,
        /** The customer's time is over within a week. */
        EXPIRING,
        /** It waits for who looks, or for licensing support if that is who looks. */
        WAITS_FOR_ME
    }

    /** The most characters that are searched for; what is longer is cut. */
    public static final int MAX_SEARCH = 100;

    public static final String SCOPE = "scope";
    public static final String COMPANY = "company";
    public static final String SEARCH = "search";
    public static final String STATUS = "status";
    public static final String ATTENTION = "attention";

    /** The words of {@link #SCOPE}. */
    public static final String MINE = "mine";

    public static final String EVERYBODYS = "company";

    /**
     * What an address says; what makes no sense there counts for nothing. A partner sees one's own first.
     *
     * @param parameters by the names above
     */
    public static RequestFilter of(Sight sight, Map<String, String> parameters) {
        return new RequestFilter(
                !sight.all() && !parameters.getOrDefault(SCOPE, MINE).equals(EVERYBODYS),
                sight.all() ? tidy(parameters.getOrDefault(COMPANY, "")) : "",
                tidy(parameters.getOrDefault(SEARCH, "")),
                named(AccountStatus.values(), parameters.get(STATUS)).orElse(null),
                named(Attention.values(), parameters.get(ATTENTION)).orElse(null));
    }

    /** Whether some requests may be left out. */
    public boolean narrows() {
        return !companyId.isEmpty() || !search.isEmpty() || status != null || attention != null;
    }

    private static <T extends Enum<T>> Optional<T> named(T[] values, @Nullable String name) {
        return Arrays.stream(values).filter(value -> value.name().equals(name)).findFirst();
    }

    /** What the database can hold. */
    private static String tidy(String text) {
        String clean = text.replaceAll("[\\p{Cntrl}\\p{Cs}]", " ").strip();
        return clean.codePointCount(0, clean.length()) <= MAX_SEARCH
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, MAX_SEARCH)).strip();
    }
}
