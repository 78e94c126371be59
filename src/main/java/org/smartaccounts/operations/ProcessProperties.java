package org.smartaccounts.operations;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the processes come from.
 *
 * @param folder a folder whose files take the place of the packaged ones; empty for the packaged ones
 * @param watch  whether a file that is saved in that folder is deployed at once, for trying a change
 */
@ConfigurationProperties("smart-accounts.processes")
record ProcessProperties(
        @DefaultValue("") String folder,
        @DefaultValue("false") boolean watch) {

    boolean isExternal() {
        return !folder.isBlank();
    }

    boolean isWatched() {
        return isExternal() && watch;
    }
}
