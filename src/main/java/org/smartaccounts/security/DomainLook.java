package org.smartaccounts.security;

import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.SpoofChecker;
import com.ibm.icu.text.UTF16;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a domain looks to people, who read it in its own script. Two look the same if Unicode says that their letters can be taken for each
 * other (UTS 39, with its data of confusables: {@code rn} for {@code m}, a Cyrillic {@code а} for an {@code a}). They are one letter apart
 * if one letter is another, is missing or has changed places with the next.
 *
 * <p>Names that differ in a digit say so openly, and those of a few letters are too often alike; neither counts as one letter apart. Nor does
 * the top level: a company may have the same name in several countries.
 *
 * @param name in its own script, in small letters
 * @param look what all domains with the same look have in common
 */
record DomainLook(String name, String look) {

    /** Of fewer letters any two names are soon alike. */
    private static final int SHORTEST_NAME = 5;

    private static final String LOOK_MARK = "=";

    private static final IDNA READABLE = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_UNICODE);

    /** Building one is expensive; asking it is safe for many threads. */
    private static final SpoofChecker CONFUSABLES =
            new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();

    /** @param domain as the DNS writes it; one that nobody can read stays as it is */
    static DomainLook of(String domain) {
        IDNA.Info info = new IDNA.Info();
        String readable =
                READABLE.nameToUnicode(domain, new StringBuilder(), info).toString();
        String name = info.hasErrors() ? domain : readable;
        // The zero is taken for a capital O, and nobody writes capitals into domains.
        return new DomainLook(name, CONFUSABLES.getSkeleton(name).toLowerCase(Locale.ROOT));
    }

    /** Two domains that look the same, or are one letter apart, have at least one in common. */
    Set<String> marks() {
        Set<String> marks = new TreeSet<>();
        marks.add(LOOK_MARK + look);
        int end = endOfName();
        if (name.codePointCount(0, end) >= SHORTEST_NAME) {
            marks.add(name);
            for (int at = 0; at < end; at += UTF16.getCharCount(name.codePointAt(at))) {
                if (!Character.isDigit(name.codePointAt(at))) {
                    marks.add(without(at));
                }
            }
        }
        return marks;
    }

    private int endOfName() {
        return Math.max(name.lastIndexOf('.'), 0);
    }

    private String without(int at) {
        return name.substring(0, at) + name.substring(at + UTF16.getCharCount(name.codePointAt(at)));
    }

    boolean looksLike(DomainLook other) {
        return !name.equals(other.name) && look.equals(other.look);
    }

    /** Exactly; {@link #marks} in common are necessary for that, but not enough. */
    boolean isOneLetterFrom(DomainLook other) {
        int[] one = name.codePoints().toArray();
        int[] two = other.name.codePoints().toArray();
        int begin = 0;
        while (begin < Math.min(one.length, two.length) && one[begin] == two[begin]) {
            begin++;
        }
        int end = 0;
        while (end < Math.min(one.length, two.length) - begin
                && one[one.length - 1 - end] == two[two.length - 1 - end]) {
            end++;
        }
        int left = one.length - begin - end;
        int right = two.length - begin - end;
        boolean swapped = left == 2 && right == 2 && one[begin] == two[begin + 1] && one[begin + 1] == two[begin];
        return swapped || (left <= 1 && right <= 1 && left + right > 0);
    }
}
