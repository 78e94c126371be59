package org.smartaccounts.web;

import java.util.Locale;
import org.smartaccounts.language.Languages;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ResourceLoader;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Help for everybody who meets a request, without a login. Each email leads to its reader's part. */
@Controller
class HelpController {

    private final ResourceLoader resources;
    private final String publicUrl;

    HelpController(ResourceLoader resources, @Value("${smart-accounts.activation.public-url}") String publicUrl) {
        this.resources = resources;
        this.publicUrl = publicUrl;
    }

    @GetMapping("/help")
    String help(Locale language, Model model) {
        model.addAttribute("publicUrl", publicUrl);
        model.addAttribute(
                "pictures", "/help/" + (hasPictures(language) ? language : Languages.ORIGINAL).toLanguageTag());
        return "help/help";
    }

    /** A new language has its texts before somebody takes its pictures. */
    private boolean hasPictures(Locale language) {
        return resources
                .getResource("classpath:/static/help/" + language.toLanguageTag())
                .exists();
    }
}
