package org.smartaccounts.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Analysts ask Cockpit where requests wait, not what is said in them. A query that compares a variable, or a message, with a pattern would
 * tell that too, letter by letter; so theirs may not have any. Administrators may.
 */
@Component
class QueriesWithoutContents extends OncePerRequestFilter {

    private static final Pattern QUERIES = Pattern.compile(
            "/camunda/api/(engine/engine|cockpit/plugin/base)/[^/]+/(process-instance|incident|job|task|history/task|external-task)(/count)?/?");
    private static final Set<String> CONTENTS = Set.of("variable", "message");
    private static final int MAX_QUERY = 100_000;

    private final People people;
    private final ObjectMapper json;

    QueriesWithoutContents(People people, ObjectMapper json) {
        this.people = people;
        this.json = json;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !QUERIES.matcher(request.getRequestURI()).matches()
                || request.getUserPrincipal() == null
                || !people.hasAny(request.getUserPrincipal().getName(), Set.of(Role.ANALYST))
                || people.hasAny(request.getUserPrincipal().getName(), Set.of(Role.ADMINISTRATOR));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        byte[] body = request.getInputStream().readNBytes(MAX_QUERY);
        boolean contents = request.getParameterMap().keySet().stream().anyMatch(QueriesWithoutContents::isContents);
        if (contents || asksForContents(body)) {
            response.setStatus(HttpStatus.FORBIDDEN.value());
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.getWriter().print("""
                    {"type": "RestException", "message": "Analysts cannot ask for what is said in requests."}""");
        } else {
            chain.doFilter(new Replayed(request, body), response);
        }
    }

    private boolean asksForContents(byte[] body) {
        try {
            return body.length > 0 && asksForContents(json.readTree(body));
        } catch (IOException e) {
            // Perhaps the engine understands what we do not.
            return true;
        }
    }

    private static boolean asksForContents(JsonNode query) {
        if (query.isArray()) {
            return query.valueStream().anyMatch(QueriesWithoutContents::asksForContents);
        }
        return query.isTextual()
                ? isContents(query.asText())
                : query.properties().stream().anyMatch(QueriesWithoutContents::asksForContents);
    }

    private static boolean asksForContents(Map.Entry<String, JsonNode> field) {
        JsonNode value = field.getValue();
        boolean nothing = value.isNull() || (value.isContainerNode() && value.isEmpty());
        return !nothing && (isContents(field.getKey()) || asksForContents(value));
    }

    private static boolean isContents(String word) {
        return CONTENTS.stream().anyMatch(word.toLowerCase(Locale.ROOT)::contains);
    }

    /** The request once more: its body has been read. */
    private static final class Replayed extends HttpServletRequestWrapper {

        private final ByteArrayInputStream body;

        Replayed(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = new ByteArrayInputStream(body);
        }

        @Override
        public ServletInputStream getInputStream() {
            return new ServletInputStream() {

                @Override
                public int read() {
                    return body.read();
                }

                @Override
                public int read(byte[] buffer, int offset, int length) {
                    return body.read(buffer, offset, length);
                }

                @Override
                public boolean isFinished() {
                    return body.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException();
                }
            };
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        }
    }
}
