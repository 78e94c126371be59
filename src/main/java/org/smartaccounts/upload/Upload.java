package org.smartaccounts.upload;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that somebody uploaded.
 *
 * @param companyId  whose requests they are
 * @param uploadedBy in whose name they are sent
 * @param language   in which that person was spoken to, a BCP 47 tag
 * @param fileName   as the browser named it, at most 100 characters
 * @param total      how many rows say something
 * @param good       how many of them could be sent when the file was judged
 * @param created    for how many of these there is a request
 * @param failed     how many of these were not good any more when their turn came
 * @param endedAt    null while there is something to do
 */
public record Upload(
        UUID id,
        String companyId,
        String uploadedBy,
        String language,
        Instant uploadedAt,
        String fileName,
        State state,
        int total,
        int good,
        int created,
        int failed,
        @Nullable Instant endedAt) {

    /** How far an upload is. */
    public enum State {
        /** It is judged, and waits for its start. */
        PREVIEWED("manyRequests.state.previewed"),
        /** Its good rows are being sent. */
        STARTED("manyRequests.state.started"),
        /** Nothing is left to do. */
        FINISHED("manyRequests.state.finished");

        private final String text;

        State(String text) {
            this.text = text;
        }

        /** The key of its name. */
        public String text() {
            return text;
        }
    }

    /** How many rows are left out from the beginning. */
    public int bad() {
        return total - good;
    }

    /** How many of the good rows are behind us. */
    public int done() {
        return created + failed;
    }
}
