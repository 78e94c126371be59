package org.smartaccounts.access;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who somebody is, from the engine's identity tables. */
@Component
public class People {

    /**
     * A user.
     *
     * @param id    what the person logs in with
     * @param name  first and last name, or the id if neither is known
     * @param email empty if none is known
     */
    public record Person(String id, String name, String email) {}

    /**
     * A partner company.
     *
     * @param id   of its group
     * @param name for people
     */
    public record PartnerCompany(String id, String name) {}

    private final IdentityService identity;
    private final AccessProperties properties;

    People(IdentityService identity, AccessProperties properties) {
        this.identity = identity;
        this.properties = properties;
    }

    /** The person as whom the current call is made; empty if the application itself acts. */
    public Optional<Person> current() {
        return Optional.ofNullable(identity.getCurrentAuthentication())
                .map(authentication -> authentication.getUserId())
                .map(this::get);
    }

    /** A user by what the person logs in with; also one who has been deleted since. */
    public Person get(String id) {
        @Nullable User user = identity.createUserQuery().userId(id).singleResult();
        return user == null ? new Person(id, id, "") : toPerson(user);
    }

    /** Lets the engine know as whom a call is made that comes from one of our own pages. */
    public <T> T as(String id, Supplier<T> call) {
        identity.setAuthentication(id, groupsOf(id));
        try {
            return call.get();
        } finally {
            identity.clearAuthentication();
        }
    }

    private List<String> groupsOf(String id) {
        return identity.createGroupQuery().groupMember(id).list().stream()
                .map(Group::getId)
                .toList();
    }

    /** The partner companies that the person works for: one, if everything is in order. */
    public List<PartnerCompany> companiesOf(Person person) {
        return identity
                .createGroupQuery()
                .groupMember(person.id())
                .groupType(Groups.PARTNER_COMPANY_TYPE)
                .list()
                .stream()
                .map(People::toCompany)
                .toList();
    }

    private static PartnerCompany toCompany(Group group) {
        return new PartnerCompany(group.getId(), Objects.requireNonNullElse(group.getName(), group.getId()));
    }

    /** All partner companies, by their names. */
    public List<PartnerCompany> companies() {
        return identity
                .createGroupQuery()
                .groupType(Groups.PARTNER_COMPANY_TYPE)
                .orderByGroupName()
                .asc()
                .list()
                .stream()
                .map(People::toCompany)
                .toList();
    }

    /** The mail addresses of everybody at a partner company, as far as they are known. */
    public List<String> addressesAt(String companyId) {
        return identity.createUserQuery().memberOfGroup(companyId).list().stream()
                .map(User::getEmail)
                .filter(Objects::nonNull)
                .toList();
    }

    public boolean isSupport(Person person) {
        return hasAny(person.id(), Set.of(Role.SUPPORT));
    }

    /** Whether a user has one of some roles at this moment. */
    public boolean hasAny(String userId, Set<Role> roles) {
        String[] groups = roles.stream().map(this::group).toArray(String[]::new);
        return identity.createGroupQuery().groupMember(userId).groupIdIn(groups).count() > 0;
    }

    /** The id of the group that gives a role. */
    String group(Role role) {
        return switch (role) {
            case PARTNER -> Groups.PARTNERS;
            case SUPPORT -> Groups.LICENSING_SUPPORT;
            case ANALYST -> Groups.ANALYSTS;
            case ADMINISTRATOR -> properties.administrators();
        };
    }

    private static Person toPerson(User user) {
        String name = Stream.of(user.getFirstName(), user.getLastName())
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining(" "));
        return new Person(
                user.getId(), name.isEmpty() ? user.getId() : name, Objects.requireNonNullElse(user.getEmail(), ""));
    }
}
