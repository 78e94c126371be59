package org.smartaccounts.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.language.Languages;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Shows the forms in Tasklist in the language of the browser. Tasklist knows forms in one language only, the English of
 * {@code processes/}; on their way to the browser their texts are exchanged, as far as the language has them:
 * {@code form.<form>.<component>.<property>}, or {@code form.<component>.<property>} where several forms say the same. An option goes by its
 * value.
 */
@Component
class TranslatedForms extends OncePerRequestFilter {

    private static final Pattern FORM =
            Pattern.compile("/camunda/api/engine/engine/[^/]+/(task|process-definition)/.+/deployed-(start-)?form");
    private static final List<String> TEXTS = List.of("label", "text", "description", "dateLabel");

    /** An option in a FEEL expression. */
    private static final Pattern OPTION = Pattern.compile("label: \"([^\"]*)\", value: \"(\\w+)\"");

    private final BrowserLanguage browser;
    private final MessageSource messages;
    private final ObjectMapper json;

    TranslatedForms(BrowserLanguage browser, MessageSource messages, ObjectMapper json) {
        this.browser = browser;
        this.messages = messages;
        this.json = json;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !FORM.matcher(request.getRequestURI()).matches()
                || browser.of(request).equals(Languages.ORIGINAL);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper original = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, original);
        if (original.getStatus() == HttpStatus.OK.value()) {
            JsonNode form = json.readTree(original.getContentAsByteArray());
            translate(form, browser.of(request));
            original.resetBuffer();
            original.getOutputStream().write(json.writeValueAsString(form).getBytes(StandardCharsets.UTF_8));
        }
        original.copyBodyToResponse();
    }

    private void translate(JsonNode form, Locale language) {
        for (JsonNode component : form.path("components")) {
            if (component instanceof ObjectNode field) {
                translate(form.path("id").asText(), field, language);
            }
        }
    }

    private void translate(String form, ObjectNode field, Locale language) {
        String id = field.path("id").asText();
        for (String property : TEXTS) {
            if (field.hasNonNull(property)) {
                field.put(property, text(form, id, property, field.get(property).asText(), language));
            }
        }
        boolean ofLanguages = field.path("properties").path("values").asText().equals("languages");
        for (JsonNode option : field.path("values")) {
            String value = option.path("value").asText();
            String label = option.path("label").asText();
            ((ObjectNode) option)
                    .put(
                            "label",
                            ofLanguages
                                    ? Locale.forLanguageTag(value).getDisplayLanguage(language)
                                    : text(form, id, value, label, language));
        }
        if (field.hasNonNull("valuesExpression")) {
            String expression = field.get("valuesExpression").asText();
            field.put("valuesExpression", OPTION.matcher(expression).replaceAll(option -> {
                String label = text(form, id, option.group(2), option.group(1), language)
                        .replace("\"", "”");
                return Matcher.quoteReplacement("label: \"%s\", value: \"%s\"".formatted(label, option.group(2)));
            }));
        }
    }

    private String text(String form, String component, String property, String original, Locale language) {
        String general = "%s.%s".formatted(component, property);
        @Nullable String own = messages.getMessage("form.%s.%s".formatted(form, general), null, null, language);
        return own != null ? own : String.valueOf(messages.getMessage("form." + general, null, original, language));
    }
}
