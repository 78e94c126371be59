package org.smartaccounts.development;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.withDefaults;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** The mailbox and the time machine are open to everybody who has this launcher. */
@Configuration
class DevelopmentSecurity {

    @Bean
    @Order(0) // before the application's own, which denies what it does not know
    SecurityFilterChain developmentPages(HttpSecurity http) throws Exception {
        return http.securityMatcher(withDefaults().matcher("/dev/**"))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(csrf -> csrf.disable())
                .headers(headers -> headers.disable())
                .build();
    }
}
