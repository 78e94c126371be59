package org.smartaccounts.upload;

import org.smartaccounts.account.Problem;

/** Says in words why nothing can be done with a file; nothing of it is kept. */
public class UnreadableFile extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    UnreadableFile(String key, Object... arguments) {
        super(key);
        this.problem = Problem.of(key, arguments);
    }

    /** For the person who uploaded it. */
    public Problem problem() {
        return problem;
    }
}
