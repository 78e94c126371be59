package org.smartaccounts.web.security;

import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.smartaccounts.access.People;
import org.smartaccounts.access.Role;
import org.smartaccounts.language.Languages;
import org.smartaccounts.security.Findings;
import org.smartaccounts.security.SecurityCheckRuns;
import org.smartaccounts.security.SecurityChecks;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** What the last security checks have found, for licensing support and administrators, who may also have all accounts checked now. */
@Controller
class SecurityChecksController {

    private static final String PAGE = "/operations/security-checks";

    private static final int RUNS = 10;
    private static final int FINDINGS = 100;

    /** Between one look and the next while a run is under way. */
    private static final int RELOAD_SECONDS = 5;

    private final SecurityChecks checks;
    private final SecurityCheckRuns runs;
    private final Findings findings;
    private final People people;
    private final Languages languages;

    SecurityChecksController(
            SecurityChecks checks, SecurityCheckRuns runs, Findings findings, People people, Languages languages) {
        this.checks = checks;
        this.runs = runs;
        this.findings = findings;
        this.people = people;
        this.languages = languages;
    }

    /** For the page to offer. */
    @ModelAttribute("languages")
    List<Locale> languages() {
        return languages.all();
    }

    @GetMapping(PAGE)
    String show(Principal principal, Model model) {
        boolean underWay = runs.isUnderWay();
        model.addAttribute("runs", runs.last(RUNS));
        model.addAttribute("findings", findings.last(FINDINGS));
        model.addAttribute("administrator", people.hasAny(principal.getName(), Set.of(Role.ADMINISTRATOR)));
        model.addAttribute("underWay", underWay);
        if (underWay) {
            model.addAttribute("reload", RELOAD_SECONDS);
        }
        return "operations/security-checks";
    }

    @PostMapping(PAGE + "/begin")
    ModelAndView begin(Principal principal, Model model) {
        if (people.as(principal.getName(), checks::begin)) {
            return new ModelAndView("redirect:" + PAGE);
        }
        model.addAttribute("refused", true);
        ModelAndView page = new ModelAndView(show(principal, model));
        page.setStatus(HttpStatus.CONFLICT);
        return page;
    }
}
