package org.smartaccounts.access;

import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Logs in with a user name and a password of the engine's identity tables. Guessing is limited by address and user, and by address: a
 * stranger who guesses cannot lock anybody out, except at his own address. The engine's own delay is off, since it refuses the right
 * password too.
 */
class LocalLogin implements AuthenticationProvider {

    private final IdentityService identity;
    private final RateLimits limits;

    LocalLogin(IdentityService identity, RateLimits limits) {
        this.identity = identity;
        this.limits = limits;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        String user = attempt.getName();
        String password = String.valueOf(attempt.getCredentials());
        String address = attempt.getDetails() instanceof WebAuthenticationDetails details
                ? String.valueOf(details.getRemoteAddress())
                : "";
        // Counted before it is known to be wrong: many at the same moment are counted, too.
        if (!limits.tryLogin(address, user)) {
            throw new TooManyAttemptsException();
        }
        if (!isPlausible(user) || !identity.checkPassword(user, password)) {
            throw new BadCredentialsException("Wrong user name or password");
        }
        limits.forgiveLogin(address, user);
        return UsernamePasswordAuthenticationToken.authenticated(user, null, List.of());
    }

    /** What the database cannot hold, is nobody's name. */
    private static boolean isPlausible(String user) {
        return user.length() <= Groups.MAX_ID && user.indexOf('\0') < 0;
    }

    @Override
    public boolean supports(Class<?> attempt) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(attempt);
    }
}
