package org.smartaccounts.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.smartaccounts.language.Languages;
import org.smartaccounts.support.ApplicationTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** What Tasklist shows of a form to somebody with a browser of another language. */
class TranslatedFormsTest extends ApplicationTest {

    private static final String START = "/camunda/api/engine/engine/default/process-definition/x/deployed-start-form";
    private static final String TASK = "/camunda/api/engine/engine/default/task/x/deployed-form";

    @Autowired
    TranslatedForms forms;

    private final ObjectMapper json = new ObjectMapper();

    static Stream<Arguments> everyFormInEveryTranslation() throws IOException {
        List<Locale> translations = new Languages(new PathMatchingResourcePatternResolver())
                .all().stream()
                        .filter(language -> !language.equals(Languages.ORIGINAL))
                        .toList();
        try (Stream<Path> files = Files.list(Path.of("processes"))) {
            return files.filter(file -> file.toString().endsWith(".form")).sorted().toList().stream()
                    .flatMap(file -> translations.stream().map(language -> Arguments.of(file, language)));
        }
    }

    @ParameterizedTest
    @MethodSource("everyFormInEveryTranslation")
    void everyTextIsTranslatedAndNothingElse(Path file, Locale language) throws IOException, ServletException {
        String original = Files.readString(file);

        JsonNode translated = json.readTree(shown(TASK, original, language.toLanguageTag()));

        List<String> before = texts(json.readTree(original));
        List<String> after = texts(translated);
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i))
                    .as(before.get(i))
                    .isNotEqualTo(before.get(i))
                    .isNotBlank();
        }
        assertThat(translated.findValuesAsText("key"))
                .isEqualTo(json.readTree(original).findValuesAsText("key"));
        assertThat(translated.findValuesAsText("value"))
                .isEqualTo(json.readTree(original).findValuesAsText("value"));
    }

    @Test
    void theOptionsOfAnExpressionAreTranslatedToo() throws IOException, ServletException {
        String form = shown(TASK, Files.readString(Path.of("processes/reviewRequest.form")), "de");

        assertThat(json.readTree(form).findValuesAsText("valuesExpression"))
                .singleElement()
                .asString()
                .contains("value: \"submit\"", "value: \"change\"", "value: \"withdraw\"")
                .doesNotContain("Submit it", "Change it", "Withdraw it");
    }

    @Test
    void whoeverPrefersEnglishOrNothingGetsTheFormAsItIs() throws IOException, ServletException {
        String original = Files.readString(Path.of("processes/requestSmartAccount.form"));

        assertThat(shown(START, original, "en-GB")).isEqualTo(original);
        assertThat(shown(START, original, "ar")).isEqualTo(original);
        assertThat(shown("/camunda/api/engine/engine/default/task/x/form", original, "it"))
                .isEqualTo(original);
    }

    private String shown(String path, String form, String preferred) throws IOException, ServletException {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.addHeader("Accept-Language", preferred);
        request.addPreferredLocale(Locale.forLanguageTag(preferred));
        MockHttpServletResponse response = new MockHttpServletResponse();
        forms.doFilter(request, response, (sent, answer) -> {
            answer.setContentType("application/json;charset=UTF-8");
            answer.setCharacterEncoding("UTF-8");
            answer.getOutputStream().write(form.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        });
        return response.getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static List<String> texts(JsonNode form) {
        List<String> texts = new ArrayList<>();
        for (JsonNode component : form.path("components")) {
            for (String property : List.of("label", "text", "description", "dateLabel", "valuesExpression")) {
                if (component.hasNonNull(property)) {
                    texts.add(component.get(property).asText());
                }
            }
            for (JsonNode option : component.path("values")) {
                texts.add(option.path("label").asText());
            }
        }
        return texts;
    }
}
