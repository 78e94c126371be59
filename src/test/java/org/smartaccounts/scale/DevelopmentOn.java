package org.smartaccounts.scale;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.smartaccounts.SmartAccountsApplication;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

/** The application with the surroundings of development, mail server, users and time machine, on a database of ours. */
final class DevelopmentOn {

    private DevelopmentOn() {}

    /**
     * Starts it, without its job executor.
     *
     * @param database its JDBC address
     * @param settings further ones, {@code --name=value}
     */
    static ConfigurableApplicationContext database(String database, String... settings) {
        SpringApplication application = new SpringApplication(SmartAccountsApplication.class);
        application.addInitializers(context -> context.addBeanFactoryPostProcessor(factory -> {
            // It takes the place of the one that would begin a server of its own.
            ((BeanDefinitionRegistry) factory)
                    .registerBeanDefinition(
                            "embeddedDatabase",
                            new RootBeanDefinition(JdbcConnectionDetails.class, () -> new Database(database)));
        }));
        int port = TestSocketUtils.findAvailableTcpPort();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            return application.run(Stream.concat(
                            Stream.of(
                                    "--PORT=" + port,
                                    "--PUBLIC_URL=http://localhost:" + port,
                                    "--MAIL_PORT=" + TestSocketUtils.findAvailableTcpPort(),
                                    "--camunda.bpm.job-execution.enabled=false",
                                    "--ADMIN_PASSWORD=" + Node.PASSWORD,
                                    "--development.password=" + Node.PASSWORD,
                                    "--smart-accounts.keep.at=-",
                                    "--smart-accounts.migration.at-start=false",
                                    "--spring.main.allow-bean-definition-overriding=true",
                                    "--spring.thymeleaf.cache=true"),
                            Arrays.stream(settings))
                    // What is said twice would be taken for a list.
                    .collect(Collectors.toMap(
                            setting -> setting.substring(0, setting.indexOf('=')),
                            setting -> setting,
                            (ours, theirs) -> theirs))
                    .values()
                    .toArray(String[]::new));
        } finally {
            // The web server leaves one of its own behind, which ends with it.
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private record Database(String getJdbcUrl) implements JdbcConnectionDetails {

        @Override
        public String getUsername() {
            return "postgres";
        }

        @Override
        public String getPassword() {
            return "";
        }
    }
}
