package org.smartaccounts.request;

import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.smartaccounts.access.RateLimits;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.ClaimedDomains;
import org.smartaccounts.account.DomainName;
import org.smartaccounts.account.Problem;
import org.smartaccounts.account.Requester;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.springframework.stereotype.Component;

/**
 * What a requester is told about a domain that may have an account already. That of the own company is no secret. Of others' accounts only
 * the review tells, and only so often: who asks for many domains to see which are taken learns no more, not even which are free.
 */
@Component
class TakenDomains {

    /**
     * An answer.
     *
     * @param isTaken whether the rules may know that a live account has the domain
     * @param instead what is said instead; empty if there is nothing else to say
     */
    record Answer(boolean isTaken, Optional<Problem> instead) {

        static final Answer FREE = new Answer(false, Optional.empty());

        private static final Answer TAKEN = new Answer(true, Optional.empty());

        private static Answer instead(String key, Object... arguments) {
            return new Answer(false, Optional.of(Problem.of(key, arguments)));
        }
    }

    private final SmartAccounts accounts;
    private final ClaimedDomains claimed;
    private final RateLimits limits;
    private final Clock clock;

    TakenDomains(SmartAccounts accounts, ClaimedDomains claimed, RateLimits limits, Clock clock) {
        this.accounts = accounts;
        this.claimed = claimed;
        this.limits = limits;
        this.clock = clock;
    }

    /** The answer of the review. */
    Answer tell(SmartAccount request, DomainName domain) {
        Requester requester = request.requester();
        Optional<SmartAccount> holder = accounts.findLive(domain.value());
        if (holder.isPresent() && isOfOneCompany(requester, holder.get())) {
            return own(domain, holder.get());
        }
        Answer answer = holder.isPresent() ? Answer.TAKEN : Answer.FREE;
        // With licensing support nobody is guessing any more.
        return request.status() != AccountStatus.IN_REVIEW || mayTell(requester.companyId(), domain, answer)
                ? answer
                : tooMany(requester, domain);
    }

    /**
     * The answers of a review of many, one after the other.
     *
     * @param domains what is asked for
     * @param own     those of them that the own company has asked for, of which something else is said
     */
    Function<DomainName, Answer> tellMany(Requester requester, Collection<String> domains, Set<String> own) {
        Set<String> taken = claimed.takenAmong(domains);
        taken.removeAll(own);
        AtomicBoolean mayTell = new AtomicBoolean(
                limits.untilTakenDomainIsTold(requester.companyId()).isZero());
        return domain -> {
            if (taken.contains(domain.value())
                    && mayTell.get()
                    && !limits.tryTakenDomain(requester.companyId(), domain.value())) {
                mayTell.set(false);
            }
            if (own.contains(domain.value())) {
                return Answer.FREE;
            }
            return mayTell.get()
                    ? taken.contains(domain.value()) ? Answer.TAKEN : Answer.FREE
                    : tooMany(requester, domain);
        };
    }

    private Answer tooMany(Requester requester, DomainName domain) {
        return Answer.instead(
                "problem.accountDomain.tooManyTaken",
                domain.value(),
                clock.instant().plus(limits.untilTakenDomainIsTold(requester.companyId())));
    }

    private boolean mayTell(String companyId, DomainName domain, Answer answer) {
        return answer.isTaken()
                ? limits.tryTakenDomain(companyId, domain.value())
                : limits.untilTakenDomainIsTold(companyId).isZero();
    }

    /** The answer before there is a request. */
    Answer tellOfOwn(Requester requester, DomainName domain) {
        return accounts.findLive(domain.value())
                .filter(holder -> isOfOneCompany(requester, holder))
                .map(holder -> own(domain, holder))
                .orElse(Answer.FREE);
    }

    private static Answer own(DomainName domain, SmartAccount holder) {
        return Answer.instead("problem.accountDomain.ownAccount", domain.value(), holder.requestNumber());
    }

    private static boolean isOfOneCompany(Requester requester, SmartAccount holder) {
        return holder.requester().companyId().equals(requester.companyId());
    }
}
