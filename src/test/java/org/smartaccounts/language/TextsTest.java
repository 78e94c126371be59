package org.smartaccounts.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.text.MessagePatternUtil;
import com.ibm.icu.text.MessagePatternUtil.ArgNode;
import com.ibm.icu.text.MessagePatternUtil.ComplexArgStyleNode;
import com.ibm.icu.text.MessagePatternUtil.MessageContentsNode;
import com.ibm.icu.text.MessagePatternUtil.MessageNode;
import com.ibm.icu.text.MessagePatternUtil.VariantNode;
import com.ibm.icu.text.PluralRules;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The texts of all languages say the same things, with the same facts, by the rules of each language. */
class TextsTest {

    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Pattern TEMPLATE_KEY = Pattern.compile("#\\{([a-z][A-Za-z.]+)[}(]");

    private final Texts texts = new Texts();

    static Stream<Locale> languages() {
        return new Languages(new PathMatchingResourcePatternResolver()).all().stream();
    }

    static Stream<Locale> translations() {
        return languages().filter(language -> !language.equals(Languages.ORIGINAL));
    }

    @Test
    void thereAreTheLanguagesThatArePromised() {
        assertThat(languages()).extracting(Locale::toLanguageTag).contains("en", "it", "de", "fr", "es", "ja");
        assertThat(languages().findFirst()).contains(Languages.ORIGINAL);
    }

