package org.smartaccounts.request;

import java.util.Optional;
import java.util.Set;
import org.smartaccounts.access.People;
import org.smartaccounts.access.People.Person;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.process.Refusal;
import org.smartaccounts.process.Wording;
import org.springframework.stereotype.Component;

/**
 * Who may do what to a request. This is the one place that knows, whichever way somebody comes:
 *
 * <ul>
 *   <li>the approver, who comes with the activation link and without a login, decides or passes the decision on;
 *   <li>the requester submits, sees to it that the customer can decide, and may take the request back, but never decides; colleagues
 *       of the same company may do the same, each in their own name;
 *   <li>licensing support may do what the requester may, and record the customer's word and approve a domain, unless the request is its
 *       own company's.
 * </ul>
 */
@Component
public class Authority {

    /** What can be done. */
    enum Act {
        REVIEW,
        APPROVE_DOMAIN,
        TAKE_OVER,
        DECIDE,
        RESEND,
        CHANGE_APPROVER,
        CANCEL
    }

    private static final Set<Act> OF_APPROVER = Set.of(Act.DECIDE, Act.CHANGE_APPROVER);

    private final People people;
    private final Wording wording;

    Authority(People people, Wording wording) {
        this.people = people;
        this.wording = wording;
    }

    /**
     * As whom the present caller does it.
     *
     * @throws Refusal if the caller may not
     */
    Actor require(Act act, SmartAccount account) {
        Optional<Person> somebody = people.current();
        if (somebody.isEmpty()) {
            return approver(act, account);
        }
        Person person = somebody.get();
        if (act == Act.DECIDE) {
            return support(person, account, "refusal.activation.notSupport", "refusal.activation.ownRequest");
        }
        if (act == Act.APPROVE_DOMAIN) {
            return support(person, account, "refusal.approval.notSupport", "refusal.approval.ownRequest");
        }
        return forTheRequester(person, account);
    }

    /**
     * As whom the present caller decides on an account that is not the own company's.
     *
     * @param notSupport the key of the words for who is not of licensing support
     * @param ownRequest the key of the words for who is of the requester's company
     * @throws Refusal if the caller may not
     */
    public Actor requireSupport(SmartAccount account, String notSupport, String ownRequest) {
        return support(
                people.current().orElseThrow(() -> wording.refusal(notSupport)), account, notSupport, ownRequest);
    }

    /**
     * As whom the present caller does what the requester may do, whatever it is.
     *
     * @throws Refusal if the caller may not
     */
    Actor forTheRequester(SmartAccount account) {
        return forTheRequester(
                people.current().orElseThrow(() -> wording.refusal("refusal.notYours", account.requestNumber())),
                account);
    }

    private Actor forTheRequester(Person person, SmartAccount account) {
        if (isOfTheRequester(person, account)) {
            return Actor.requester(person.id());
        }
        if (people.isSupport(person)) {
            return Actor.support(person.id());
        }
        throw wording.refusal("refusal.notYours", account.requestNumber());
    }

    /** Whether a request is any business of the caller's, who is logged in. */
    boolean mayKnow(SmartAccount account) {
        return people.current()
                .filter(person -> isOfTheRequester(person, account) || people.isSupport(person))
                .isPresent();
    }

    /**
     * The caller is logged in, and so not the approver.
     *
     * @throws Refusal if nobody is
     */
    void requireLogin(String requestNumber) {
        if (people.current().isEmpty()) {
            throw wording.refusal("refusal.notYours", requestNumber);
        }
    }

    private Actor approver(Act act, SmartAccount account) {
        if (!OF_APPROVER.contains(act)) {
            throw wording.refusal("refusal.notYours", account.requestNumber());
        }
        return Actor.approver(account.details().customerEmail());
    }

    private Actor support(Person person, SmartAccount account, String notSupport, String ownRequest) {
        if (!people.isSupport(person)) {
            throw wording.refusal(notSupport);
        }
        if (isOfTheRequester(person, account)) {
            throw wording.refusal(ownRequest);
        }
        return Actor.support(person.id());
    }

    private boolean isOfTheRequester(Person person, SmartAccount account) {
        return person.id().equals(account.requester().id())
                || people.companiesOf(person).stream()
                        .anyMatch(company ->
                                company.id().equals(account.requester().companyId()));
    }
}
