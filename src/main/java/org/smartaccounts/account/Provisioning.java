package org.smartaccounts.account;

import java.time.Clock;
import java.util.Collection;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The two steps by which a request becomes an account: provisional and alone under its domain, then active, with its members. */
@Component
public class Provisioning {

    private final SmartAccounts accounts;
    private final RequestCheck check;
    private final Members members;
    private final Clock clock;

    Provisioning(SmartAccounts accounts, RequestCheck check, Members members, Clock clock) {
        this.accounts = accounts;
        this.check = check;
        this.members = members;
        this.clock = clock;
    }

    /** Takes a request down; its requester may still change everything about it. */
    @Transactional
    public SmartAccount open(Requester requester) {
        String requestNumber = String.format(Locale.ROOT, "SAR-%06d", accounts.nextNumber());
        return accounts.save(SmartAccount.requested(requestNumber, requester, clock.instant()));
    }

    /**
     * Creates the provisional account, unless something is wrong with the request by now. Of several who ask for one domain at the
     * same moment one gets it: they queue for it here, and the unique index of the database stands behind them.
     *
     * @param account          locked
     * @param by               who submitted
     * @param partnerAddresses as for {@link RequestCheck#problemsOf}
     * @return whether the account was created; if not, checking the request says why
     */
    @Transactional
    public boolean createProvisional(
            SmartAccount account, Actor by, RequestDetails details, Collection<EmailAddress> partnerAddresses) {
        accounts.queueForDomain(details.accountDomain());
        if (!check.problemsOf(details, partnerAddresses).isEmpty()) {
            return false;
        }
        account.describe(details);
        account.submit(by, clock.instant());
        accounts.save(account);
        return true;
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
