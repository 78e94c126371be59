package org.smartaccounts.request;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.smartaccounts.access.People;
import org.smartaccounts.account.EmailAddress;
import org.smartaccounts.account.Requester;
import org.springframework.stereotype.Component;

/** The mail addresses of those who may not sign for the customer: the requester and everybody at the same company. */
@Component
class PartnerAddresses {

    private final People people;

    PartnerAddresses(People people) {
        this.people = people;
    }

    List<EmailAddress> of(Requester requester) {
        return Stream.concat(Stream.of(requester.email()), people.addressesAt(requester.companyId()).stream())
                .map(EmailAddress::parse)
                .flatMap(Optional::stream)
                .toList();
    }
}
