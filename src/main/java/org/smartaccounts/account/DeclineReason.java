package org.smartaccounts.account;

/** Why a customer declines, to be chosen from a list; what else there is to say is free text. */
public enum DeclineReason {

    /** The company does not know the partner, or does not buy from it. */
    NOT_A_CUSTOMER,
    /** No account is wanted. */
    NOT_WANTED,
    /** The company has an account already, or another request for one. */
    DUPLICATE,
    OTHER
}
