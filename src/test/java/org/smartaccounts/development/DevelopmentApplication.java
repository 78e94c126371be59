package org.smartaccounts.development;

import org.smartaccounts.SmartAccountsApplication;
import org.springframework.boot.SpringApplication;

/** Starts the application with everything that it needs: {@code mvn spring-boot:test-run}. */
public class DevelopmentApplication {

    public static void main(String[] args) {
        // The surroundings are components below the application's package, so they are found when they are on the class path.
        SpringApplication.run(SmartAccountsApplication.class, args);
    }
}
