package org.smartaccounts.request;

import org.jspecify.annotations.Nullable;

/**
 * A request as somebody has seen it who now acts on it. If it has changed since, the act is refused as {@linkplain StaleRequest stale}.
 *
 * @param requestNumber the request
 * @param version       what {@link org.smartaccounts.account.SmartAccount#version} was on the page; null to act on whatever is so now
 */
public record Seen(String requestNumber, @Nullable Integer version) {

    /** Whatever has happened meanwhile. */
    public static Seen anyhow(String requestNumber) {
        return new Seen(requestNumber, null);
    }

    boolean isStale(int present) {
        return version != null && version != present;
    }
}
