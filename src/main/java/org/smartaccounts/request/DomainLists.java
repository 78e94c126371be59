package org.smartaccounts.request;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.smartaccounts.account.DomainName;
import org.smartaccounts.account.EmailAddress;

/**
 * The lists beside the table of rules, which are deployed together with it. One entry a line; what follows a {@code #} is a remark. A
 * domain on a list stands for everything below it, too.
 */
record DomainLists(Set<String> blockedDomains, Set<String> freeMailDomains, Set<String> sharedMailboxes) {

    static DomainLists of(String deployment, RepositoryService repository) {
        return new DomainLists(
                read("blockedDomains.txt", deployment, repository),
                read("freeMailDomains.txt", deployment, repository),
                read("sharedMailboxes.txt", deployment, repository));
    }

    private static Set<String> read(String file, String deployment, RepositoryService repository) {
        try (InputStream list = repository.getResourceAsStream(deployment, file)) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("#", 2)[0].strip().toLowerCase(Locale.ROOT))
                    .filter(line -> !line.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("%s of deployment %s cannot be read".formatted(file, deployment), e);
        }
    }

    boolean isBlocked(DomainName domain) {
        return contains(blockedDomains, domain);
    }

    boolean isFreeMail(DomainName domain) {
        return contains(freeMailDomains, domain);
    }

    /** Several people may read such a mailbox; what follows a {@code +} is nothing of its name. */
    boolean isShared(EmailAddress address) {
        return sharedMailboxes.contains(address.localPart().split("\\+", 2)[0].toLowerCase(Locale.ROOT));
    }

    private static boolean contains(Set<String> list, DomainName domain) {
        for (String name = domain.value(); ; name = name.substring(name.indexOf('.') + 1)) {
            if (list.contains(name)) {
                return true;
            }
            if (name.indexOf('.') < 0) {
                return false;
            }
        }
    }
}
