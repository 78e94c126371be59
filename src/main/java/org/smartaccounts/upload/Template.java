package org.smartaccounts.upload;

import org.smartaccounts.account.RequestDetails;

/** The file to begin with. */
public final class Template {

    /** What its one row says. A file that still has it does not ask for that. */
    public static final RequestDetails EXAMPLE = RequestDetails.typed(
            "EXAMPLE, please replace: Customer Inc.",
            "anna.example@customer.example",
            "customer.example",
            "As agreed on the telephone.",
            "bruno.example@customer.example, carla.example@customer.example",
            "Welcome aboard.",
            "en",
            "");

    private Template() {}
}
