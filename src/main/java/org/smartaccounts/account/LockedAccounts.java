package org.smartaccounts.account;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.ResourceHolderSupport;
import org.springframework.transaction.support.ResourceHolderSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The accounts that the present transaction has locked. Nobody else can change them until its end, so whoever asks for one again, the next
 * step of the process for instance, is given the same instead of asking the database. A transaction inside this one, of its own, knows
 * nothing of them.
 */
final class LockedAccounts extends ResourceHolderSupport {

    private final Map<String, SmartAccount> accounts = new HashMap<>();

    private LockedAccounts() {}

    /** The account, if the present transaction has locked it. */
    static Optional<SmartAccount> find(String requestNumber) {
        return Optional.ofNullable(ofTransaction()).map(locked -> locked.accounts.get(requestNumber));
    }

    /** The account has been locked; outside of a transaction that lasts for no longer than the call. */
    static SmartAccount keep(SmartAccount account) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            @Nullable LockedAccounts locked = ofTransaction();
            if (locked == null) {
                locked = new LockedAccounts();
                TransactionSynchronizationManager.bindResource(LockedAccounts.class, locked);
                TransactionSynchronizationManager.registerSynchronization(new UntilTheEnd(locked));
            }
            locked.accounts.put(account.requestNumber(), account);
        }
        return account;
    }

    private static @Nullable LockedAccounts ofTransaction() {
        return (LockedAccounts) TransactionSynchronizationManager.getResource(LockedAccounts.class);
    }

    private static final class UntilTheEnd
            extends ResourceHolderSynchronization<LockedAccounts, Class<LockedAccounts>> {

        UntilTheEnd(LockedAccounts locked) {
            super(locked, LockedAccounts.class);
        }
    }
}
