package org.smartaccounts.request;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.ClaimedDomains;
import org.smartaccounts.account.DomainName;
import org.smartaccounts.account.EmailAddress;
import org.smartaccounts.account.Problem;
import org.smartaccounts.account.RequestCheck;
import org.smartaccounts.account.RequestDetails;
import org.smartaccounts.account.Requester;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.request.Finding.Outcome;
import org.springframework.stereotype.Component;

/**
 * Judges a request, wherever somebody asks: when it is filled in, when it is sent, when its account is created, and when somebody else is
 * to become the approver. {@link RequestCheck} says whether it is well-formed; the facts about it go to the {@link AccountRules}.
 */
@Component
class RequestAssessment {

    private final SmartAccounts accounts;
    private final ClaimedDomains claimed;
    private final RequestCheck check;
    private final PartnerAddresses partnerAddresses;
    private final TakenDomains takenDomains;
    private final AccountRules rules;

    RequestAssessment(
            SmartAccounts accounts,
            ClaimedDomains claimed,
            RequestCheck check,
            PartnerAddresses partnerAddresses,
            TakenDomains takenDomains,
            AccountRules rules) {
        this.accounts = accounts;
        this.claimed = claimed;
        this.check = check;
        this.partnerAddresses = partnerAddresses;
        this.takenDomains = takenDomains;
        this.rules = rules;
    }

    /** Judges what was filled in for an account that does not exist yet. */
    Assessment of(SmartAccount account, RequestDetails details) {
        return judge(
                details,
                partnerAddresses.of(account.requester()),
                rules.table(),
                domain -> takenDomains.tell(account, domain),
                accounts.countOpen(account.requester().companyId(), account.requestNumber()));
    }

    /** Judges what somebody is about to ask for, without saying whether an account of a stranger has the domain already. */
    Assessment beforeAsking(Requester requester, RequestDetails details) {
        return judge(
                details,
                partnerAddresses.of(requester),
                rules.table(),
                domain -> takenDomains.tellOfOwn(requester, domain),
                accounts.countOpen(requester.companyId(), ""));
    }

    /**
     * Judges many as their reviews would, in their order: each as if the good ones before it had been sent. Of two for one domain the second
     * has a problem, and so has what the company has asked for already.
     *
     * @param rows what was filled in, by the number of its row
     */
    SortedMap<Integer, Assessment> ofMany(Requester requester, SortedMap<Integer, RequestDetails> rows) {
        List<EmailAddress> partner = partnerAddresses.of(requester);
        AccountRules.Table table = rules.table();
        List<String> domains =
                rows.values().stream().map(RequestDetails::accountDomain).toList();
        Map<String, String> own = claimed.askedBy(requester.companyId(), domains);
        Function<DomainName, TakenDomains.Answer> takenDomain = takenDomains.tellMany(requester, domains, own.keySet());
        int open = accounts.countOpen(requester.companyId(), "");
        Map<String, Integer> good = new HashMap<>();
        SortedMap<Integer, Assessment> assessments = new TreeMap<>();
        rows.forEach((row, details) -> {
            String domain = details.accountDomain();
            Assessment assessment = judge(details, partner, table, takenDomain, open + good.size());
            if (own.containsKey(domain)) {
                assessment = assessment.with(Problem.of("problem.accountDomain.asked", domain, own.get(domain)));
            } else if (good.containsKey(domain)) {
                assessment = assessment.with(Problem.of("problem.accountDomain.twice", domain, good.get(domain)));
            }
            if (assessment.isFreeOfProblems()) {
                good.put(domain, row);
            }
            assessments.put(row, assessment);
        });
        return assessments;
    }

    private Assessment judge(
            RequestDetails details,
            List<EmailAddress> partner,
            AccountRules.Table table,
            Function<DomainName, TakenDomains.Answer> takenDomain,
            int openRequests) {
        TakenDomains.Answer taken =
                DomainName.parse(details.accountDomain()).map(takenDomain).orElse(TakenDomains.Answer.FREE);
        AccountFacts facts = facts(details, partner, table.lists(), taken.isTaken(), openRequests);
        List<Finding> findings =
                table.judge(facts, details.accountDomain(), details.customerEmail(), facts.openRequests());
        List<Problem> problems = new ArrayList<>(check.problemsOf(details, partner));
        taken.instead().ifPresent(problems::add);
        problems.addAll(messages(findings, Outcome.PROBLEM));
        return new Assessment(problems, messages(findings, Outcome.APPROVAL), messages(findings, Outcome.WARNING));
    }

