package org.smartaccounts.operations.cockpit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step that has failed, once or in the same way for several instances.
 *
 * @param definition the version of the process of one of them
 * @param instance   one of them
 * @param element    the id of the element; empty if it is not known
 * @param times      how many wait because of it
 * @param stopped    whether it is not tried again by itself: then Cockpit has an incident
 * @param suspended  whether somebody has suspended it, so that nothing is tried at all
 * @param next       when it is tried again, at once if that is over; null if it is not for the job executor
 * @param since      since when there is an incident; null if there is none
 * @param error      the message and the stack trace, which are for the log's readers only
 */
record FailedStep(
        String definition,
        String instance,
        String element,
        long times,
        boolean stopped,
        boolean suspended,
        @Nullable Instant next,
        @Nullable Instant since,
        String error) {}
