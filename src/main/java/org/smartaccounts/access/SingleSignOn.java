package org.smartaccounts.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.access.SignedOnPeople.RefusedLoginException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.security.oauth2.client.ConditionalOnOAuth2ClientRegistrationProperties;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.stereotype.Component;
import org.springframework.util.Assert;
import org.springframework.web.client.RestClient;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The login of a company's identity provider, by OpenID Connect: authorization code with PKCE. Who comes in is written down among the
 * {@linkplain SignedOnPeople people the engine knows}. Logging out here logs out there, and the identity provider may end sessions from
 * its side (back-channel logout). Of the tokens only the one is kept, in the session, that says who has come.
 */
@Component
@ConditionalOnOAuth2ClientRegistrationProperties
public class SingleSignOn {

    private static final String AUTHORIZATION =
            OAuth2AuthorizationRequestRedirectFilter.DEFAULT_AUTHORIZATION_REQUEST_BASE_URI;

    /**
     * A way in.
     *
     * @param name for people
     * @param path where it begins
     */
    public record IdentityProvider(String name, String path) {}

    private final InMemoryClientRegistrationRepository clients;
    private final SignedOnPeople people;
    private final SingleSignOnSessions sessions;
    private final SessionRepository<? extends Session> repository;
    private final RestClientAuthorizationCodeTokenResponseClient tokens;
    private final OidcUserService claims;
    private final URI publicUrl;

    SingleSignOn(
            InMemoryClientRegistrationRepository clients,
            SignedOnPeople people,
            SingleSignOnSessions sessions,
            SessionRepository<? extends Session> repository,
            RestClient.Builder restClient,
            RestTemplateBuilder restTemplate,
            @Value("${smart-accounts.activation.public-url}") URI publicUrl) {
        for (ClientRegistration client : clients) {
            // Without an ID token nobody vouches for who somebody is; a user name that anybody may choose somewhere
            // would be enough.
            Assert.isTrue(
                    client.getScopes().contains(OidcScopes.OPENID),
                    () -> "The identity provider %s needs the scope openid".formatted(client.getRegistrationId()));
        }
        Assert.isTrue(
                identityProviders(clients).size() == 1,
                "Name one identity provider: the same user name at two of them would be one person here");
        this.clients = clients;
        this.people = people;
        this.sessions = sessions;
        this.repository = repository;
        this.tokens = tokens(restClient);
        this.claims = claims(restTemplate);
        this.publicUrl = publicUrl;
    }

    /** The way in. */
    public List<IdentityProvider> identityProviders() {
        return identityProviders(clients);
    }

    private static List<IdentityProvider> identityProviders(Iterable<ClientRegistration> clients) {
        List<IdentityProvider> all = new ArrayList<>();
        for (ClientRegistration client : clients) {
            all.add(new IdentityProvider(client.getClientName(), AUTHORIZATION + "/" + client.getRegistrationId()));
        }
        return all;
    }

    /** Where somebody is sent who has to log in: straight to the identity provider. */
    String loginPage() {
        return identityProviders().get(0).path();
    }

    void configure(HttpSecurity http) throws Exception {
        DefaultOAuth2AuthorizationRequestResolver withPkce =
                new DefaultOAuth2AuthorizationRequestResolver(clients, AUTHORIZATION);
        withPkce.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        http.oauth2Login(login -> login.loginPage("/login")
                        .authorizationEndpoint(endpoint -> endpoint.authorizationRequestResolver(withPkce)
                                .authorizationRequestRepository(new ShortWait()))
                        .authorizedClientRepository(new NoTokens())
                        .tokenEndpoint(endpoint -> endpoint.accessTokenResponseClient(tokens))
                        .userInfoEndpoint(endpoint -> endpoint.oidcUserService(this::signOn))
                        .failureHandler(SingleSignOn::refuse))
                .oidcLogout(logout -> logout.oidcSessionRegistry(sessions)
                        .backChannel(backChannel -> backChannel.logoutHandler(this::endSessions)))
                .logout(logout -> logout.logoutSuccessHandler(logoutThere()));
    }

