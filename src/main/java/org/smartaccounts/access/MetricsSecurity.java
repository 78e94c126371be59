package org.smartaccounts.access;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.withDefaults;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.RequestCacheConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * The one address that a machine reads, and that with a password in each request instead of a session. A request without one is a
 * person's, and {@link SecurityConfiguration} lets administrators in.
 */
@Configuration
class MetricsSecurity {

    private static final RequestMatcher METRICS = withDefaults().matcher(HttpMethod.GET, "/actuator/prometheus");

    @Bean
    @Order(0)
    SecurityFilterChain metrics(HttpSecurity http, AccessProperties properties, RateLimits limits) throws Exception {
        http.securityMatcher(
                        request -> METRICS.matches(request) && request.getHeader(HttpHeaders.AUTHORIZATION) != null)
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .authenticationManager(new ProviderManager(new MetricsLogin(properties.metricsPassword(), limits)))
                .httpBasic(basic -> basic.authenticationEntryPoint(MetricsSecurity::refuse))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(MetricsSecurity::refuse))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(RequestCacheConfigurer::disable)
                .csrf(CsrfConfigurer::disable);
        return http.build();
    }

    private static void refuse(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException reason) {
        if (reason instanceof TooManyAttemptsException) {
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(RateLimits.LOGIN_TIME.toSeconds()));
        } else {
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"metrics\"");
        }
    }
}
