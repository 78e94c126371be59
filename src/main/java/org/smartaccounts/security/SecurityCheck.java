package org.smartaccounts.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.smartaccounts.security.SecurityCheckRun.State;
import org.smartaccounts.security.Suspicion.Outcome;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The check of all live accounts, some hundreds in one transaction each. How far it has come stands in the database: whoever goes on after a
 * crash begins where the last transaction ended, and two who go on at once do so one after the other.
 */
@Component
class SecurityCheck {

    /** In one transaction. */
    static final int BATCH = 500;

    private final SecurityCheckRuns runs;
    private final LookalikeDomains domains;
    private final WrongLinks wrongLinks;
    private final LiveAccounts accounts;
    private final SecurityRules rules;
    private final Findings findings;
    private final Reviews reviews;

    SecurityCheck(
            SecurityCheckRuns runs,
            LookalikeDomains domains,
            WrongLinks wrongLinks,
            LiveAccounts accounts,
            SecurityRules rules,
            Findings findings,
            Reviews reviews) {
        this.runs = runs;
        this.domains = domains;
        this.wrongLinks = wrongLinks;
        this.accounts = accounts;
        this.rules = rules;
        this.findings = findings;
        this.reviews = reviews;
    }

    /**
     * Gets to know the domains of new accounts, and in the end forgets wrong links that do not count any more.
     *
     * @return whether there are more
     */
    @Transactional
    public boolean learnDomains(long run) {
        runs.lock(run);
        boolean more = domains.learn(BATCH) == BATCH;
        if (!more) {
            wrongLinks.forgetOld();
        }
        return more;
    }

    /**
     * Checks the accounts that come next.
     *
     * @return whether there are more
     */
    @Transactional
    public boolean checkAccounts(long run) {
        SecurityCheckRun before = runs.lock(run);
        SecurityRules.Table table = rules.table();
        List<CheckedAccount> batch = accounts.after(before.checkedUpTo(), BATCH, table.domains());
        if (batch.isEmpty()) {
            return false;
        }
        List<Suspicion> suspicions =
                batch.stream().flatMap(account -> table.judge(account).stream()).toList();
        Set<Findings.Known> known =
                findings.known(batch.stream().map(CheckedAccount::requestNumber).toList());
        List<Suspicion> news = suspicions.stream()
                .filter(suspicion -> !known.contains(Findings.Known.of(suspicion)))
                .toList();
        Map<Outcome, List<Suspicion>> byOutcome = news.stream().collect(Collectors.groupingBy(Suspicion::outcome));
        List<Suspicion> watched = byOutcome.getOrDefault(Outcome.WATCH, List.of());
        List<Suspicion> toReview = byOutcome.getOrDefault(Outcome.REVIEW, List.of());
        findings.add(watched, 0);
        int raised = raise(toReview);
        runs.progress(new SecurityCheckRun(
                before.id(),
                before.startedAt(),
                before.startedBy(),
                State.RUNNING,
                null,
                batch.get(batch.size() - 1).requestNumber(),
                before.checked() + batch.size(),
                before.watched() + watched.size(),
                before.toReview() + raised,
                before.known() + suspicions.size() - news.size()));
        return batch.size() == BATCH;
    }

    /** One account after the other, in the order of their numbers: nobody else locks several. */
    private int raise(List<Suspicion> toReview) {
        Map<String, List<Suspicion>> byAccount = new TreeMap<>();
        toReview.forEach(suspicion -> byAccount
                .computeIfAbsent(suspicion.account().requestNumber(), number -> new ArrayList<>())
                .add(suspicion));
        return byAccount.entrySet().stream()
                .filter(account -> reviews.raise(account.getKey(), account.getValue()))
                .mapToInt(account -> account.getValue().size())
                .sum();
    }
}
