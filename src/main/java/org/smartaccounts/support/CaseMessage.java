package org.smartaccounts.support;

import java.time.Instant;

/**
 * What somebody said in a case.
 *
 * @param author   at which side
 * @param authorId of support, the user; empty for the reporter
 * @param at       when
 * @param words    1 to {@link #MAX_WORDS} characters
 */
public record CaseMessage(Author author, String authorId, Instant at, String words) {

    /** Characters that a message may have; a variable of the process holds no more. */
    public static final int MAX_WORDS = 4000;

    /** Characters that an answer may have: less, so that one that is too long is not cut, but refused. */
    static final int MAX_ANSWER = 3500;

    /** The two sides of a case. */
    public enum Author {
        REPORTER,
        SUPPORT
    }

    public boolean isFromSupport() {
        return author == Author.SUPPORT;
    }

    /** Whether words are neither missing nor too many. */
    public static boolean isGood(String words) {
        return isGood(words, MAX_WORDS);
    }

    static boolean isGood(String words, int most) {
        return !words.isBlank() && words.codePointCount(0, words.length()) <= most;
    }
}
