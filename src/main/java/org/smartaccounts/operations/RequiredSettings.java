package org.smartaccounts.operations;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Stops a start for which somebody forgot a variable, or took a secret that everybody can read. Without this a placeholder itself would
 * become the setting: an administrator whose password stands in {@code application.yaml}.
 */
@Order(Ordered.LOWEST_PRECEDENCE) // after the configuration files have been read
class RequiredSettings implements EnvironmentPostProcessor {

    private static final List<String> NAMES = List.of(
            "DATABASE_URL",
            "DATABASE_USER",
            "DATABASE_PASSWORD",
            "MAIL_HOST",
            "MAIL_FROM",
            "SUPPORT_EMAIL",
            "PUBLIC_URL",
            "ACTIVATION_KEYS");

    /** Where no identity provider says who is an administrator. */
    private static final List<String> FIRST_ADMINISTRATOR = List.of("ADMIN_USER", "ADMIN_PASSWORD");

    private static final String IDENTITY_PROVIDERS = "spring.security.oauth2.client.registration";

    /** Words that everybody has read somewhere, this project's own included. */
    private static final Set<String> PUBLISHED = Set.of(
            "admin",
            "camunda",
            "changeit",
            "changeme",
            "change-me",
            "demo",
            "password",
            "postgres",
            "secret",
            "smartaccounts",
            "try-it-2026",
            "for-development-only-0123456789abcdef",
            "for-development-only-metrics");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        boolean ownLogin = !Binder.get(environment)
                .bind(IDENTITY_PROVIDERS, Bindable.mapOf(String.class, Object.class))
                .isBound();
        List<String> missing = Stream.concat(NAMES.stream(), ownLogin ? FIRST_ADMINISTRATOR.stream() : Stream.empty())
                .filter(name -> !StringUtils.hasText(environment.getProperty(name)))
                .toList();
        if (!missing.isEmpty()) {
            throw new Unusable("These settings have no default and are missing: " + String.join(", ", missing));
        }
        if (!environment.getProperty("FORWARD_HEADERS", "none").equals("none")
                && !StringUtils.hasText(environment.getProperty("TRUSTED_PROXIES"))) {
            // All people would seem to come from one address, the proxy's, and share its limits.
            throw new Unusable("FORWARD_HEADERS is set, but TRUSTED_PROXIES does not say whose headers are believed");
        }
        // The development launcher brings its own configuration, with secrets that everybody knows.
        if (!environment.containsProperty("development.password")) {
            refusePublished(environment);
        }
        Map<String, Object> derived = new HashMap<>();
        derived.put(
                "smart-accounts.https",
                environment.getRequiredProperty("PUBLIC_URL").startsWith("https:"));
        if (ownLogin) {
            derived.put("smart-accounts.access.first-administrator.user", "${ADMIN_USER}");
            derived.put("smart-accounts.access.first-administrator.password", "${ADMIN_PASSWORD}");
        }
        environment.getPropertySources().addLast(new MapPropertySource("what follows from the settings", derived));
    }

    private static void refusePublished(ConfigurableEnvironment environment) {
        for (String name : List.of("DATABASE_PASSWORD", "ADMIN_PASSWORD", "METRICS_PASSWORD", "ACTIVATION_KEYS")) {
            for (String secret : StringUtils.commaDelimitedListToSet(environment.getProperty(name))) {
                if (PUBLISHED.contains(secret.strip().toLowerCase(Locale.ROOT))) {
                    throw new Unusable("%s is a value that everybody knows".formatted(name));
                }
            }
        }
    }

    static class Unusable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unusable(String reason) {
            super(reason);
        }
    }

    static class Analyzer extends AbstractFailureAnalyzer<Unusable> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, Unusable cause) {
            return new FailureAnalysis(
                    String.valueOf(cause.getMessage()),
                    "Set it as an environment variable. The README says what each of them means.",
                    cause);
        }
    }
}
