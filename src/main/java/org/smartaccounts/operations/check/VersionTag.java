package org.smartaccounts.operations.check;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of a diagram, such as {@code 1.3.0}. With another first number nothing is promised to requests that wait. */
record VersionTag(int major, int minor, int patch) implements Comparable<VersionTag> {

    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})");
    private static final Comparator<VersionTag> ORDER = Comparator.comparingInt(VersionTag::major)
            .thenComparingInt(VersionTag::minor)
            .thenComparingInt(VersionTag::patch);

    /** Empty if it is none. */
    static Optional<VersionTag> parse(String text) {
        Matcher numbers = SYNTAX.matcher(text);
        return numbers.matches()
                ? Optional.of(new VersionTag(
                        Integer.parseInt(numbers.group(1)),
                        Integer.parseInt(numbers.group(2)),
                        Integer.parseInt(numbers.group(3))))
                : Optional.empty();
    }

    /** For a change that keeps the promises. */
    VersionTag next() {
        return new VersionTag(major, minor + 1, 0);
    }

    /** For a change that does not. */
    VersionTag nextMajor() {
        return new VersionTag(major + 1, 0, 0);
    }

    @Override
    public int compareTo(VersionTag other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "%d.%d.%d".formatted(major, minor, patch);
    }
}
