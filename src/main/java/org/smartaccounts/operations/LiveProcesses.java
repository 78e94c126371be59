package org.smartaccounts.operations;

import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Makes the processes live before anybody can reach the application. A mistake in the packaged ones stops the start. With a mistake in a
 * folder that an installation names, whatever was live before stays so, the log and the health of the application say why, and a node that
 * began with it does not become ready.
 */
@Component
class LiveProcesses implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(LiveProcesses.class);

    private final ProcessProperties properties;
    private final ProcessFolder folder;
    private final ProcessDeployer deployer;

    private volatile ProcessFiles present = new ProcessFiles(Map.of(), List.of());
    private volatile List<String> mistakes = List.of();
    private volatile boolean deployed;

    LiveProcesses(ProcessProperties properties, ProcessFolder folder, ProcessDeployer deployer) {
        this.properties = properties;
        this.folder = folder;
        this.deployer = deployer;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (properties.isExternal()) {
            update(folder.external());
            if (!mistakes.isEmpty() && !deployer.isAnythingLive()) {
                log.warn("Nothing was live yet: the packaged processes are, until the folder is mended");
                deployer.deploy(folder.packaged());
            }
        } else {
            deployer.deploy(folder.packaged());
            deployed = true;
        }
    }

    /** The folder has changed. */
    void update(ProcessFiles files) {
        try {
            deployer.deploy(files);
            mistakes = List.of();
            deployed = true;
        } catch (BrokenProcessesException e) {
            mistakes = e.mistakes();
            log.error(
                    "The processes in {} have mistakes; what was live before stays live:\n  {}",
                    properties.folder(),
                    String.join("\n  ", mistakes));
        }
        // Not if something else came between: then the next look tries again.
        present = files;
    }

    /** What was last looked at, right or wrong. */
    ProcessFiles present() {
        return present;
    }

    /** Whether this node has made its own processes live since its start, whatever was saved later. */
    boolean wereDeployed() {
        return deployed;
    }

    /** Why the folder's files are not live; empty if they are. */
    List<String> mistakes() {
        return mistakes;
    }
}
