package org.smartaccounts.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The facts of a suspicion in one canonical form. Counts go in steps, 1, 2, 5, 10, 20 and so on: one wrong link more is no news, twice as
 * many are.
 */
final class FactSteps {

    private FactSteps() {}

    /**
     * The fingerprint of a suspicion.
     *
     * @param asked the names of the facts that it is about
     */
    static String fingerprint(
            Suspicion.Outcome outcome, String message, Collection<String> asked, CheckedAccount account) {
        Map<String, Object> facts = account.facts().inputs();
        String canonical = new TreeSet<>(asked)
                .stream()
                        .map(name -> name + "=" + canonical(name, Objects.requireNonNull(facts.get(name)), account))
                        .collect(Collectors.joining("\n", outcome + " " + message + "\n", ""));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String canonical(String name, Object fact, CheckedAccount account) {
        return switch (name) {
            case "approverKind", "approverOutside", "otherActivator" -> fact + " " + account.approverDomain();
            case "lookalike" -> fact + " " + account.likeDomain();
            default -> fact instanceof Integer count ? String.valueOf(step(count)) : String.valueOf(fact);
        };
    }

    /** The step that a count has reached. */
    static int step(int count) {
        int reached = 0;
        for (long power = 1; power <= count; power *= 10) {
            for (int step : new int[] {1, 2, 5}) {
                reached = step * power <= count ? (int) (step * power) : reached;
            }
        }
        return reached;
    }
}
