package org.smartaccounts.request;

import java.util.List;
import org.smartaccounts.access.People;
import org.smartaccounts.access.People.PartnerCompany;
import org.smartaccounts.access.People.Person;
import org.smartaccounts.account.EmailAddress;
import org.smartaccounts.account.Requester;
import org.smartaccounts.process.Refusal;
import org.smartaccounts.process.Wording;
import org.springframework.stereotype.Component;

/** As whom somebody asks: whoever is logged in, for the one company that the person works for. */
@Component
class Requesters {

    private final People people;
    private final Wording wording;

    Requesters(People people, Wording wording) {
        this.people = people;
        this.wording = wording;
    }

    /**
     * The present caller as requester.
     *
     * @throws Refusal if that person cannot ask for an account
     */
    Requester current() {
        Person person = people.current().orElseThrow(() -> wording.refusal("refusal.requester.unknown"));
        List<PartnerCompany> companies = people.companiesOf(person);
        if (companies.isEmpty()) {
            throw wording.refusal("refusal.requester.noCompany", person.id());
        }
        if (companies.size() > 1) {
            throw wording.refusal("refusal.requester.severalCompanies", person.id());
        }
        EmailAddress email = EmailAddress.parse(person.email())
                .orElseThrow(() -> wording.refusal("refusal.requester.noEmail", person.id()));
        PartnerCompany company = companies.get(0);
        return new Requester(
                person.id(),
                person.name(),
                email.toString(),
                company.id(),
                company.name(),
                wording.readersLanguage().toLanguageTag());
    }
}
