package org.smartaccounts.web;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.language.Languages;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;

/**
 * In which language a page is shown: in the one that its reader has chosen there, or else the best for the reader's browser. The choice is
 * kept in a cookie; what is no language of ours counts for nothing.
 */
@Configuration
@ControllerAdvice(basePackageClasses = PageLanguage.class)
class PageLanguage implements WebMvcConfigurer {

    private static final String NAME = "language";

    private final Languages languages;
    private final BrowserLanguage browser;

    PageLanguage(Languages languages, BrowserLanguage browser) {
        this.languages = languages;
        this.browser = browser;
    }

    @Bean
    LocaleResolver localeResolver() {
        CookieLocaleResolver resolver = new CookieLocaleResolver(NAME) {

            @Override
            protected @Nullable Locale parseLocaleValue(String tag) {
                return languages.find(tag).orElse(null);
            }
        };
        resolver.setDefaultLocaleFunction(browser::of);
        resolver.setCookieHttpOnly(true);
        resolver.setCookieSameSite("Lax");
        resolver.setCookieMaxAge(Duration.ofDays(365));
        return resolver;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        LocaleChangeInterceptor chosen = new LocaleChangeInterceptor() {

            @Override
            protected Locale parseLocaleValue(String tag) {
                return languages.find(tag).orElseThrow(() -> new IllegalArgumentException("No language of ours"));
            }
        };
        chosen.setParamName(NAME);
        chosen.setHttpMethods("GET");
        chosen.setIgnoreInvalidLocale(true);
        registry.addInterceptor(chosen);
    }

    /** For the page to offer. */
    @ModelAttribute("languages")
    List<Locale> languages() {
        return languages.all();
    }
}
