package org.smartaccounts.request;

import org.camunda.bpm.engine.delegate.VariableScope;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.SmartAccount;

/**
 * Whose act it was that moved the request on, carried by the variable {@code actor} from where it is checked to where it is written
 * down. Who is expected to act needs none: the requester in the review, then the approver.
 */
final class ActedBy {

    private static final String SEPARATOR = ":";

    private ActedBy() {}

    /** @param usually who needs no mention, since nobody else is expected to act here */
    static void write(VariableScope scope, Actor actor, Actor usually) {
        if (!actor.equals(usually)) {
            scope.setVariable(RequestVariables.ACTOR, inOneWord(actor));
        } else if (scope.hasVariable(RequestVariables.ACTOR)) {
            scope.removeVariable(RequestVariables.ACTOR);
        }
    }

    static String inOneWord(Actor actor) {
        return actor.role() + SEPARATOR + actor.name();
    }

    static Actor read(VariableScope scope, SmartAccount account) {
        return readOr(Actor.approver(account.details().customerEmail()), scope);
    }

    static Actor readOr(Actor usually, VariableScope scope) {
        String actor = RequestVariables.text(scope, RequestVariables.ACTOR);
        int end = actor.indexOf(SEPARATOR);
        return end < 0 ? usually : new Actor(Actor.Role.valueOf(actor.substring(0, end)), actor.substring(end + 1));
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
