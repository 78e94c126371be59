package org.smartaccounts.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.List;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Logs in the machine that reads the metrics, with the password that the installation has set for it. It is nobody: what it reads is all
 * that it may do. Guessing is limited as it is for people, and a machine that guesses elsewhere does not lock out this one.
 */
class MetricsLogin implements AuthenticationProvider {

    static final String USER = "prometheus";

    private final String password;
    private final RateLimits limits;

    /** @param password empty if there is none, and nobody comes in */
    MetricsLogin(String password, RateLimits limits) {
        this.password = password;
        this.limits = limits;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        String user = attempt.getName();
        String address = attempt.getDetails() instanceof WebAuthenticationDetails details
                ? String.valueOf(details.getRemoteAddress())
                : "";
        // One counter, whatever names are tried.
        if (!limits.tryLogin(address, USER)) {
            throw new TooManyAttemptsException();
        }
        if (password.isEmpty() || !user.equals(USER) || !isPassword(String.valueOf(attempt.getCredentials()))) {
            throw new BadCredentialsException("Wrong user name or password");
        }
        limits.forgiveLogin(address, USER);
        return UsernamePasswordAuthenticationToken.authenticated(USER, null, List.of());
    }

    /** In a time that does not say how much of it was right. */
    private boolean isPassword(String guess) {
        return MessageDigest.isEqual(password.getBytes(UTF_8), guess.getBytes(UTF_8));
    }

    @Override
    public boolean supports(Class<?> attempt) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(attempt);
    }
}
