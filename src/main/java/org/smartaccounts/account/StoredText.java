package org.smartaccounts.account;

/**
 * What is kept of a text while a request is in review: what the database can hold of it. The limits of {@link RequestCheck} are far
 * below, so that a text which is too long is still there for its author to shorten, and one that was cut is too long anyway.
 */
public final class StoredText {

    /** The most that is kept, in UTF-16 units; a variable of the process holds no more. */
    static final int MAX_LENGTH = 4000;

    private static final String CUT_MARK = "…";

    private StoredText() {}

    /** The text without NUL and surrounding white space, cut if it has to be. */
    public static String of(String text) {
        String tidy = text.replace("\0", "").strip();
        if (tidy.length() <= MAX_LENGTH) {
            return tidy;
        }
        int end = MAX_LENGTH - CUT_MARK.length();
        if (Character.isHighSurrogate(tidy.charAt(end - 1))) {
            end--;
        }
        return tidy.substring(0, end) + CUT_MARK;
    }

    /** Whether the text was cut when it was stored. */
    static boolean isCut(String text) {
        return text.length() >= MAX_LENGTH - 1 && text.endsWith(CUT_MARK);
    }

    /** The beginning of a text, to be named in a sentence. */
    static String beginningOf(String text) {
        int shown = 60;
        return text.codePointCount(0, text.length()) <= shown
                ? text
                : text.substring(0, text.offsetByCodePoints(0, shown)) + CUT_MARK;
    }
}
