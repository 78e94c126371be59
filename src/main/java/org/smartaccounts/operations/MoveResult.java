package org.smartaccounts.operations;

/**
 * What became of a request that waited on an older version.
 *
 * @param detail what in particular, for the outcomes that say so; at most {@link #MAX_DETAIL} characters
 */
record MoveResult(Outcome outcome, String detail) {

    static final int MAX_DETAIL = 500;

    enum Outcome {
        /** It is on the newest version now. */
        MOVED("runningRequests.outcome.moved"),
        /** It has ended meanwhile, or another has moved it. */
        GONE("runningRequests.outcome.gone"),
        /** It waits at something that the newest version has not, or has as something else. */
        NO_PLACE("runningRequests.outcome.noPlace"),
        /** Something that waits for its time would be lost. */
        TIMER_LOST("runningRequests.outcome.timerLost"),
        /** From where it waits the newest version does not lead to everything that was to come. */
        WAY_LOST("runningRequests.outcome.wayLost"),
        /** Again and again something was just being done to it. */
        BUSY("runningRequests.outcome.busy"),
        FAILED("runningRequests.outcome.failed");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        /** The key of what people read; its argument is the detail. Public for the template. */
        public String text() {
            return text;
        }
    }

    MoveResult {
        detail = detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL - 1) + "…";
    }

    MoveResult(Outcome outcome) {
        this(outcome, "");
    }
}
