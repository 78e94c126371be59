package org.smartaccounts.account;

import java.time.Clock;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The two steps by which a request becomes an account: provisional and alone under its domain, then active, with its members. */
@Component
public class Provisioning {

    private final SmartAccounts accounts;
    private final Members members;
    private final Clock clock;

    Provisioning(SmartAccounts accounts, Members members, Clock clock) {
        this.accounts = accounts;
        this.members = members;
        this.clock = clock;
    }

    /** Takes a request down; its requester may still change everything about it. */
    @Transactional
    public SmartAccount open(Requester requester, RequestDetails details) {
        String requestNumber = String.format(Locale.ROOT, "SAR-%06d", accounts.nextNumber());
        // Nobody else sees a new row before the end of the transaction.
        return LockedAccounts.keep(
                accounts.save(SmartAccount.requested(requestNumber, requester, details, clock.instant())));
    }

    /**
     * Lets nobody else claim this domain until the end of the transaction: of several who ask for one at the same moment, one finds
     * it free. The unique index of the database stands behind them.
     */
    public void queueForDomain(String domain) {
        accounts.queueForDomain(domain);
    }

    /**
     * Creates the provisional account.
     *
     * @param account locked
     * @param by      who submitted, or approved the domain
     * @param details without any problem, found while {@linkplain #queueForDomain nobody else could claim the domain}
     */
    @Transactional
    public void createProvisional(SmartAccount account, Actor by, RequestDetails details) {
        if (account.status() == AccountStatus.IN_REVIEW) {
            account.describe(details);
        }
        account.submit(by, clock.instant());
        accounts.save(account);
    }

    /**
     * Makes the account active; the approver becomes its administrator and the added users its users.
     *
     * @param account locked
     * @param by      who accepted
     * @param details how that is known, in words; empty if the approver did it
     */
    @Transactional
    public void activate(SmartAccount account, Actor by, String details) {
        account.activate(by, clock.instant(), details);
        accounts.save(account);
        members.admit(
                account.requestNumber(),
                account.details().customerEmail(),
                account.details().addedUsers());
    }
}