    private AccountFacts facts(
            RequestDetails details,
            Collection<EmailAddress> partner,
            DomainLists lists,
            boolean domainTaken,
            int openRequests) {
        Optional<DomainName> domain = DomainName.parse(details.accountDomain());
        Optional<EmailAddress> approver = EmailAddress.parse(details.customerEmail());
        return new AccountFacts(
                domain.map(DomainName::value).orElse(""),
                domain.map(known -> kindOf(known, partner, lists)).orElse(AccountFacts.UNKNOWN),
                approver.map(known -> known.domain().value()).orElse(""),
                approver.map(known -> kindOf(known, lists)).orElse(AccountFacts.UNKNOWN),
                domain.isPresent()
                        && approver.isPresent()
                        && !domain.get().isRelatedTo(approver.get().domain()),
                !details.justification().isEmpty(),
                domainTaken,
                openRequests);
    }

    private static String kindOf(DomainName domain, Collection<EmailAddress> partner, DomainLists lists) {
        if (lists.isBlocked(domain)) {
            return AccountFacts.BLOCKED;
        }
        if (lists.isFreeMail(domain)) {
            return AccountFacts.FREE_MAIL;
        }
        return partner.stream().map(EmailAddress::domain).anyMatch(domain::isRelatedTo)
                ? AccountFacts.OWN_COMPANY
                : AccountFacts.ORDINARY;
    }

    private static String kindOf(EmailAddress approver, DomainLists lists) {
        if (lists.isBlocked(approver.domain())) {
            return AccountFacts.BLOCKED;
        }
        if (lists.isFreeMail(approver.domain())) {
            return AccountFacts.FREE_MAIL;
        }
        return lists.isShared(approver) ? AccountFacts.SHARED_MAILBOX : AccountFacts.PERSONAL;
    }

    private static List<Problem> messages(List<Finding> findings, Outcome outcome) {
        return findings.stream()
                .filter(finding -> finding.outcome() == outcome)
                .map(Finding::message)
                .toList();
    }

    /**
     * Says what keeps somebody from becoming the approver of an account that exists. Its domain has been judged before, and so has the mail
     * domain of the present approver.
     *
     * @param typed        the address
     * @param mayBeTheSame whether the present approver may be named again, to be tried once more
     * @param approved     whether licensing support itself names that person, so that nobody else has to approve
     */
    List<Problem> problemsOfApprover(SmartAccount account, String typed, boolean mayBeTheSame, boolean approved) {
        List<Problem> problems = new ArrayList<>(
                check.problemsOfApprover(account, typed, partnerAddresses.of(account.requester()), mayBeTheSame));
        @Nullable EmailAddress approver = EmailAddress.parse(typed).orElse(null);
        if (problems.isEmpty() && approver != null) {
            AccountRules.Table table = rules.table();
            table
                    .judge(
                            factsOfApprover(account, approver, table.lists()),
                            account.details().accountDomain(),
                            approver.toString(),
                            0)
                    .stream()
                    .filter(finding -> finding.outcome() == Outcome.PROBLEM
                            || (finding.outcome() == Outcome.APPROVAL && !approved))
                    .map(finding -> finding.outcome() == Outcome.PROBLEM
                            ? finding.message()
                            : Problem.of(
                                    "rule.approver.cannotChange",
                                    finding.message().arguments().toArray()))
                    .forEach(problems::add);
        }
        return problems;
    }

    private static AccountFacts factsOfApprover(SmartAccount account, EmailAddress approver, DomainLists lists) {
        boolean known = Stream.concat(
                        DomainName.parse(account.details().accountDomain()).stream(),
                        EmailAddress.parse(account.details().customerEmail()).stream()
                                .map(EmailAddress::domain))
                .anyMatch(approver.domain()::isRelatedTo);
        return new AccountFacts(
                "", AccountFacts.ORDINARY, approver.domain().value(), kindOf(approver, lists), !known, true, false, 0);
    }
}
