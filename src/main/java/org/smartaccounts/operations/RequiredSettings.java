package org.smartaccounts.operations;

import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.StringUtils;

/**
 * Stops a start for which somebody forgot a variable. Without this the placeholder itself would become the setting: an administrator
 * whose password everybody can read in {@code application.yaml}.
 */
@Order(Ordered.LOWEST_PRECEDENCE) // after the configuration files have been read
class RequiredSettings implements EnvironmentPostProcessor {

    private static final List<String> NAMES = List.of(
            "DATABASE_URL",
            "DATABASE_USER",
            "DATABASE_PASSWORD",
            "MAIL_HOST",
            "MAIL_FROM",
            "PUBLIC_URL",
            "ACTIVATION_KEYS",
            "ADMIN_USER",
            "ADMIN_PASSWORD");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        List<String> missing = NAMES.stream()
                .filter(name -> !StringUtils.hasText(environment.getProperty(name)))
                .toList();
        if (!missing.isEmpty()) {
            throw new Missing(missing);
        }
    }

    static class Missing extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Missing(List<String> names) {
            super(String.join(", ", names));
        }
    }

    static class Analyzer extends AbstractFailureAnalyzer<Missing> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, Missing cause) {
            return new FailureAnalysis(
                    "These settings have no default and are missing: " + cause.getMessage(),
                    "Set them as environment variables. The README says what each of them means.",
                    cause);
        }
    }
}
