package org.smartaccounts.request;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.process.Attempts;
import org.smartaccounts.process.EngineHooks;
import org.smartaccounts.process.Refusal;
import org.smartaccounts.process.Wording;
import org.springframework.stereotype.Component;

/**
 * Carries out what people do to a request without Tasklist. Each act is one transaction that locks the account first: whoever comes at the
 * same moment, the timer included, waits there and then finds what was done.
 */
@Component
class ActsOfPeople {

    private final SmartAccounts accounts;
    private final Authority authority;
    private final PossibleActs possibleActs;
    private final Wording wording;
    private final EngineHooks engine;
    private final Attempts attempts;

    ActsOfPeople(
            SmartAccounts accounts,
            Authority authority,
            PossibleActs possibleActs,
            Wording wording,
            EngineHooks engine,
            Attempts attempts) {
        this.accounts = accounts;
        this.authority = authority;
        this.possibleActs = possibleActs;
        this.wording = wording;
        this.engine = engine;
        this.attempts = attempts;
    }

    /**
     * An act of somebody who is logged in, and may not touch the engine's tasks.
     *
     * @throws Refusal if it is not taken
     */
    <T> T perform(Callable<T> act) {
        try {
            return attempt(() -> engine.asTheApplication(act));
        } catch (RuntimeException e) {
            throw Refusal.behind(e).<RuntimeException>map(refusal -> refusal).orElse(e);
        }
    }

    /** An act of whoever makes the present call. */
    <T> T attempt(Supplier<T> act) {
        return attempts.attempt(act);
    }

    /**
     * The account, locked for the act.
     *
     * @throws Refusal      if the caller may not, as if it did not exist, or if it is not possible now
     * @throws StaleRequest if it is not as the caller has seen it
     */
    SmartAccount lock(Seen seen, RequestAct act) {
        String requestNumber = seen.requestNumber();
        authority.requireLogin(requestNumber);
        SmartAccount account = accounts.findLocked(requestNumber)
                .orElseThrow(() -> wording.refusal("refusal.notYours", requestNumber));
        // Before anything else, so that a stranger learns nothing about the request.
        Actor by = authority.forTheRequester(account);
        if (seen.isStale(account.version())) {
            throw new StaleRequest(wording.text("refusal.stale", requestNumber));
        }
        possibleActs.require(act, account, by);
        return account;
    }
}
