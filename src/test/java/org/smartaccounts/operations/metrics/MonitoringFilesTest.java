package org.smartaccounts.operations.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.PAULA;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smartaccounts.operations.metrics.PromQuery.Matching;
import org.smartaccounts.operations.metrics.PromQuery.Selector;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.RequestForm;
import org.smartaccounts.support.Scrape;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.yaml.snakeyaml.Yaml;

/** Whatever the dashboard and the alerts ask for, the application says: otherwise a panel is empty, and an alert never fires. */
class MonitoringFilesTest extends ApplicationTest {

    private static final Path FOLDER = Path.of("src/monitoring");
    private static final Path ALERTS = FOLDER.resolve("prometheus/alerts.yml");
    private static final Path DASHBOARD = FOLDER.resolve("grafana/dashboards/smart-account-requests.json");
    private static final String JOB = "smart-account-requests";

    /** Of a query, where its result is shown: {@code {{status}}} or {@code $labels.instance}. */
    private static final Pattern SHOWN = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}|\\$labels\\.(\\w+)");

    @Autowired
    Snapshots snapshots;

    @Value("${METRICS_PASSWORD}")
    String metricsPassword = "";

    /** Of each meter its labels, and of each of them all values; what Prometheus adds to them has no values that are known. */
    private final Map<String, Map<String, Set<String>>> known = new LinkedHashMap<>();

    @BeforeEach
    void readWhatTheApplicationSays() throws IOException {
        String request = tasklist.submit(PAULA, RequestForm.forNewCustomer());
        jobs.run(request, "Activity_sendActivationInstructions");
        loggedIn("admin").get("/requests");
        snapshots.take();
        // There is no meter of it before the first time.
        System.gc();
        Scrape scrape = Scrape.of(url, metricsPassword);
        for (String meter : scrape.names()) {
            Map<String, Set<String>> labels = new LinkedHashMap<>();
            scrape.of(meter)
                    .forEach(line -> line.labels()
                            .forEach((label, value) -> labels.computeIfAbsent(label, any -> new TreeSet<>())
                                    .add(value)));
            labels.put("instance", Set.of());
            labels.put("job", Set.of(JOB));
            known.put(meter, labels);
        }
        Set<String> alerts =
                alerts().stream().map(alert -> text(alert, "alert")).collect(Collectors.toSet());
        known.put("up", Map.of("instance", Set.of(), "job", Set.of(JOB)));
        known.put(
                "ALERTS",
                Map.of(
                        "alertname", alerts,
                        "alertstate", Set.of("pending", "firing"),
                        "severity", Set.of("warning", "critical"),
                        "instance", Set.of()));
    }

    @Test
    void theAlertsAskForWhatTheApplicationSays() throws IOException {
        List<String> mistakes = new ArrayList<>();
        for (JsonNode alert : alerts()) {
            mistakes.addAll(mistakes(
                    "Alert " + text(alert, "alert"),
                    text(alert, "expr"),
                    alert.path("annotations").toString()));
        }

        assertThat(mistakes).isEmpty();
    }

    @Test
    void theDashboardAsksForWhatTheApplicationSays() throws IOException {
        List<String> mistakes = new ArrayList<>();
        JsonNode dashboard = dashboard();
        for (JsonNode panel : dashboard.get("panels")) {
            for (JsonNode target : panel.path("targets")) {
                mistakes.addAll(mistakes(
                        "Panel “%s”".formatted(panel.get("title").asText()),
                        target.get("expr").asText(),
                        target.path("legendFormat").asText()));
            }
        }
        for (JsonNode annotation : dashboard.get("annotations").get("list")) {
            mistakes.addAll(mistakes(
                    "Annotation " + annotation.get("name").asText(),
                    annotation.path("expr").asText(),
                    annotation.path("titleFormat").asText()));
        }

        assertThat(mistakes).isEmpty();
    }

    @Test
    void everyMeterOfOursIsOnTheDashboardOrInAnAlert() throws IOException {
        String asked = Files.readString(ALERTS) + Files.readString(DASHBOARD);

        assertThat(known.keySet())
                .filteredOn(meter -> meter.startsWith("smartaccounts_"))
                // Of a timer, one of its lines is enough.
                .extracting(meter -> meter.replaceFirst("_(count|sum|max|bucket)$", ""))
                .allSatisfy(meter -> assertThat(asked).contains(meter));
    }

    @Test
    void everyAlertSaysHowBadItIsAndWhatToDo() throws IOException {
        assertThat(alerts()).allSatisfy(alert -> {
            assertThat(text(alert.path("labels"), "severity")).isIn("warning", "critical");
            assertThat(text(alert.path("annotations"), "summary")).isNotBlank();
            assertThat(text(alert.path("annotations"), "description")).isNotBlank();
        });
        String examples = Files.readString(FOLDER.resolve("prometheus/alerts.test.yml"));
        assertThat(alerts()).allSatisfy(alert -> assertThat(examples).contains(text(alert, "alert")));
        assertThat(Files.readString(FOLDER.resolve("prometheus/prometheus.yml")))
                .contains("job_name: " + JOB, "metrics_path: /actuator/prometheus");
    }

    /** What Grafana would not show, or show in a muddle. */
    @Test
    void thePanelsOfTheDashboardStandSideBySideAndEachSaysWhatItShows() throws IOException {
        Set<Integer> ids = new HashSet<>();
        Set<String> taken = new HashSet<>();
        for (JsonNode panel : dashboard().get("panels")) {
            assertThat(ids.add(panel.get("id").asInt())).isTrue();
            JsonNode place = panel.get("gridPos");
            assertThat(place.get("x").asInt() + place.get("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = 0; x < place.get("w").asInt(); x++) {
                for (int y = 0; y < place.get("h").asInt(); y++) {
                    assertThat(taken.add((place.get("x").asInt() + x) + " "
                                    + (place.get("y").asInt() + y)))
                            .as(
                                    "Panel “%s” lies on another one",
                                    panel.get("title").asText())
                            .isTrue();
                }
            }
            if (!panel.get("type").asText().equals("row")) {
                assertThat(panel.get("description").asText()).isNotBlank();
                assertThat(panel.get("targets").findValuesAsText("uid")).containsOnly("prometheus");
            }
        }
    }

    private List<String> mistakes(String place, String query, String shown) {
        PromQuery asked = new PromQuery(query);
        List<String> mistakes = new ArrayList<>();
        Set<String> labels = new TreeSet<>();
        for (Selector selector : asked.selectors()) {
            Map<String, Set<String>> ofMeter = known.getOrDefault(selector.meter(), Map.of());
            labels.addAll(ofMeter.keySet());
            if (ofMeter.isEmpty()) {
                mistakes.add("%s asks for %s, which nobody says".formatted(place, selector.meter()));
                continue;
            }
            for (Matching matching : selector.matching()) {
                mistakes.addAll(mistakes(place, selector.meter(), matching, ofMeter.get(matching.label())));
            }
        }
        Stream.concat(asked.groupings().stream(), SHOWN.matcher(shown).results().map(MonitoringFilesTest::label))
                .filter(label -> !labels.contains(label))
                .map(label -> "%s wants the label %s, which nothing in %s has".formatted(place, label, query))
                .forEach(mistakes::add);
        return mistakes;
    }

    private static List<String> mistakes(String place, String meter, Matching matching, @Nullable Set<String> values) {
        if (values == null) {
            return List.of("%s wants the label %s of %s, which has none".formatted(place, matching.label(), meter));
        }
        boolean isPattern = matching.operator().endsWith("~");
        // Of patterns only lists of words can be compared.
        if (values.isEmpty() || (isPattern && !matching.value().matches("[\\w|]+"))) {
            return List.of();
        }
        return Stream.of(isPattern ? matching.value().split("\\|") : new String[] {matching.value()})
                .filter(value -> !values.contains(value))
                .map(value -> "%s asks for %s with %s %s; there are only %s"
                        .formatted(place, meter, matching.label(), value, values))
                .toList();
    }

    private static String label(MatchResult shown) {
        return shown.group(1) == null ? shown.group(2) : shown.group(1);
    }

    private static List<JsonNode> alerts() throws IOException {
        JsonNode file = new ObjectMapper().valueToTree(new Yaml().load(Files.readString(ALERTS)));
        return file.findValues("rules").stream()
                .flatMap(rules -> StreamSupport.stream(rules.spliterator(), false))
                .toList();
    }

    private static String text(JsonNode alert, String field) {
        return alert.path(field).asText();
    }

    private static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(Files.readString(DASHBOARD));
    }
}
