package org.smartaccounts.operations.check;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The version of a diagram, such as {@code 1.3.0}. With another first number nothing is promised to requests that wait. */
public record VersionTag(int major, int minor, int patch) implements Comparable<VersionTag> {

    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})");
    private static final Comparator<VersionTag> ORDER = Comparator.comparingInt(VersionTag::major)
            .thenComparingInt(VersionTag::minor)
            .thenComparingInt(VersionTag::patch);

    /** Reads a version tag; empty if it is none of ours. */
    public static Optional<VersionTag> parse(@Nullable String text) {
        Matcher numbers = SYNTAX.matcher(text == null ? "" : text);
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
