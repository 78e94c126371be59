package org.smartaccounts.process;

import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngineException;
import org.jspecify.annotations.Nullable;

/**
 * Says in words why a form, or any other call, is not taken: the message is for the person who made it, in that person's language.
 * Nothing has changed, and the caller may mend it and try again.
 */
public class Refusal extends ProcessEngineException {

    private static final long serialVersionUID = 1L;

    private final String words;

    public Refusal(String words) {
        super(words);
        this.words = words;
    }

    @Override
    public String getMessage() {
        return words;
    }

    /** The refusal that is behind a failure: the engine wraps what comes out of its listeners. */
    public static Optional<Refusal> behind(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }
}
