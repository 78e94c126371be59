package org.smartaccounts.access;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.withDefaults;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.rest.security.auth.ProcessEngineAuthenticationFilter;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.autoconfigure.session.DefaultCookieSerializerCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.ExceptionHandlingConfigurer;
import org.springframework.security.config.annotation.web.configurers.FormLoginConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.CacheControlHeadersWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;
import org.springframework.web.util.InvalidUrlException;

/**
 * One login in front of everything, and nothing open that is not named here. Tasklist, Cockpit and Admin follow it: they are told who is
 * logged in, and of their interface everybody gets what {@link WebApplicationApi} allows. Where an identity provider is configured, by
 * Boot's own properties, {@link SingleSignOn} takes the place of {@link LocalLogin}.
 *
 * <p>Before somebody has logged in with a password, nothing is stored on the server: the page that was wanted, and the token against
 * forged forms, are in cookies. Nobody stays logged in for longer than a day's work, however busy the browser is.
 */
@Configuration
@EnableScheduling
class SecurityConfiguration {

    private static final RequestMatcher API = withDefaults().matcher("/camunda/api/**");
    private static final RequestMatcher PERSONAL = withDefaults().matcher("/camunda/api/engine/**");
    private static final RequestMatcher COCKPIT_TABS = withDefaults().matcher("/operations/cockpit/**");
    /** Asked by scripts, to which a page says nothing. */
    private static final RequestMatcher OF_SCRIPTS = new OrRequestMatcher(API, COCKPIT_TABS);

    /** Pages and forms for everybody who has the link, or needs none. */
    private static final RequestMatcher PUBLIC_FORMS = new OrRequestMatcher(
            withDefaults().matcher("/activation/**"),
            withDefaults().matcher("/report/**"),
            withDefaults().matcher("/case/**"),
            withDefaults().matcher("/feedback/**"));

    private static final RequestMatcher FORM_WITH_FILE = withDefaults().matcher(HttpMethod.POST, "/requests/many");
    /** What is the same for everybody, at any time. */
    static final RequestMatcher STATIC = new OrRequestMatcher(
            withDefaults().matcher("/pages.css"),
            withDefaults().matcher("/webapps.css"),
            withDefaults().matcher("/login.js"),
            withDefaults().matcher("/charts.js"),
            // Not all of them: Camunda's applications are among them.
            withDefaults().matcher("/webjars/htmx.org/**"),
            withDefaults().matcher("/webjars/chart.js/**"),
            withDefaults().matcher("/tasklist.js"),
            withDefaults().matcher("/cockpit.js"),
            withDefaults().matcher("/logo.svg"),
            withDefaults().matcher("/help/*/*"),
            withDefaults().matcher("/favicon.ico"),
            withDefaults().matcher("/camunda/favicon.ico"),
            withDefaults().matcher("/camunda/lib/**"),
            withDefaults().matcher("/camunda/assets/**"));

    private final People people;

    SecurityConfiguration(People people) {
        this.people = people;
    }

    @Bean
    SecurityFilterChain security(
            HttpSecurity http,
            WebApplicationApi api,
            IdentityService identity,
            RateLimits limits,
            ObjectProvider<SingleSignOn> singleSignOn,
            @Value("${smart-accounts.https}") boolean https)
            throws Exception {
        @Nullable SingleSignOn identityProvider = singleSignOn.getIfAvailable();
        http.authorizeHttpRequests(requests -> authorize(requests, api))
                .csrf(csrf -> protectForms(csrf, https))
                .headers(headers -> secure(headers, https))
                .requestCache(cache -> cache.requestCache(pagesOnly()))
                .sessionManagement(session -> session.sessionFixation(fixation -> fixation.newSession()))
                .exceptionHandling(handling -> answer(handling, identityProvider))
                .logout(logout -> logout.logoutRequestMatcher(withDefaults().matcher(HttpMethod.POST, "/logout"))
                        .logoutSuccessUrl("/login?loggedOut"));
        http.addFilterBefore(new SessionLifetime(), SecurityContextHolderFilter.class);
        // The token against forged forms is in one of the parts.
        http.addFilterBefore(new FormsWithFiles(FORM_WITH_FILE, API, people), CsrfFilter.class);
        if (identityProvider == null) {
            http.authenticationProvider(new LocalLogin(identity, limits)).formLogin(this::askForPassword);
        } else {
            identityProvider.configure(http);
        }
        return http.build();
    }

