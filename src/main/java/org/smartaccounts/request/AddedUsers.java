package org.smartaccounts.request;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.smartaccounts.account.SmartAccounts;
import org.springframework.stereotype.Component;

/** Whom the diagram welcomes one by one. */
@Component
public class AddedUsers {

    private final SmartAccounts accounts;

    AddedUsers(SmartAccounts accounts) {
        this.accounts = accounts;
    }

    /** The addresses of the people added to the account; the diagram's multi-instance asks for them. */
    public List<String> of(DelegateExecution execution) {
        return accounts.get(execution.getProcessBusinessKey()).details().addedUsers();
    }
}
