package org.smartaccounts.operations.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Guesses what somebody meant who has mistyped a name. */
final class Nearest {

    private static final int MANY = 5;

    private Nearest() {}

    /** How a sentence goes on: the name that was probably meant, or those that come near. */
    static String suggest(String typed, Collection<String> known) {
        List<String> nearest = known.stream()
                .sorted(Comparator.comparingInt((String name) -> distance(typed, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MANY)
                .toList();
        if (nearest.isEmpty()) {
            return "there is none at all";
        }
        String first = nearest.get(0);
        if (known.size() > 1 && distance(typed, first) <= Math.max(2, first.length() / 4)) {
            return "did you mean %s?".formatted(first);
        }
        return known.size() == 1
                ? "there is only " + first
                : "%s %s"
                        .formatted(
                                known.size() > MANY ? "the most similar ones are" : "there are",
                                String.join(", ", new TreeSet<>(nearest)));
    }

    /** How many letters have to be typed differently; upper and lower case are the same. */
    private static int distance(String one, String other) {
        String a = word(one);
        String b = word(other);
        int[] above = IntStream.rangeClosed(0, b.length()).toArray();
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }

    /** Without what is asked for in brackets. */
    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT).replaceFirst("\\(.*", "");
    }
}
