package org.smartaccounts.process;

import java.util.function.Supplier;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Carries out what people do without Tasklist: one transaction, and once more if somebody else was in its way. */
@Component
public class Attempts {

    /** A job that is locked for its execution at this moment makes an act fail; again and again it cannot. */
    private static final int ATTEMPTS = 5;

    private final TransactionTemplate transaction;

    Attempts(TransactionTemplate transaction) {
        this.transaction = transaction;
    }

    /** Says what the act says; it locks first what it changes, so that whoever comes second finds what was done. */
    public <T> T attempt(Supplier<T> act) {
        for (int attempt = 1; ; attempt++) {
            try {
                return transaction.execute(status -> act.get());
            } catch (OptimisticLockingException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
