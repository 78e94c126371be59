package org.smartaccounts.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smartaccounts.language.Languages;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.Visitor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The help: there for everybody, in every language, with every place to which something leads. */
class HelpPageTest extends ApplicationTest {

    private static final Path STATIC = Path.of("src", "main", "resources", "static");
    private static final int SMALL = 45 * 1024;

    @Autowired
    MessageSource messages;

    static Stream<Locale> languages() {
        return new Languages(new PathMatchingResourcePatternResolver()).all().stream();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void everybodyReadsItInTheirLanguageWithoutALogin(Locale language) {
        HttpResponse<String> help = help(language);

        assertThat(help.statusCode()).isEqualTo(200);
        assertThat(help.body())
                .contains(
                        "<html lang=\"%s\">".formatted(language.toLanguageTag()),
                        messages.getMessage("help.title", null, language),
                        messages.getMessage("help.genuine.opening", null, language),
                        messages.getMessage("help.trouble.expired.answer", null, language))
                .doesNotContain("??", " th:");
    }

    @Test
    void everyEmailLeadsToAPlaceThatIsThere() throws IOException {
        String page = help(Languages.ORIGINAL).body();
        List<String> readers = found(
                "name=\"emailRecipient\">([^<]+)<",
                Files.readString(Path.of("processes/smartAccountRequest.bpmn"))
                        + Files.readString(Path.of("processes/supportCase.bpmn")));

        assertThat(readers).isNotEmpty().allSatisfy(reader -> assertThat(page).contains("id=\"" + reader + "\""));
    }

    @Test
    void theContentsLeadToEveryPart() {
        String page = help(Languages.ORIGINAL).body();

        assertThat(found("href=\"#([^\"]+)\"", page))
                .isNotEmpty()
                .allSatisfy(place -> assertThat(page).contains("id=\"" + place + "\""));
        assertThat(found("<h[23] id=\"([^\"]+)\"", page))
                .filteredOn(place -> !place.equals("contents"))
                .containsExactlyElementsOf(found("href=\"#([^\"]+)\"", page));
    }

    /** How many days there are, and when people are reminded, stands in the diagram and changes there. */
    @ParameterizedTest
    @MethodSource("languages")
    void itPromisesNoNumberThatTheDiagramMightChange(Locale language) {
        String page = help(language).body();
        String words = page.substring(page.indexOf("<main"), page.indexOf("</main>"))
                .replace(url, "")
                .replaceAll("<[^>]+>", "");

        assertThat(words).doesNotContainPattern("\\d");
    }

    @ParameterizedTest
    @MethodSource("languages")
    void itsPicturesAreThereAndAsBigAsThePageSays(Locale language) throws IOException {
        List<MatchResult> pictures = Pattern.compile(
                        "<img loading.*? src=\"([^\"]+)\" alt=\"([^\"]+)\" width=\"(\\d+)\" height=\"(\\d+)\"")
                .matcher(help(language).body())
                .results()
                .toList();

        assertThat(pictures).isNotEmpty();
        for (MatchResult picture : pictures) {
            ByteBuffer webp = ByteBuffer.wrap(
                            Files.readAllBytes(STATIC.resolve(picture.group(1).substring(1))))
                    .order(ByteOrder.LITTLE_ENDIAN);
            assertThat(webp.capacity()).as(picture.group(1)).isLessThan(SMALL);
            // An extended WebP says its size less one, in three bytes each.
            assertThat(List.of(1 + (webp.getInt(24) & 0xFFFFFF), 1 + (webp.getInt(26) >>> 8)))
                    .as(picture.group(1))
                    .containsExactly(Integer.valueOf(picture.group(3)), Integer.valueOf(picture.group(4)));
            HttpResponse<String> answer = new Visitor(url).get(picture.group(1));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("image/webp");
            assertThat(answer.headers().firstValue("Cache-Control").orElse("")).doesNotContain("no-store");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/activation/unknown", "/help"})
    void everyPageLeadsToIt(String page) {
        assertThat(new Visitor(url).get(page + "?language=de").body())
                .contains("<footer>")
                .containsPattern("<a href=\"/help\">" + messages.getMessage("help.title", null, Locale.GERMAN) + "<");
    }

    @Test
    void aPageThatIsNotThereLeadsToItToo() {
        assertThat(loggedIn("admin").get("/nowhere").body()).contains("<a href=\"/help\">");
    }

    private HttpResponse<String> help(Locale language) {
        return new Visitor(url).get("/help?language=" + language.toLanguageTag());
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }
}
