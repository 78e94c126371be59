package org.smartaccounts.operations.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.email.LedgerEntry;
import org.smartaccounts.security.Finding;
import org.springframework.stereotype.Component;

/**
 * The meters of what is in the database. Each node shows the same, so whoever reads them takes the greatest of all nodes, and no sum. Before
 * the first look there are none: a zero that is only not known yet would be an enormous rise a moment later.
 */
@Component
class DatabaseMeters {

    private static final String PREFIX = "smartaccounts.";

    /** There from the beginning, at zero, so that the first of them is a rise. */
    private static final List<String> OUTCOMES =
            List.of("activated", "declined", "expired", "canceled", "closed", "withdrawn");

    private final MeterRegistry registry;
    private final MultiGauge requests;
    private final MultiGauge emails;
    private final MultiGauge findings;
    private final MultiGauge processes;
    private final Set<String> outcomes = new HashSet<>();
    private volatile @Nullable Snapshot last;
    private volatile long takenAt;

    DatabaseMeters(MeterRegistry registry) {
        this.registry = registry;
        requests = MultiGauge.builder(PREFIX + "requests")
                .description("Requests and accounts, by status")
                .register(registry);
        emails = MultiGauge.builder(PREFIX + "emails")
                .description("Emails in the ledger, by template and state")
                .register(registry);
        findings = MultiGauge.builder(PREFIX + "security.findings")
                .description("What the security checks have found, by its state and severity")
                .register(registry);
        processes = MultiGauge.builder(PREFIX + "process.live")
                .description("1 for the version of each process that is live")
                .register(registry);
    }

    /** Shows these numbers from now on. */
    synchronized void show(Snapshot snapshot) {
        boolean isFirst = last == null;
        last = snapshot;
        takenAt = registry.config().clock().monotonicTime();
        if (isFirst) {
            addTheRest();
        }
        requests.register(Arrays.stream(AccountStatus.values())
                .map(DatabaseMeters::word)
                .map(status -> row(Tags.of("status", status), now -> now.total(Count.REQUEST, status, "")))
                .toList());
        emails.register(snapshot.of(Count.EMAIL).stream()
                .map(Count::name)
                .distinct()
                .flatMap(this::statesOf)
                .toList());
        findings.register(Arrays.stream(Finding.State.values())
                .map(DatabaseMeters::word)
                .flatMap(this::severitiesOf)
                .toList());
        processes.register(snapshot.live().stream()
                .map(live -> row(
                        Tags.of(
                                "process", live.process(),
                                "version", live.version(),
                                "number", String.valueOf(live.number())),
                        now -> 1))
                .toList());
        Stream.concat(OUTCOMES.stream(), snapshot.of(Count.OUTCOME).stream().map(Count::name))
                .filter(outcomes::add)
                .forEach(this::addOutcome);
    }

    private Stream<Row<?>> statesOf(String template) {
        return Arrays.stream(LedgerEntry.State.values())
                .map(DatabaseMeters::word)
                .map(state -> row(
                        Tags.of("template", template, "state", state), now -> now.total(Count.EMAIL, template, state)));
    }

    private Stream<Row<?>> severitiesOf(String state) {
        return Arrays.stream(Finding.Severity.values())
                .map(DatabaseMeters::word)
                .map(severity -> row(
                        Tags.of("state", state, "severity", severity),
                        now -> now.total(Count.FINDING, state, severity)));
    }

    private void addOutcome(String outcome) {
        FunctionCounter.builder(
                        PREFIX + "requests.ended",
                        this,
                        meters -> meters.number(now -> now.total(Count.OUTCOME, outcome, "")))
                .description("Requests that have ended, by outcome, over all time")
                .tag("outcome", outcome)
                .register(registry);
    }

    private void addTheRest() {
        add("emails.retried", "Emails that no mail server has taken yet, and that are tried again", Snapshot::emails);
        add("jobs.executable", "Jobs that could run now", now -> now.work().executable());
        add(
                "jobs.overdue",
                "Jobs that should have run five minutes ago",
                now -> now.work().overdue());
        add("jobs.failed", "Jobs that are not tried any more", now -> now.work().failed());
        addTime(
                "jobs.lag",
                "How long the oldest job that could run has been waiting",
                now -> now.work().lag());
        add("incidents", "Incidents that are open", now -> now.work().incidents());
        addTime(
                "incidents.oldest.age",
                "For how long the oldest incident has been open",
                now -> now.work().oldest());
        addTime("snapshot.age", "How old the numbers from the database are", now -> age());
    }

    private Duration age() {
        return Duration.ofNanos(registry.config().clock().monotonicTime() - takenAt);
    }

    private void add(String name, String description, ToDoubleFunction<Snapshot> number) {
        Gauge.builder(PREFIX + name, this, meters -> meters.number(number))
                .description(description)
                .register(registry);
    }

    private void addTime(String name, String description, Function<Snapshot, Duration> time) {
        Gauge.builder(
                        PREFIX + name,
                        this,
                        meters -> meters.number(now -> time.apply(now).toMillis() / 1000.0))
                .description(description)
                .baseUnit("seconds")
                .register(registry);
    }

    private Row<?> row(Tags tags, ToDoubleFunction<Snapshot> number) {
        return Row.of(tags, this, meters -> meters.number(number));
    }

    private double number(ToDoubleFunction<Snapshot> number) {
        @Nullable Snapshot now = last;
        return now == null ? Double.NaN : number.applyAsDouble(now);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
