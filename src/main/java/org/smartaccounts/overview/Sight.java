package org.smartaccounts.overview;

import java.util.List;
import java.util.Set;
import org.smartaccounts.access.People;
import org.smartaccounts.access.People.PartnerCompany;
import org.smartaccounts.access.People.Person;
import org.smartaccounts.access.Role;

/**
 * Whose requests somebody sees: those of the own company, or all.
 *
 * @param person    who looks
 * @param all       whether it is somebody of licensing support, or an administrator
 * @param companies the ids of the companies that the person works for
 */
public record Sight(Person person, boolean all, List<String> companies) {

    /** What a user sees at this moment. */
    public static Sight of(String userId, People people) {
        Person person = people.get(userId);
        return new Sight(
                person,
                people.hasAny(userId, Set.of(Role.SUPPORT, Role.ADMINISTRATOR)),
                people.companiesOf(person).stream().map(PartnerCompany::id).toList());
    }

    /** Whether a request of that company is seen. */
    public boolean covers(String companyId) {
        return all || companies.contains(companyId);
    }
}
