package org.smartaccounts;

import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootApplication
@ConfigurationPropertiesScan
public class SmartAccountsApplication {

    public static void main(String[] args) {
        SpringApplication.run(SmartAccountsApplication.class, args);
    }

    /** The one clock that all of the application reads; development and tests replace it by one that can travel. */
    @Bean
    @ConditionalOnMissingBean
    Clock clock(DataSource database) {
        return new DatabaseClock(JdbcClient.create(database), System::nanoTime);
    }
}
