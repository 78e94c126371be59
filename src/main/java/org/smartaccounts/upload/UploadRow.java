package org.smartaccounts.upload;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.RequestDetails;

/**
 * A row of a file, and what becomes of it.
 *
 * @param number        as a spreadsheet counts it: the header is row 1
 * @param requestNumber null until there is a request
 */
public record UploadRow(
        int number,
        RequestDetails details,
        State state,
        List<Remark> remarks,
        @Nullable String requestNumber) {

    /** What becomes of a row. */
    public enum State {
        /** It can be sent. */
        GOOD("manyRequests.row.good"),
        /** It is left out. */
        BAD("manyRequests.row.bad"),
        /** There is a request. */
        CREATED("manyRequests.row.created"),
        /** It was good, but when its turn came it was not any more. */
        FAILED("manyRequests.row.failed");

        private final String text;

        State(String text) {
            this.text = text;
        }

        /** The key of its name. */
        public String text() {
            return text;
        }

        public boolean isBad() {
            return this == BAD || this == FAILED;
        }
    }

    /** Whether licensing support looks at it before there is an account. */
    public boolean needsApproval() {
        return !state.isBad() && remarks.stream().anyMatch(remark -> remark.kind() == Remark.Kind.APPROVAL);
    }
}
