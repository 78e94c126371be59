package org.smartaccounts.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.PAULA;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.RequestForm;
import org.smartaccounts.support.Statements;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Whoever has locked an account need not read it again, and nobody else is told what they have changed. */
class LockedAccountsTest extends ApplicationTest {

    @Autowired
    private SmartAccounts accounts;

    @Autowired
    private PlatformTransactionManager transactions;

    private String request = "";

    @BeforeEach
    void somebodyHasAsked() {
        request = tasklist.request(PAULA, RequestForm.forNewCustomer());
    }

    @Test
    void anAccountIsReadOnceInATransactionThatHasLockedIt() {
        List<String> asked = Statements.of(() -> inTransaction(() -> {
            SmartAccount locked = accounts.lock(request);
            assertThat(accounts.lock(request)).isSameAs(locked);
            assertThat(accounts.get(request)).isSameAs(locked);
        }));

        assertThat(asked).filteredOn(sql -> sql.contains("smart_account")).hasSize(1);
    }

    @Test
    void whatIsOnlyReadIsReadAgainSinceItMayHaveChanged() {
        inTransaction(() -> assertThat(accounts.get(request)).isNotSameAs(accounts.get(request)));
    }

    @Test
    void theNextTransactionReadsItAgain() {
        SmartAccount[] before = new SmartAccount[1];
        inTransaction(() -> before[0] = accounts.lock(request));

        inTransaction(() -> assertThat(accounts.lock(request)).isNotSameAs(before[0]));
        assertThat(accounts.get(request)).isNotSameAs(before[0]);
    }

    @Test
    void aTransactionOfItsOwnSeesWhatIsCommittedAndTheOuterOneGoesOnWithItsOwn() {
        TransactionTemplate ownTransaction = new TransactionTemplate(transactions);
        ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        inTransaction(() -> {
            SmartAccount locked = accounts.lock(request);
            locked.describe(RequestDetails.NONE);

            ownTransaction.executeWithoutResult(
                    status -> assertThat(accounts.get(request).details()).isNotEqualTo(RequestDetails.NONE));

            assertThat(accounts.lock(request)).isSameAs(locked);
        });
    }

    private void inTransaction(Runnable work) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> work.run());
    }
}
