package org.smartaccounts.request;

import org.camunda.bpm.engine.delegate.VariableScope;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.SmartAccount;

/**
 * Whose act it was that moved the request on, carried by the variable {@code actor} from where it is checked to where it is written
 * down. The approver needs none.
 */
final class ActedBy {

    private static final String SEPARATOR = ":";

    private ActedBy() {}

    static void write(VariableScope scope, Actor actor) {
        if (actor.role() != Actor.Role.APPROVER) {
            scope.setVariable(RequestVariables.ACTOR, inOneWord(actor));
        } else if (scope.hasVariable(RequestVariables.ACTOR)) {
            scope.removeVariable(RequestVariables.ACTOR);
        }
    }

    static String inOneWord(Actor actor) {
        return actor.role() + SEPARATOR + actor.name();
    }

    static Actor read(VariableScope scope, SmartAccount account) {
        String actor = RequestVariables.text(scope, RequestVariables.ACTOR);
        int end = actor.indexOf(SEPARATOR);
        return end < 0
                ? Actor.approver(account.details().customerEmail())
                : new Actor(Actor.Role.valueOf(actor.substring(0, end)), actor.substring(end + 1));
    }

    /** How support knows what the customer decided; empty if the approver decided in person. */
    static String customersWord(VariableScope scope, Actor actor) {
        return actor.role() == Actor.Role.APPROVER
                ? ""
                : "%s (%s, %s)"
                        .formatted(
                                RequestVariables.text(scope, RequestVariables.CUSTOMER_WORD_FROM),
                                RequestVariables.text(scope, RequestVariables.CUSTOMER_WORD_BY),
                                RequestVariables.text(scope, RequestVariables.CUSTOMER_WORD_ON));
    }
}
