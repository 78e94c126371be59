package org.smartaccounts.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads a form that comes in several parts, before anybody looks for the token against forged forms among them: from a partner, at the one
 * address that takes a file. From everybody else nothing is read. What is broken or too large is answered in words; later it would look
 * like a form without a token.
 */
class FormsWithFiles extends OncePerRequestFilter {

    private final RequestMatcher form;
    private final RequestMatcher api;
    private final People people;

    /**
     * @param form the address that takes a file
     * @param api  what has its own way with parts
     */
    FormsWithFiles(RequestMatcher form, RequestMatcher api, People people) {
        this.form = form;
        this.api = api;
        this.people = people;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        @Nullable String type = request.getContentType();
        return type == null || !type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/") || api.matches(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!form.matches(request)) {
            answer(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "/denied/file", request, response);
        } else if (!isPartner()) {
            answer(HttpStatus.FORBIDDEN, "/denied/stale", request, response);
        } else if (isReadable(request, response)) {
            chain.doFilter(request, response);
        } else {
            forward("/denied/file", request, response);
        }
    }

    private boolean isPartner() {
        @Nullable Authentication person = SecurityContextHolder.getContext().getAuthentication();
        return person != null && people.hasAny(person.getName(), Set.of(Role.PARTNER));
    }

    private static boolean isReadable(HttpServletRequest request, HttpServletResponse response) {
        try {
            request.getParts();
            return true;
        } catch (IllegalStateException e) {
            response.setStatus(HttpStatus.PAYLOAD_TOO_LARGE.value());
        } catch (IOException | ServletException e) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
        }
        return false;
    }

    private static void answer(HttpStatus status, String page, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        response.setStatus(status.value());
        forward(page, request, response);
    }

    /** Nothing is done any more but to say so; that needs no token. */
    private static void forward(String page, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        CsrfFilter.skipRequest(request);
        request.getRequestDispatcher(page).forward(request, response);
    }
}
