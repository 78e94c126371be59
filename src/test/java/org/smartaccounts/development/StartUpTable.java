package org.smartaccounts.development;

import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The last thing on the console: where to go, and as whom. */
@Component
class StartUpTable {

    private final String publicUrl;
    private final DevelopmentProperties properties;

    StartUpTable(@Value("${PUBLIC_URL}") String publicUrl, DevelopmentProperties properties) {
        this.publicUrl = publicUrl;
        this.properties = properties;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(Ordered.LOWEST_PRECEDENCE)
    @SuppressWarnings("SystemOut") // for the person who started it, not for a log
    void print() {
        String users = DevelopmentUsers.EVERYBODY.stream()
                .map(somebody -> "    %-8s %s".formatted(somebody.id(), somebody.who()))
                .collect(Collectors.joining("\n"));
        System.out.printf("""

                  Smart Account Requests is ready.

                    Tasklist   %1$s/camunda/app/tasklist/
                    Cockpit    %1$s/camunda/app/cockpit/
                    Mailbox    %1$s/dev/mailbox
                    Clock      %1$s/dev/clock

                  Users, all with the password %2$s:

                %3$s
                    admin    administrator

                """, publicUrl, properties.password(), users);
    }
}
