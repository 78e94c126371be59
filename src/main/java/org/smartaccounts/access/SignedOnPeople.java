package org.smartaccounts.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.access.AccessProperties.SingleSignOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.StringUtils;

/**
 * Writes down at every login what the identity provider says of a person: who it is, in which of our groups, and of which partner company.
 * So the engine knows everybody who was ever here, and administrators find them. Groups that mean nothing here are left out; in ours
 * somebody is only as long as the identity provider says so.
 */
@Component
class SignedOnPeople {

    /** The identity provider knows the person, but we cannot take them in. */
    static final class RefusedLoginException extends AuthenticationException {

        private static final long serialVersionUID = 1L;

        private final String reason;

        RefusedLoginException(String reason) {
            super(reason);
            this.reason = reason;
        }

        /** The key of the words that say why. */
        String reason() {
            return reason;
        }
    }

    /** As {@code general-resource-whitelist-pattern} in application.yaml. */
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9._@-]{1,%d}".formatted(Groups.MAX_ID));

    private static final int MAX_NAME = 200;

    private final IdentityService identity;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final SingleSignOn claims;
    private final Set<String> roles;

    SignedOnPeople(
            IdentityService identity,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            AccessProperties properties,
            People people) {
        this.identity = identity;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.claims = properties.singleSignOn();
        this.roles = Arrays.stream(Role.values()).map(people::group).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Remembers who has come.
     *
     * @throws RefusedLoginException if it is not clear who that is, or for which company a partner comes
     */
    void remember(OidcUser person) {
        if (!ID.matcher(person.getName()).matches()) {
            throw new RefusedLoginException("login.refused.unusableName");
        }
        Collection<String> named = list(person, claims.groupsClaim());
        Set<String> groups = named.stream().filter(roles::contains).collect(Collectors.toCollection(HashSet::new));
        Set<String> companies = companies(person, named);
        if (groups.contains(Groups.PARTNERS) && companies.isEmpty()) {
            throw new RefusedLoginException("login.refused.noCompany");
        }
        if (companies.size() > 1) {
            throw new RefusedLoginException("login.refused.severalCompanies");
        }
        for (String company : companies) {
            // The name of a role, for a company, would make all of its people members of it.
            if (!ID.matcher(company).matches() || roles.contains(company)) {
                throw new RefusedLoginException("login.refused.unusableCompany");
            }
            groups.add(company);
            groups.add(Groups.PARTNERS);
        }
        transaction.executeWithoutResult(status -> {
            // Two people of a new company may come at the same moment, to two nodes.
            jdbc.sql("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended('single sign-on', 0))")
                    .query(Integer.class)
                    .single();
            companies.forEach(company -> saveCompany(company, companyName(person, company)));
            saveUser(person);
            saveMemberships(person.getName(), groups);
        });
    }

    private Set<String> companies(OidcUser person, Collection<String> groups) {
        @Nullable String claim = claims.companyClaim();
        return claim != null
                ? Set.copyOf(list(person, claim))
                : groups.stream()
                        .filter(group -> group.startsWith(claims.companyPrefix()))
                        .map(group -> group.substring(claims.companyPrefix().length()))
                        .collect(Collectors.toSet());
    }

    private static Collection<String> list(OidcUser person, String claim) {
        @Nullable Object value = person.getClaims().get(claim);
        if (value instanceof Collection<?> several) {
            return several.stream().map(String::valueOf).toList();
        }
        return value == null || String.valueOf(value).isBlank() ? List.of() : List.of(String.valueOf(value));
    }

    private @Nullable String companyName(OidcUser person, String company) {
        @Nullable String claim = claims.companyNameClaim();
        return claim == null ? null : Objects.requireNonNullElse(person.getClaimAsString(claim), company);
    }

    /** @param name null to leave it to the administrators */
    private void saveCompany(String id, @Nullable String name) {
        @Nullable Group company = identity.createGroupQuery().groupId(id).singleResult();
        if (company == null) {
            company = identity.newGroup(id);
            company.setType(Groups.PARTNER_COMPANY_TYPE);
            company.setName(id);
        } else if (!Groups.PARTNER_COMPANY_TYPE.equals(company.getType())) {
            throw new RefusedLoginException("login.refused.unusableCompany");
        } else if (name == null || name.equals(company.getName())) {
            return;
        }
        if (name != null) {
            company.setName(name);
        }
        identity.saveGroup(company);
    }

    private void saveUser(OidcUser person) {
        @Nullable
        User known = identity.createUserQuery().userId(person.getName()).singleResult();
        User user = known == null ? identity.newUser(person.getName()) : known;
        user.setFirstName(name(person.getGivenName()));
        user.setLastName(name(person.getFamilyName()));
        // An address that the identity provider itself doubts, is none.
        user.setEmail(Boolean.FALSE.equals(person.getEmailVerified()) ? null : person.getEmail());
        identity.saveUser(user);
    }

    /** As much as the database holds. */
    private static @Nullable String name(@Nullable String name) {
        return name == null ? null : StringUtils.truncate(name.replace("\0", ""), MAX_NAME);
    }

    private void saveMemberships(String user, Set<String> groups) {
        Set<String> before = identity.createGroupQuery().groupMember(user).list().stream()
                .map(Group::getId)
                .collect(Collectors.toSet());
        before.stream()
                .filter(group -> !groups.contains(group))
                .forEach(group -> identity.deleteMembership(user, group));
        groups.stream()
                .filter(group -> !before.contains(group))
                .forEach(group -> identity.createMembership(user, group));
    }
}
