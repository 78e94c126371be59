package org.smartaccounts.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What people see while the database is away, where the sessions are too: after one wait for it a page of ours that asks them to come back, for
 * programs a status that says the same. Pages about errors, and what is the same for everybody, are for strangers, without a session: otherwise they
 * would wait, and fail, too.
 */
@Component
@Order(SessionRepositoryFilter.DEFAULT_ORDER - 1)
class WithoutDatabase extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(WithoutDatabase.class);

    /** Where the filter of the sessions remembers the one that it has read. */
    private static final String SESSION = SessionRepositoryFilter.SESSION_REPOSITORY_ATTR + ".CURRENT_SESSION";

    private static final Duration COME_BACK = Duration.ofSeconds(30);

    private final String sessionCookie;

    WithoutDatabase(@Value("${server.servlet.session.cookie.name}") String sessionCookie) {
        this.sessionCookie = sessionCookie;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getDispatcherType() == DispatcherType.ERROR || SecurityConfiguration.STATIC.matches(request)) {
            // The session that was read before the error, and the type of the page that is not shown.
            request.removeAttribute(SESSION);
            response.setContentType(null);
            chain.doFilter(new Stranger(request), response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException e) {
            if (response.isCommitted() || !isAway(e)) {
                throw e;
            }
            log.warn("Somebody was asked to come back, since the database is away");
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(COME_BACK.toSeconds()));
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }

    private static boolean isAway(Throwable failure) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof SQLException sql && isAboutConnection(sql.getSQLState()));
    }

    /**
     * A connection that cannot be made or is lost, or a server that is being stopped or started. The database says what is wrong; only the pool, which
     * has none to give or has taken one away, says nothing.
     */
    private static boolean isAboutConnection(@Nullable String state) {
        return state == null || state.startsWith("08") || state.startsWith("57P");
    }

    /** The same request from somebody who has no session. */
    private final class Stranger extends HttpServletRequestWrapper {

        Stranger(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Cookie[] getCookies() {
            return Stream.of(Objects.requireNonNullElse(super.getCookies(), new Cookie[0]))
                    .filter(cookie -> !cookie.getName().equals(sessionCookie))
                    .toArray(Cookie[]::new);
        }
    }
}