    private void authorize(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests,
            WebApplicationApi api) {
        requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                .permitAll()
                .requestMatchers(
                        PUBLIC_FORMS,
                        STATIC,
                        withDefaults().matcher("/login"),
                        withDefaults().matcher("/help"),
                        withDefaults().matcher("/privacy"),
                        withDefaults().matcher("/actuator/health/**"))
                .permitAll()
                .requestMatchers(
                        withDefaults().matcher(HttpMethod.GET, "/"),
                        withDefaults().matcher("/logout"))
                .authenticated()
                .requestMatchers(withDefaults().matcher("/requests/**"))
                .access(administratorsAnd(Role.PARTNER, Role.SUPPORT))
                .requestMatchers(withDefaults().matcher("/operations/erase/**"))
                .access(administratorsAnd(Role.SUPPORT))
                .requestMatchers(API)
                .access(api::decide)
                .requestMatchers(withDefaults().matcher(HttpMethod.GET, "/camunda/app/tasklist/**"))
                .access(administratorsAnd(Role.PARTNER, Role.SUPPORT))
                .requestMatchers(withDefaults().matcher(HttpMethod.GET, "/camunda/app/cockpit/**"), COCKPIT_TABS)
                .access(administratorsAnd(Role.ANALYST))
                .requestMatchers(withDefaults().matcher(HttpMethod.GET, "/camunda/app/welcome/**"))
                .access(administratorsAnd(Role.values()))
                .requestMatchers(withDefaults().matcher(HttpMethod.GET, "/operations/security-checks"))
                .access(administratorsAnd(Role.SUPPORT))
                .requestMatchers(
                        withDefaults().matcher("/operations/**"),
                        withDefaults().matcher(HttpMethod.GET, "/camunda/app/**"),
                        withDefaults().matcher("/actuator/**"))
                .access(administratorsAnd())
                .anyRequest()
                .denyAll();
    }

    /** Who has one of the roles at this moment, whatever was so when the person logged in. */
    private AuthorizationManager<RequestAuthorizationContext> administratorsAnd(Role... roles) {
        Set<Role> welcome = EnumSet.of(Role.ADMINISTRATOR, roles);
        return (person, request) ->
                new AuthorizationDecision(people.hasAny(person.get().getName(), welcome));
    }

    private static void protectForms(CsrfConfigurer<HttpSecurity> csrf, boolean https) {
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName("form-token");
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Lax").path("/").secure(https));
        csrf.csrfTokenRepository(tokens)
                .requireCsrfProtectionMatcher(new AndRequestMatcher(
                        CsrfFilter.DEFAULT_CSRF_MATCHER,
                        // They have a token of their own, in a header.
                        new NegatedRequestMatcher(API),
                        // Who knows the link may decide, after lunch too, when a token would have died with the
                        // browser.
                        request -> !PUBLIC_FORMS.matches(request) || isFromAnotherSite(request)));
    }

    private static boolean isFromAnotherSite(HttpServletRequest request) {
        @Nullable String site = request.getHeader("Sec-Fetch-Site");
        return site != null && !Set.of("same-origin", "none").contains(site);
    }

