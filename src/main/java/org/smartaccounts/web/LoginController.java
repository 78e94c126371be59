package org.smartaccounts.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.access.People;
import org.smartaccounts.access.Role;
import org.smartaccounts.access.SingleSignOn;
import org.smartaccounts.access.SingleSignOn.IdentityProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * The pages around the login: where people log in and out, where they land, and what they read when they may not. Those that Spring
 * Security forwards to have no address of their own.
 */
@Controller
class LoginController {

    private final People people;
    private final @Nullable SingleSignOn singleSignOn;

    LoginController(People people, ObjectProvider<SingleSignOn> singleSignOn) {
        this.people = people;
        this.singleSignOn = singleSignOn.getIfAvailable();
    }

    /** Everybody begins where their work is. */
    @GetMapping("/")
    ModelAndView home(Principal person) {
        if (people.hasAny(person.getName(), EnumSet.of(Role.PARTNER, Role.SUPPORT))) {
            return new ModelAndView("redirect:/camunda/app/tasklist/default/");
        }
        if (people.hasAny(person.getName(), EnumSet.of(Role.ANALYST, Role.ADMINISTRATOR))) {
            return new ModelAndView("redirect:/camunda/app/cockpit/default/");
        }
        ModelAndView page = denied(person);
        page.setStatus(HttpStatus.FORBIDDEN);
        return page;
    }

    @GetMapping("/login")
    String login(@Nullable Principal person, @RequestParam(required = false) @Nullable String loggedOut, Model model) {
        if (person != null) {
            return "redirect:/";
        }
        return loginPage(loggedOut == null ? null : "login.loggedOut", null, model);
    }

    @RequestMapping("/login/wrong")
    String wrong(Model model) {
        return loginPage(null, "login.wrong", model);
    }

    @RequestMapping("/login/tooMany")
    String tooMany(Model model) {
        return loginPage(null, "login.tooMany", model);
    }

    /** The page was open for longer than its token lived. */
    @RequestMapping("/login/stale")
    String staleLogin(Model model) {
        return loginPage(null, "login.stale", model);
    }

    private String loginPage(@Nullable String message, @Nullable String mistake, Model model) {
        model.addAttribute("message", message);
        model.addAttribute("mistake", mistake);
        model.addAttribute("identityProviders", identityProviders());
        return "login/login";
    }

    private List<IdentityProvider> identityProviders() {
        return singleSignOn == null ? List.of() : singleSignOn.identityProviders();
    }

    /** The identity provider knows the person, but we cannot take them in. */
    @RequestMapping("/login/refused")
    String refused(HttpServletRequest request, Model model) {
        model.addAttribute("refusal", request.getAttribute("refusal"));
        model.addAttribute("identityProviders", identityProviders());
        return "login/refused";
    }

    @GetMapping("/logout")
    String logout(Principal person, Model model) {
        model.addAttribute("person", person.getName());
        return "login/logout";
    }

    @RequestMapping("/denied")
    ModelAndView denied(Principal person) {
        boolean hasNoRole = !people.hasAny(person.getName(), Set.of(Role.values()));
        return new ModelAndView(hasNoRole ? "login/noRole" : "login/denied").addObject("person", person.getName());
    }

    @RequestMapping("/denied/stale")
    String stale() {
        return "login/stale";
    }

    /** What was sent came too large, broken, or to where nothing takes files. */
    @RequestMapping("/denied/file")
    String file(HttpServletResponse response, Model model) {
        model.addAttribute("tooLarge", response.getStatus() == HttpStatus.PAYLOAD_TOO_LARGE.value());
        return "login/file";
    }
}
