package org.smartaccounts.development;

import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.smartaccounts.access.Groups;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** Two people of one partner company, one of another, and what else there is. All have the same password. */
@Component
public class DevelopmentUsers implements ApplicationRunner {

    /** A user, and what the start-up table says of them. */
    record Somebody(String id, String firstName, String lastName, String email, List<String> groups, String who) {}

    static final String ALPINE = "alpine-reseller";
    static final String NORDIC = "nordic-distribution";

    static final List<Somebody> EVERYBODY = List.of(
            new Somebody(
                    "paula",
                    "Paula",
                    "Romano",
                    "paula@alpine-reseller.example",
                    List.of(Groups.PARTNERS, ALPINE),
                    "partner, at Alpine Reseller"),
            new Somebody(
                    "pedro",
                    "Pedro",
                    "Alves",
                    "pedro@alpine-reseller.example",
                    List.of(Groups.PARTNERS, ALPINE),
                    "her colleague there"),
            new Somebody(
                    "nina",
                    "Nina",
                    "Holm",
                    "nina@nordic-distribution.example",
                    List.of(Groups.PARTNERS, NORDIC),
                    "partner, at Nordic Distribution"),
            new Somebody(
                    "sam",
                    "Sam",
                    "Okoro",
                    "sam@smartaccounts.example",
                    List.of(Groups.LICENSING_SUPPORT),
                    "licensing support"),
            new Somebody(
                    "aiko",
                    "Aiko",
                    "Tanaka",
                    "aiko@smartaccounts.example",
                    List.of(Groups.ANALYSTS),
                    "analyst, who watches and changes nothing"),
            new Somebody(
                    "ingo",
                    "Ingo",
                    "Brandt",
                    "ingo@smartaccounts.example",
                    List.of(),
                    "works here, but is in no group"));

    private final IdentityService identity;
    private final DevelopmentProperties properties;

    DevelopmentUsers(IdentityService identity, DevelopmentProperties properties) {
        this.identity = identity;
        this.properties = properties;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        company(ALPINE, "Alpine Reseller");
        company(NORDIC, "Nordic Distribution");
        EVERYBODY.forEach(this::create);
    }

    private void company(String id, String name) {
        if (identity.createGroupQuery().groupId(id).count() == 0) {
            Group company = identity.newGroup(id);
            company.setName(name);
            company.setType(Groups.PARTNER_COMPANY_TYPE);
            identity.saveGroup(company);
        }
    }

    private void create(Somebody somebody) {
        if (identity.createUserQuery().userId(somebody.id()).count() > 0) {
            return;
        }
        User user = identity.newUser(somebody.id());
        user.setFirstName(somebody.firstName());
        user.setLastName(somebody.lastName());
        user.setEmail(somebody.email());
        user.setPassword(properties.password());
        identity.saveUser(user);
        somebody.groups().forEach(group -> identity.createMembership(somebody.id(), group));
    }
}
