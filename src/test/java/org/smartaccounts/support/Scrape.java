package org.smartaccounts.support;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What Prometheus reads: every line of {@code /actuator/prometheus}, with its labels and its number. */
public final class Scrape {

    /** One line. */
    public record Sample(String name, Map<String, String> labels, double value) {}

    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final List<Sample> samples = new ArrayList<>();

    private Scrape(String text) {
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                throw new AssertionError("Prometheus would not understand " + line);
            }
            Map<String, String> labels = new LinkedHashMap<>();
            String inBraces = parts.group(2) == null ? "" : parts.group(2);
            LABEL.matcher(inBraces).results().forEach(label -> labels.put(label.group(1), label.group(2)));
            samples.add(new Sample(parts.group(1), labels, number(parts.group(3))));
        });
    }

    private static double number(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    /** Reads it as Prometheus does. */
    public static Scrape of(String url, String password) {
        HttpResponse<String> answer = answer(url, "prometheus", password);
        if (answer.statusCode() != 200) {
            throw new AssertionError("The metrics answer with %d".formatted(answer.statusCode()));
        }
        return new Scrape(answer.body());
    }

    /** What somebody with that password is answered. */
    public static HttpResponse<String> answer(String url, String user, String password) {
        return answer(url, "/actuator/prometheus", user, password);
    }

    /** What somebody with that password is answered elsewhere. */
    public static HttpResponse<String> answer(String url, String path, String user, String password) {
        Visitor machine = new Visitor(url);
        String login = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return machine.send(HttpRequest.newBuilder(machine.at(path)).header("Authorization", "Basic " + login));
    }

    /** Every line of a meter. */
    public List<Sample> of(String name) {
        return samples.stream().filter(sample -> sample.name().equals(name)).toList();
    }

    /** The names of all meters. */
    public Set<String> names() {
        return samples.stream().map(Sample::name).collect(Collectors.toSet());
    }

    /** The number of the one line that has these labels, as {@code name, value, name, value}. */
    public double value(String name, String... labels) {
        List<Sample> found =
                of(name).stream().filter(sample -> has(sample, labels)).toList();
        if (found.size() != 1) {
            throw new AssertionError("%s%s has %d lines".formatted(name, List.of(labels), found.size()));
        }
        return found.get(0).value();
    }

    private static boolean has(Sample sample, String... labels) {
        for (int i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].equals(sample.labels().get(labels[i]))) {
                return false;
            }
        }
        return true;
    }
}
