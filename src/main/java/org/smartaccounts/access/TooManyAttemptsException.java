package org.smartaccounts.access;

import org.springframework.security.core.AuthenticationException;

/** Somebody has been wrong too often; whether this attempt is right was not looked at. */
class TooManyAttemptsException extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    TooManyAttemptsException() {
        super("Too many attempts");
    }
}
