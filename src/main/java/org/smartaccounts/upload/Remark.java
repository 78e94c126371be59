package org.smartaccounts.upload;

import java.util.List;
import java.util.stream.Stream;
import org.smartaccounts.account.Problem;
import org.smartaccounts.request.Assessment;

/**
 * Something to be said about a row.
 *
 * @param kind      what follows from it
 * @param key       of the text
 * @param arguments for the text's placeholders
 */
public record Remark(Kind kind, String key, List<Object> arguments) {

    /** What follows from a remark. */
    public enum Kind {
        /** The row is left out. */
        PROBLEM,
        /** The request will wait for licensing support. */
        APPROVAL,
        /** Nothing, but it is worth knowing. */
        WARNING
    }

    static Remark problem(String key, Object... arguments) {
        return of(Kind.PROBLEM, Problem.of(key, arguments));
    }

    private static Remark of(Kind kind, Problem message) {
        return new Remark(kind, message.key(), message.arguments());
    }

    static List<Remark> of(List<Problem> problemsOfRow, Assessment assessment) {
        return Stream.of(
                        problemsOfRow.stream().map(problem -> of(Kind.PROBLEM, problem)),
                        assessment.problems().stream().map(problem -> of(Kind.PROBLEM, problem)),
                        assessment.approvals().stream().map(approval -> of(Kind.APPROVAL, approval)),
                        assessment.warnings().stream().map(warning -> of(Kind.WARNING, warning)))
                .flatMap(remarks -> remarks)
                .toList();
    }

    /** For the reader. */
    public Problem message() {
        return new Problem(key, arguments);
    }
}
