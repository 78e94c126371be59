package org.smartaccounts.operations;

import java.util.List;

/** The files of the processes have mistakes, and nothing of them was deployed. */
class BrokenProcessesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> mistakes;

    /** @param mistakes sentences for whoever has changed the files */
    BrokenProcessesException(List<String> mistakes) {
        super(String.join("\n", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    List<String> mistakes() {
        return mistakes;
    }
}
