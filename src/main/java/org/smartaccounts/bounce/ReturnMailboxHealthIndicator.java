package org.smartaccounts.bounce;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether the return mailbox could be read when this node last looked. Requests go on without it, so it makes no node ill. */
@Component
class ReturnMailboxHealthIndicator implements HealthIndicator {

    private final ReturnMailbox mailbox;

    ReturnMailboxHealthIndicator(ReturnMailbox mailbox) {
        this.mailbox = mailbox;
    }

    @Override
    public Health health() {
        return mailbox.trouble()
                .map(trouble -> Health.unknown()
                        .withDetail("error", trouble.words())
                        .withDetail("since", trouble.since().toString()))
                .orElseGet(Health::up)
                .build();
    }
}
