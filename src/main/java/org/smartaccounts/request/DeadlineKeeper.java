package org.smartaccounts.request;

import java.time.Instant;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.springframework.stereotype.Component;

/** Copies the deadline from the timer in the diagram to the account's row, in the transaction in which the wait begins. */
@Component
class DeadlineKeeper {

    private final SmartAccounts accounts;

    DeadlineKeeper(SmartAccounts accounts) {
        this.accounts = accounts;
    }

    void keep(String requestNumber, Instant deadline) {
        SmartAccount account = accounts.lock(requestNumber);
        account.awaitDecisionUntil(deadline);
        accounts.save(account);
    }
}
