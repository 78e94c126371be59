package org.smartaccounts.development;

import java.util.Map;
import org.smartaccounts.SmartAccountsApplication;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the application with everything that it needs: {@code mvn spring-boot:test-run}. */
public class DevelopmentApplication {

    public static void main(String[] args) {
        start(args);
    }

    /** Starts it; settings are arguments, as on the command line. */
    public static ConfigurableApplicationContext start(String... args) {
        // The surroundings lie below the application's package, so they are found where they are on the class path.
        SpringApplication application = new SpringApplication(SmartAccountsApplication.class);
        application.setDefaultProperties(Map.of(
                // Survives a restart; delete it to begin anew.
                "development.data-directory", ".development",
                // A diagram that is saved can be tried at once.
                "PROCESSES_FOLDER", "processes",
                "PROCESSES_WATCH", "true"));
        return application.run(args);
    }
}
