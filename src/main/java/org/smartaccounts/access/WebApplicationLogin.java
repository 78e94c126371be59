package org.smartaccounts.access;

import jakarta.servlet.http.HttpServletRequest;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationResult;
import org.camunda.bpm.engine.rest.security.auth.impl.ContainerBasedAuthenticationProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Tells Tasklist, Cockpit and Admin who is logged in: whoever the application knows. They have no login of their own. Public, since
 * their filter makes it by its name.
 */
public class WebApplicationLogin extends ContainerBasedAuthenticationProvider {

    @Override
    public AuthenticationResult extractAuthenticatedUser(HttpServletRequest request, ProcessEngine engine) {
        @Nullable Authentication person = SecurityContextHolder.getContext().getAuthentication();
        return person != null && person.isAuthenticated()
                ? AuthenticationResult.successful(person.getName())
                : AuthenticationResult.unsuccessful();
    }
}
