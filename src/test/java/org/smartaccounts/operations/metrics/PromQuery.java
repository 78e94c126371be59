package org.smartaccounts.operations.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a query in Prometheus's language asks for: its meters, with the labels that it wants them to have, and the labels by which it groups. Only
 * so much of the language is understood; what makes no sense is promtool's business.
 */
final class PromQuery {

    /** A label that has to be, or not to be, something. */
    record Matching(String label, String operator, String value) {}

    /** A meter, and which of its lines. */
    record Selector(String meter, List<Matching> matching) {}

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<range>\\[[^\\]]*])|(?<text>\"(?:[^\"\\\\]|\\\\.)*\")"
                    + "|(?<number>[0-9][0-9.eE]*(?:ms|[smhdwy])?)|(?<word>[a-zA-Z_:][\\w:]*)|(?<sign>=~|!~|!=|==|<=|>=|[-+*/%^=<>(){},@]))");

    private static final Set<String> GROUPING = Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "offset", "bool", "inf", "nan");

    private final List<Selector> selectors = new ArrayList<>();
    private final Set<String> groupings = new TreeSet<>();

    private final List<String> tokens = new ArrayList<>();
    private int next;

    /** @throws IllegalArgumentException if that is no query */
    PromQuery(String query) {
        Matcher token = TOKEN.matcher(query.strip());
        int end = 0;
        while (end < query.strip().length()) {
            if (!token.find(end) || token.start() != end) {
                throw new IllegalArgumentException(
                        "Not understood from here: " + query.strip().substring(end));
            }
            tokens.add(token.group().strip());
            end = token.end();
        }
        while (next < tokens.size()) {
            read(tokens.get(next++));
        }
    }

    List<Selector> selectors() {
        return selectors;
    }

    /** The labels that are left over, or are compared. */
    Set<String> groupings() {
        return groupings;
    }

    private void read(String token) {
        if (!token.matches("[a-zA-Z_:].*") || WORDS.contains(token.toLowerCase(Locale.ROOT))) {
            return;
        }
        if (GROUPING.contains(token)) {
            if (peek().equals("(")) {
                next++;
                while (!peek().equals(")")) {
                    groupings.add(tokens.get(next++));
                    skip(",");
                }
                next++;
            }
        } else if (!peek().equals("(") && !GROUPING.contains(peek())) {
            // With a parenthesis it is a function.
            selectors.add(new Selector(token, matching()));
        }
    }

    private List<Matching> matching() {
        List<Matching> matching = new ArrayList<>();
        if (peek().equals("{")) {
            next++;
            while (!peek().equals("}")) {
                String value = tokens.get(next + 2);
                matching.add(
                        new Matching(tokens.get(next), tokens.get(next + 1), value.substring(1, value.length() - 1)));
                next += 3;
                skip(",");
            }
            next++;
        }
        return matching;
    }

    private String peek() {
        return next < tokens.size() ? tokens.get(next) : "";
    }

    private void skip(String token) {
        if (peek().equals(token)) {
            next++;
        }
    }
}
