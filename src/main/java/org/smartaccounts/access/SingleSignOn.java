package org.smartaccounts.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.access.SignedOnPeople.RefusedLoginException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.security.oauth2.client.ConditionalOnOAuth2ClientRegistrationProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.stereotype.Component;

/**
 * The login of a company's identity provider, by OpenID Connect: authorization code with PKCE. Who comes in is written down among the
 * {@linkplain SignedOnPeople people the engine knows}. Logging out here logs out there, and the identity provider may end sessions from
 * its side (back-channel logout). Tokens are needed for the login only, and not kept.
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
    private final URI publicUrl;

    SingleSignOn(
            InMemoryClientRegistrationRepository clients,
            SignedOnPeople people,
            SingleSignOnSessions sessions,
            SessionRepository<? extends Session> repository,
            @Value("${smart-accounts.activation.public-url}") URI publicUrl) {
        this.clients = clients;
        this.people = people;
        this.sessions = sessions;
        this.repository = repository;
        this.publicUrl = publicUrl;
    }

    /** The ways in; usually one. */
    public List<IdentityProvider> identityProviders() {
        List<IdentityProvider> all = new ArrayList<>();
        for (ClientRegistration client : clients) {
            all.add(new IdentityProvider(client.getClientName(), AUTHORIZATION + "/" + client.getRegistrationId()));
        }
        return all;
    }

    /** Where somebody is sent who has to log in: straight to the identity provider, if there is one only. */
    String loginPage() {
        List<IdentityProvider> all = identityProviders();
        return all.size() == 1 ? all.get(0).path() : "/login";
    }

    void configure(HttpSecurity http) throws Exception {
        DefaultOAuth2AuthorizationRequestResolver withPkce =
                new DefaultOAuth2AuthorizationRequestResolver(clients, AUTHORIZATION);
        withPkce.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        http.oauth2Login(login -> login.loginPage("/login")
                        .authorizationEndpoint(endpoint -> endpoint.authorizationRequestResolver(withPkce))
                        .authorizedClientRepository(new NoTokens())
                        .userInfoEndpoint(endpoint -> endpoint.oidcUserService(this::signOn))
                        .failureHandler(SingleSignOn::refuse))
                .oidcLogout(logout -> logout.oidcSessionRegistry(sessions)
                        .backChannel(backChannel -> backChannel.logoutHandler(this::endSessions)))
                .logout(logout -> logout.logoutSuccessHandler(logoutThere()));
    }

    private OidcUser signOn(OidcUserRequest request) {
        OidcUser user = new OidcUserService().loadUser(request);
        people.remember(user);
        return user;
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
        handler.setPostLogoutRedirectUri(publicUrl + "/login?loggedOut");
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
