package org.smartaccounts.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Locale;
import org.smartaccounts.language.Languages;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Which of our languages suits a browser best. One that does not say what it prefers gets the original. */
@Component
class BrowserLanguage {

    private final Languages languages;

    BrowserLanguage(Languages languages) {
        this.languages = languages;
    }

    Locale of(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null
                ? Languages.ORIGINAL
                : languages.bestFor(Collections.list(request.getLocales()));
    }
}
