package org.smartaccounts.request;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody can do to a request at this moment.
 *
 * @param obstacles why the acts that are not possible are not, in words
 * @param review    everything there is to say about it; empty unless it is under review
 */
public record Choices(Map<RequestAct, String> obstacles, Optional<Assessment> review) {

    public boolean isPossible(RequestAct act) {
        return !obstacles.containsKey(act);
    }

    /** Why not; null if it is possible. */
    public @Nullable String obstacle(RequestAct act) {
        return obstacles.get(act);
    }
}
