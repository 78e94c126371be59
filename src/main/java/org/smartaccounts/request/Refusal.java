package org.smartaccounts.request;

import org.camunda.bpm.engine.ProcessEngineException;

/**
 * Says in words why a form, or any other call, is not taken: the message is for the person who made it, in that person's language.
 * Nothing has changed, and the caller may mend it and try again.
 */
public class Refusal extends ProcessEngineException {

    private static final long serialVersionUID = 1L;

    Refusal(String words) {
        super(words);
    }
}
