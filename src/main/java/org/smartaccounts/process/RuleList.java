package org.smartaccounts.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.smartaccounts.account.DomainName;

/** A list beside a table of rules, which is deployed together with it. One entry a line; what follows a {@code #} is a remark. */
public record RuleList(Set<String> entries) {

    /** A list as it was deployed with one version of the tables. */
    public static RuleList read(String file, String deployment, RepositoryService repository) {
        try (InputStream list = repository.getResourceAsStream(deployment, file)) {
            return new RuleList(new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("#", 2)[0].strip().toLowerCase(Locale.ROOT))
                    .filter(line -> !line.isEmpty())
                    .collect(Collectors.toUnmodifiableSet()));
        } catch (IOException e) {
            throw new UncheckedIOException("%s of deployment %s cannot be read".formatted(file, deployment), e);
        }
    }

    /** Whether a domain is on it. One that is stands for everything below it, too. */
    public boolean covers(DomainName domain) {
        for (String name = domain.value(); ; name = name.substring(name.indexOf('.') + 1)) {
            if (entries.contains(name)) {
                return true;
            }
            if (name.indexOf('.') < 0) {
                return false;
            }
        }
    }
}
