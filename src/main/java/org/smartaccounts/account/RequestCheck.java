package org.smartaccounts.account;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.smartaccounts.language.Languages;
import org.springframework.stereotype.Component;

/**
 * Says whether a request is well-formed, and its approver nobody of the partner. What else the business wants of a request stands in the
 * table of rules. Lengths are in characters, as people count them.
 */
@Component
public class RequestCheck {

    private static final int MAX_ACCOUNT_NAME = 100;
    private static final int MAX_NOTE = 2000;
    private static final int MAX_JUSTIFICATION = 2000;
    private static final int MAX_ADDED_USERS = 50;
    private static final int MAX_ADDED_USERS_LENGTH = 3800;

    /** How many bad addresses are named one by one; whoever mends these sees the next. */
    private static final int MAX_NAMED_ADDRESSES = 10;

    private final Languages languages;

    RequestCheck(Languages languages) {
        this.languages = languages;
    }

    /**
     * Checks a request.
     *
     * @param partnerAddresses the addresses of the requester and all colleagues: none of them, and nobody at their mail domains, may
     *                         sign for the customer
     * @return what is wrong, in the order of the form; empty if nothing is
     */
    public List<Problem> problemsOf(RequestDetails details, Collection<EmailAddress> partnerAddresses) {
        List<Problem> problems = new ArrayList<>();
        checkAccountName(details.accountName(), problems);
        checkCustomerEmail(details.customerEmail(), partnerAddresses, problems);
        checkDomain(details.accountDomain(), problems);
        checkLength("justification", details.justification(), MAX_JUSTIFICATION, problems);
        checkLength("noteToCustomer", details.noteToCustomer(), MAX_NOTE, problems);
        checkLanguage(details.customerLanguage(), problems);
        checkAddedUsers(details, problems);
        checkLength("noteToUsers", details.noteToUsers(), MAX_NOTE, problems);
        return problems;
    }

    /**
     * Checks somebody who is to become the approver of an account that exists: whatever the form's check says of an approver, and that
     * it does not go round in circles.
     *
     * @param typed            the address
     * @param partnerAddresses as for {@link #problemsOf}
     * @param mayBeTheSame     whether the present approver may be named again, to be tried once more
     * @return what is wrong; empty if that person may become the approver
     */
    public List<Problem> problemsOfApprover(
            SmartAccount account, String typed, Collection<EmailAddress> partnerAddresses, boolean mayBeTheSame) {
        List<Problem> problems = new ArrayList<>();
        checkCustomerEmail(typed.strip(), partnerAddresses, problems);
        boolean same = EmailAddress.parse(typed)
                .flatMap(address ->
                        EmailAddress.parse(account.details().customerEmail()).map(address::isSameMailboxAs))
                .orElse(false);
        if (same && !mayBeTheSame) {
            problems.add(Problem.of("problem.customerEmail.same", typed.strip()));
        }
        if (!account.mayChangeApprover()) {
            problems.add(Problem.of("problem.customerEmail.tooOften", SmartAccount.MAX_APPROVER_CHANGES));
        }
        return problems;
    }

    private static void checkAccountName(String name, List<Problem> problems) {
        if (!RequestDetails.isName(name)) {
            problems.add(Problem.of("problem.accountName.missing"));
        }
        checkLength("accountName", name, MAX_ACCOUNT_NAME, problems);
    }

    private static void checkCustomerEmail(
            String email, Collection<EmailAddress> partnerAddresses, List<Problem> problems) {
        Optional<EmailAddress> address = EmailAddress.parse(email);
        if (email.isEmpty()) {
            problems.add(Problem.of("problem.customerEmail.missing"));
        } else if (address.isEmpty()) {
            problems.add(Problem.of("problem.customerEmail.invalid", StoredText.beginningOf(email)));
        } else if (partnerAddresses.stream().anyMatch(address.get()::isSameMailboxAs)) {
            problems.add(Problem.of("problem.customerEmail.ofPartner", email));
        } else if (partnerAddresses.stream()
                .map(EmailAddress::domain)
                .anyMatch(address.get().domain()::isRelatedTo)) {
            problems.add(Problem.of(
                    "problem.customerEmail.atPartner", address.get().domain().value()));
        }
    }

    private static void checkDomain(String domain, List<Problem> problems) {
        if (domain.isEmpty()) {
            problems.add(Problem.of("problem.accountDomain.missing"));
        } else if (DomainName.parse(domain).isEmpty()) {
            problems.add(Problem.of("problem.accountDomain.invalid", StoredText.beginningOf(domain)));
        }
    }

    private void checkLanguage(String language, List<Problem> problems) {
        if (languages.find(language).isEmpty()) {
            problems.add(Problem.of("problem.customerLanguage.unknown", StoredText.beginningOf(language)));
        }
    }

    private static void checkAddedUsers(RequestDetails details, List<Problem> problems) {
        checkLength("userEmails", details.userEmails(), MAX_ADDED_USERS_LENGTH, problems);
        List<String> addresses = details.addedUsers();
        if (addresses.size() > MAX_ADDED_USERS) {
            problems.add(Problem.of("problem.userEmails.tooMany", addresses.size(), MAX_ADDED_USERS));
        }
        addresses.stream()
                .filter(address -> EmailAddress.parse(address).isEmpty())
                .limit(MAX_NAMED_ADDRESSES)
                .map(address -> Problem.of("problem.userEmails.invalid", StoredText.beginningOf(address)))
                .forEach(problems::add);
    }

    private static void checkLength(String field, String text, int max, List<Problem> problems) {
        int length = text.codePointCount(0, text.length());
        if (length > max) {
            String key = "problem." + field + (StoredText.isCut(text) ? ".cut" : ".tooLong");
            problems.add(Problem.of(key, length, max));
        }
    }
}