    private static void secure(HeadersConfigurer<HttpSecurity> headers, boolean https) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(
                        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
                                + "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                .frameOptions(frames -> frames.deny())
                // Also where a proxy does not say that it speaks TLS. What else there is in the domain, others know.
                .httpStrictTransportSecurity(
                        hsts -> hsts.requestMatcher(request -> https).includeSubDomains(false))
                .cacheControl(cache -> cache.disable())
                // Over what Camunda says, which would leave forms in the cache of a shared computer.
                .addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                        PERSONAL, (request, response) -> response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store")))
                .addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                        new NegatedRequestMatcher(STATIC), new CacheControlHeadersWriter()));
    }

    private static void answer(
            ExceptionHandlingConfigurer<HttpSecurity> handling, @Nullable SingleSignOn identityProvider) {
        LoginUrlAuthenticationEntryPoint login = new LoginUrlAuthenticationEntryPoint(
                identityProvider == null ? "/login" : identityProvider.loginPage());
        login.setFavorRelativeUris(true);
        handling.defaultAuthenticationEntryPointFor(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED), API)
                .defaultAuthenticationEntryPointFor(SecurityConfiguration::askForLogin, COCKPIT_TABS)
                .defaultAuthenticationEntryPointFor(login, new NegatedRequestMatcher(OF_SCRIPTS))
                .accessDeniedHandler(new DeniedAccess(OF_SCRIPTS));
    }

    private static void askForLogin(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        response.setStatus(HttpStatus.UNAUTHORIZED.value());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getWriter().print("""
                {"message": "Please log in."}""");
    }

    private void askForPassword(FormLoginConfigurer<HttpSecurity> login) {
        login.loginPage("/login").failureHandler((request, response, failure) -> {
            boolean tooMany = failure instanceof TooManyAttemptsException;
            response.setStatus((tooMany ? HttpStatus.TOO_MANY_REQUESTS : HttpStatus.UNAUTHORIZED).value());
            if (tooMany) {
                response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(RateLimits.LOGIN_TIME.toSeconds()));
            }
            // What was typed stays.
            request.getRequestDispatcher("/login/" + (tooMany ? "tooMany" : "wrong"))
                    .forward(request, response);
        });
    }

    private static CookieRequestCache pagesOnly() {
        CookieRequestCache cache = new WantedPage();
        cache.setRequestMatcher(new AndRequestMatcher(
                withDefaults().matcher(HttpMethod.GET, "/**"), new NegatedRequestMatcher(OF_SCRIPTS)));
        return cache;
    }

    /** The page that somebody wanted before the login, from a cookie: what does not lead to a page, somebody else has put there. */
    private static final class WantedPage extends CookieRequestCache {

        /** Browsers take a backslash for a slash, and two at the beginning for another site. */
        private static final Pattern IN_NO_ADDRESS = Pattern.compile("[\\p{Cntrl}\\\\]");

        @Override
        public @Nullable SavedRequest getRequest(HttpServletRequest request, HttpServletResponse response) {
            try {
                @Nullable SavedRequest wanted = super.getRequest(request, response);
                return wanted == null
                                || IN_NO_ADDRESS
                                        .matcher(wanted.getRedirectUrl())
                                        .find()
                        ? null
                        : wanted;
            } catch (InvalidUrlException e) {
                return null;
            }
        }
    }

    @Bean
    FilterRegistrationBean<ContainerBasedAuthenticationFilter> webApplicationLogin() {
        FilterRegistrationBean<ContainerBasedAuthenticationFilter> filter =
                new FilterRegistrationBean<>(new ContainerBasedAuthenticationFilter());
        filter.setInitParameters(Map.of(
                ProcessEngineAuthenticationFilter.AUTHENTICATION_PROVIDER_PARAM, WebApplicationLogin.class.getName()));
        filter.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
        filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 1);
        return filter;
    }

    /** As they are: encoded, a session's id could have characters that the database cannot hold. */
    @Bean
    DefaultCookieSerializerCustomizer plainSessionIds() {
        return cookie -> cookie.setUseBase64Encoding(false);
    }

    /** Two requests of one page write the same attribute at the same moment. */
    @Bean
    PostgreSqlJdbcIndexedSessionRepositoryCustomizer sessionsOnPostgreSql() {
        return new PostgreSqlJdbcIndexedSessionRepositoryCustomizer();
    }
}
