package org.smartaccounts.web;

import java.net.URI;
import org.smartaccounts.privacy.Retention;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What is kept about people, why and for how long, for everybody; an installation may have a notice of its own, elsewhere. */
@Controller
class PrivacyController {

    private final Retention retention;
    private final String support;
    private final String elsewhere;

    /** @param elsewhere the address of another notice; empty for ours */
    PrivacyController(
            Retention retention,
            @Value("${smart-accounts.email.support}") String support,
            @Value("${smart-accounts.privacy-url}") String elsewhere) {
        this.retention = retention;
        this.support = support;
        this.elsewhere = elsewhere;
        if (!elsewhere.isEmpty() && !URI.create(elsewhere).isAbsolute()) {
            throw new IllegalStateException("PRIVACY_URL is no address such as https://example.com/privacy");
        }
    }

    @GetMapping("/privacy")
    String notice(Model model) {
        if (!elsewhere.isEmpty()) {
            return "redirect:" + elsewhere;
        }
        model.addAttribute("days", retention.daysOfEndedRequests());
        model.addAttribute("daysOfAnonymised", retention.daysOfAnonymisedRequests());
        model.addAttribute("daysOfFiles", Retention.DAYS_OF_FILES);
        model.addAttribute("daysOfHistory", Retention.DAYS_OF_HISTORY);
        model.addAttribute("support", support);
        return "help/privacy";
    }
}
