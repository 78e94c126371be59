package org.smartaccounts.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Tells somebody who may not: a person on a page that explains it, a web application in its own format. A form that was open for too long is
 * no offence: its page says so.
 */
class DeniedAccess implements AccessDeniedHandler {

    private final RequestMatcher api;

    DeniedAccess(RequestMatcher api) {
        this.api = api;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException, ServletException {
        response.setStatus(HttpStatus.FORBIDDEN.value());
        if (api.matches(request)) {
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.getWriter().print("""
                    {"type": "RestException", "message": "This is not open to your group."}""");
        } else if (denied instanceof CsrfException) {
            String page = request.getServletPath().equals("/login") ? "/login/stale" : "/denied/stale";
            request.getRequestDispatcher(page).forward(request, response);
        } else {
            request.getRequestDispatcher("/denied").forward(request, response);
        }
    }
}
