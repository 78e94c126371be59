package org.smartaccounts.operations;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether this node has ever made its processes live. One that could not, because of a mistake in the folder that it was started with, is not
 * ready: so a rolling update stops at it, and the nodes before it go on. A mistake that is saved later makes no node ill.
 */
@Component
class DeploymentHealthIndicator implements HealthIndicator {

    private final LiveProcesses processes;

    DeploymentHealthIndicator(LiveProcesses processes) {
        this.processes = processes;
    }

    @Override
    public Health health() {
        return processes.wereDeployed()
                ? Health.up().build()
                : Health.down()
                        .withDetail("mistakes", processes.mistakes())
                        .withDetail("next", "Mend the folder, and start this node again unless it watches the folder")
                        .build();
    }
}
