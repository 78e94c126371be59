package org.smartaccounts.request;

import org.camunda.bpm.engine.delegate.VariableScope;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.SmartAccount;

/**
 * Whose act a decision is: the approver's on the activation page, or support's, who recorded what the customer said.
 *
 * @param actor   who decided, for the timeline
 * @param details how support knows; empty if the approver did it
 */
record CustomersWord(Actor actor, String details) {

    static CustomersWord of(SmartAccount account, VariableScope scope) {
        String recordedBy = RequestVariables.text(scope, RequestVariables.RECORDED_BY);
        if (recordedBy.isEmpty()) {
            return new CustomersWord(Actor.approver(account.details().customerEmail()), "");
        }
        String details = "%s (%s, %s)"
                .formatted(
                        RequestVariables.text(scope, RequestVariables.CUSTOMER_WORD_FROM),
                        RequestVariables.text(scope, RequestVariables.CUSTOMER_WORD_BY),
                        RequestVariables.text(scope, RequestVariables.CUSTOMER_WORD_ON));
        return new CustomersWord(Actor.support(recordedBy), details);
    }
}
