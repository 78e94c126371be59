package org.smartaccounts.request;

import org.smartaccounts.process.Refusal;

/** The request has changed since the caller looked at it; nothing was done, and the caller should look again. */
public class StaleRequest extends Refusal {

    private static final long serialVersionUID = 1L;

    StaleRequest(String words) {
        super(words);
    }
}
