package org.smartaccounts.operations;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an analyst has called a version of a process, such as {@code 1.4.0}. With another first number nothing is promised. */
record ReleaseVersion(int major, int minor, int patch) implements Comparable<ReleaseVersion> {

    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})");
    private static final Comparator<ReleaseVersion> ORDER = Comparator.comparingInt(ReleaseVersion::major)
            .thenComparingInt(ReleaseVersion::minor)
            .thenComparingInt(ReleaseVersion::patch);

    /** Reads a version tag; empty if it is none of ours. */
    static Optional<ReleaseVersion> of(@Nullable String tag) {
        Matcher numbers = SYNTAX.matcher(tag == null ? "" : tag);
        return numbers.matches()
                ? Optional.of(new ReleaseVersion(number(numbers, 1), number(numbers, 2), number(numbers, 3)))
                : Optional.empty();
    }

    private static int number(Matcher numbers, int index) {
        return Integer.parseInt(numbers.group(index));
    }

    @Override
    public int compareTo(ReleaseVersion other) {
        return ORDER.compare(this, other);
    }
}
