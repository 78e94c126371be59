package org.smartaccounts.operations;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether what is live is what lies in the folder of the processes. If not, requests go on, and somebody has to mend the folder. */
@Component
class ProcessesHealthIndicator implements HealthIndicator {

    private final ProcessProperties properties;
    private final LiveProcesses processes;

    ProcessesHealthIndicator(ProcessProperties properties, LiveProcesses processes) {
        this.properties = properties;
        this.processes = processes;
    }

    @Override
    public Health health() {
        Health.Builder health = processes.mistakes().isEmpty()
                ? Health.up()
                : Health.down().withDetail("live", "what was live before").withDetail("mistakes", processes.mistakes());
        return health.withDetail("folder", properties.isExternal() ? properties.folder() : "packaged")
                .withDetail("watched", properties.isWatched())
                .build();
    }
}
