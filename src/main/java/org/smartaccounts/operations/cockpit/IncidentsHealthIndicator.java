package org.smartaccounts.operations.cockpit;

import org.camunda.bpm.engine.RuntimeService;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** How many steps wait for an administrator, and where that person begins. Another node would not do better, so none of it makes this one ill. */
@Component
class IncidentsHealthIndicator implements HealthIndicator {

    private final RuntimeService runtime;
    private final String cockpit;

    IncidentsHealthIndicator(
            RuntimeService runtime, @Value("${smart-accounts.activation.public-url}") String publicUrl) {
        this.runtime = runtime;
        cockpit = StringUtils.trimTrailingCharacter(publicUrl, '/') + "/camunda/app/cockpit/default/#/processes";
    }

    @Override
    public Health health() {
        return Health.up()
                .withDetail("open", runtime.createIncidentQuery().count())
                .withDetail("begin", cockpit + " says on top what is wrong, and what to do")
                .build();
    }
}
