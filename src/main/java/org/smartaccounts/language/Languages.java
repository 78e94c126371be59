package org.smartaccounts.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;

/** Which languages there are: one for each file of texts. */
@Component
public class Languages {

    /** In which everything is written first; a translation says so, and this is what counts. */
    public static final Locale ORIGINAL = Locale.ENGLISH;

    private static final String PREFIX = "messages_";
    private static final String SUFFIX = ".properties";

    private final List<Locale> all;

    public Languages(ResourcePatternResolver resources) {
        all = Stream.concat(Stream.of(ORIGINAL), translations(resources)).toList();
    }

    private static Stream<Locale> translations(ResourcePatternResolver resources) {
        try {
            return Stream.of(resources.getResources("classpath*:/" + PREFIX + "*" + SUFFIX))
                    .map(Resource::getFilename)
                    .map(Objects::requireNonNull)
                    .map(name -> name.substring(PREFIX.length(), name.length() - SUFFIX.length()))
                    .distinct()
                    .sorted()
                    .map(tag -> Locale.forLanguageTag(tag.replace('_', '-')));
        } catch (IOException e) {
            throw new UncheckedIOException("The languages cannot be listed", e);
        }
    }

    /** All of them, the original first. */
    public List<Locale> all() {
        return all;
    }

    /** The language of exactly that tag (BCP 47, such as {@code it}); empty if there is none. */
    public Optional<Locale> find(String tag) {
        return all.stream()
                .filter(language -> language.toLanguageTag().equalsIgnoreCase(tag))
                .findFirst();
    }

    /** The language of that tag, or the original. */
    public Locale orOriginal(String tag) {
        return find(tag).orElse(ORIGINAL);
    }

    /**
     * The language that suits a reader best.
     *
     * @param preferences the reader's locales, best first; {@code it-CH} is content with {@code it}
     */
    public Locale bestFor(List<Locale> preferences) {
        List<Locale.LanguageRange> ranges = new ArrayList<>();
        for (Locale preferred : preferences) {
            String tag = preferred.toLanguageTag();
            if (!tag.equals("und")) {
                ranges.add(new Locale.LanguageRange(tag));
            }
        }
        return Optional.ofNullable(Locale.lookup(ranges, all)).orElse(ORIGINAL);
    }
}
