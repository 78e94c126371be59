package org.smartaccounts.overview;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param older where the next one begins; null if this is the last
 */
public record ListPage(
        List<ListedRequest> requests, @Nullable PageEnd older) {}