    private OidcUser signOn(OidcUserRequest request) {
        OidcUser user = claims.loadUser(request);
        people.remember(user);
        return user;
    }

    /** As Spring Security's own, but it does not wait for ever for an identity provider that is silent. */
    private static RestClientAuthorizationCodeTokenResponseClient tokens(RestClient.Builder http) {
        RestClientAuthorizationCodeTokenResponseClient tokens = new RestClientAuthorizationCodeTokenResponseClient();
        tokens.setRestClient(http.messageConverters(converters -> {
                    converters.clear();
                    converters.add(new FormHttpMessageConverter());
                    converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
                })
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        return tokens;
    }

    private static OidcUserService claims(RestTemplateBuilder http) {
        DefaultOAuth2UserService userInfo = new DefaultOAuth2UserService();
        userInfo.setRestOperations(
                http.errorHandler(new OAuth2ErrorResponseErrorHandler()).build());
        OidcUserService claims = new OidcUserService();
        claims.setOauth2UserService(userInfo);
        return claims;
    }

    private static void refuse(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException, ServletException {
        response.setStatus(HttpStatus.FORBIDDEN.value());
        request.setAttribute(
                "refusal",
                failure instanceof RefusedLoginException refused ? refused.reason() : "login.refused.failed");
        request.getRequestDispatcher("/login/refused").forward(request, response);
    }

    /** The identity provider says that somebody has left: the sessions are in the database, so any node can end them. */
    private void endSessions(
            HttpServletRequest request, HttpServletResponse response, Authentication identityProvider) {
        if (identityProvider.getPrincipal() instanceof OidcLogoutToken token) {
            sessions.removeSessionInformation(token).forEach(session -> repository.deleteById(session.getSessionId()));
        }
    }

    private OidcClientInitiatedLogoutSuccessHandler logoutThere() {
        OidcClientInitiatedLogoutSuccessHandler handler = new OidcClientInitiatedLogoutSuccessHandler(clients);
        handler.setPostLogoutRedirectUri(UriComponentsBuilder.fromUri(publicUrl)
                .replacePath("/login")
                .query("loggedOut")
                .toUriString());
        handler.setDefaultTargetUrl("/login?loggedOut");
        // Not a redirect: a browser follows none from a form to another site, where the page's policy allows forms to
        // this one only.
        handler.setRedirectStrategy((request, response, url) -> {
            response.setHeader("Refresh", "0;url=" + url);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            response.setContentType(MediaType.TEXT_HTML_VALUE);
            response.getWriter().print("<!DOCTYPE html><title>…</title>");
        });
        return handler;
    }

    /** A session for whoever has set out for the identity provider: it ends soon, since anybody can make many. */
    private static final class ShortWait implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

        private static final Duration PATIENCE = Duration.ofMinutes(10);

        private final HttpSessionOAuth2AuthorizationRequestRepository session =
                new HttpSessionOAuth2AuthorizationRequestRepository();

        @Override
        public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
            return session.loadAuthorizationRequest(request);
        }

        @Override
        public void saveAuthorizationRequest(
                OAuth2AuthorizationRequest authorization, HttpServletRequest request, HttpServletResponse response) {
            boolean loggedIn = request.getUserPrincipal() != null;
            session.saveAuthorizationRequest(authorization, request, response);
            if (!loggedIn) {
                request.getSession().setMaxInactiveInterval((int) PATIENCE.toSeconds());
            }
        }

        @Override
        public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
                HttpServletRequest request, HttpServletResponse response) {
            return session.removeAuthorizationRequest(request, response);
        }
    }

    private static final class NoTokens implements OAuth2AuthorizedClientRepository {

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // the interface's
        public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
                String registration, Authentication person, HttpServletRequest request) {
            return null;
        }

        @Override
        public void saveAuthorizedClient(
                OAuth2AuthorizedClient client,
                Authentication person,
                HttpServletRequest request,
                HttpServletResponse response) {
            // Nobody will ask for it.
        }

        @Override
        public void removeAuthorizedClient(
                String registration, Authentication person, HttpServletRequest request, HttpServletResponse response) {
            // There is none.
        }
    }
}