    @ParameterizedTest
    @MethodSource("translations")
    void aTranslationHasTheTextsOfTheOriginal(Locale language) {
        assertThat(bundle(language).stringPropertyNames())
                .filteredOn(key -> !isOfForms(key))
                .containsExactlyInAnyOrderElementsOf(bundle(Languages.ORIGINAL).stringPropertyNames());
        // Of the forms, the original is in processes/; that each of their texts is there, TranslatedFormsTest knows.
        assertThat(bundle(language).stringPropertyNames())
                .filteredOn(TextsTest::isOfForms)
                .containsExactlyInAnyOrderElementsOf(bundle(Locale.ITALIAN).stringPropertyNames().stream()
                        .filter(TextsTest::isOfForms)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("translations")
    void aTranslatedTextSpeaksOfTheSameFacts(Locale language) {
        Properties original = bundle(Languages.ORIGINAL);
        Properties translation = bundle(language);
        for (String key : original.stringPropertyNames()) {
            assertThat(arguments(translation.getProperty(key)))
                    .as(language + " " + key)
                    .isEqualTo(arguments(original.getProperty(key)));
        }
    }

    @ParameterizedTest
    @MethodSource("languages")
    void aPluralHasEveryFormThatTheLanguageNeeds(Locale language) {
        Properties bundle = bundle(language);
        Set<String> needed = Stream.of(0, 1, 2, 5, 7, 30, 60, 90)
                .map(number -> PluralRules.forLocale(language).select(number))
                .collect(Collectors.toSet());
        for (String key : bundle.stringPropertyNames()) {
            // The texts of Tasklist's forms are no patterns: what stands in braces there, Tasklist fills in.
            if (key.startsWith("form.")) {
                continue;
            }
            for (Set<String> forms : plurals(bundle.getProperty(key))) {
                assertThat(forms)
                        .as(language + " " + key)
                        .containsAll(needed.stream()
                                // What is nothing may have words of its own.
                                .filter(form -> !form.equals("zero"))
                                .toList());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("languages")
    void noTextHasAnApostropheThatItsFormatMightSwallow(Locale language) {
        Properties bundle = bundle(language);
        for (String key : bundle.stringPropertyNames()) {
            assertThat(bundle.getProperty(key))
                    .as(language + " " + key)
                    .doesNotContain("'")
                    .isNotBlank();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    en | 1 day left      | 7 days left    | February 20, 2027 at 13:05 UTC
                    it | Resta 1 giorno  | Restano 7 giorni | 20 febbraio 2027 alle ore 13:05 UTC
                    de | Noch 1 Tag      | Noch 7 Tage    | 20. Februar 2027 um 13:05 UTC
                    """)
    void numbersAndMomentsFollowTheLanguage(Locale language, String one, String several, String moment) {
        assertThat(texts.getMessage("activation.daysLeft", new Object[] {1}, language))
                .isEqualTo(one);
        assertThat(texts.getMessage("activation.daysLeft", new Object[] {7}, language))
                .isEqualTo(several);
        assertThat(texts.getMessage("activation.until", new Object[] {Instant.parse("2027-02-20T13:05:00Z")}, language))
                .contains(moment);
    }

    @Test
    void everyTextOfAPageOrEmailExistsAndNoTextIsLeftOver() throws IOException {
        Set<String> keys = new TreeSet<>(bundle(Languages.ORIGINAL).stringPropertyNames());
        String used = contents("src/main/resources/templates") + contents("src/main/java") + contents("processes");
        TEMPLATE_KEY
                .matcher(contents("src/main/resources/templates"))
                .results()
                .map(match -> match.group(1))
                .forEach(key -> assertThat(keys).contains(key));

        // Some are put together: a subject of a template, a problem of a field, a page of an error.
        assertThat(keys)
                .filteredOn(
                        key -> !key.matches(
                                "(email\\..*\\.subject|problem\\..*|activation\\.passOn\\.problem\\..*|decline\\.reason\\..*|email\\.requestCanceled\\.by\\..*|email\\.help\\..*|error\\..*|requests\\.(status|attention|event)\\..*|request\\.(act|by|did|done|email|member|place)\\..*|securityChecks\\.(severity|state|run)\\..*|newRequest\\.field\\..*|erase\\.kind\\..*|cockpit\\.(by|cause|remedy)\\..*|case\\.status\\..*|feedback\\.page\\..*)"))
                .allSatisfy(key ->
                        assertThat(used.contains(key)).as(key + " is used").isTrue());
    }

    @Test
    void aReaderIsContentWithTheLanguageWithoutTheCountry() {
        Languages languages = new Languages(new PathMatchingResourcePatternResolver());

        assertThat(languages.bestFor(List.of(Locale.forLanguageTag("it-CH")))).isEqualTo(Locale.ITALIAN);
        assertThat(languages.bestFor(List.of(Locale.forLanguageTag("ar"), Locale.forLanguageTag("ja-JP"))))
                .isEqualTo(Locale.JAPANESE);
        assertThat(languages.bestFor(List.of(Locale.forLanguageTag("ar")))).isEqualTo(Languages.ORIGINAL);
        assertThat(languages.bestFor(List.of(Locale.ROOT))).isEqualTo(Languages.ORIGINAL);
        assertThat(languages.find("x\r\ny")).isEmpty();
    }

    private static boolean isOfForms(String key) {
        return key.startsWith("form.");
    }

    private static String contents(String directory) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of(directory))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("node_modules"))
                    .toList()) {
                all.append(Files.readString(file)).append('\n');
            }
        }
        return all.toString();
    }

    private static Properties bundle(Locale language) {
        String suffix = language.equals(Languages.ORIGINAL) ? "" : "_" + language;
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(RESOURCES.resolve("messages" + suffix + ".properties"))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return properties;
    }

    private static Set<Integer> arguments(String pattern) {
        assertThat(new MessageFormat(pattern)).isNotNull();
        Set<Integer> arguments = new TreeSet<>();
        walk(MessagePatternUtil.buildMessageNode(pattern), argument -> arguments.add(argument.getNumber()));
        return arguments;
    }

    private static List<Set<String>> plurals(String pattern) {
        List<Set<String>> plurals = new java.util.ArrayList<>();
        walk(MessagePatternUtil.buildMessageNode(pattern), argument -> {
            if (argument.getComplexStyle() != null) {
                plurals.add(argument.getComplexStyle().getVariants().stream()
                        .map(VariantNode::getSelector)
                        .collect(Collectors.toSet()));
            }
        });
        return plurals;
    }

    private static void walk(MessageNode message, java.util.function.Consumer<ArgNode> visitor) {
        for (MessageContentsNode part : message.getContents()) {
            if (part instanceof ArgNode argument) {
                visitor.accept(argument);
                ComplexArgStyleNode style = argument.getComplexStyle();
                if (style != null) {
                    style.getVariants().forEach(variant -> walk(variant.getMessage(), visitor));
                }
            }
        }
    }
}
