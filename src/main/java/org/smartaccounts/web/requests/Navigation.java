package org.smartaccounts.web.requests;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.access.People;
import org.smartaccounts.overview.Sight;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Who looks at the pages of this package and of the security checks, for their navigation and for what they show. */
@ControllerAdvice(basePackages = {"org.smartaccounts.web.requests", "org.smartaccounts.web.security"})
class Navigation {

    private final People people;

    Navigation(People people) {
        this.people = people;
    }

    @ModelAttribute("sight")
    @Nullable
    Sight sight(@Nullable Principal principal) {
        return principal == null ? null : Sight.of(principal.getName(), people);
    }

    /** Which of the pages it is. */
    @ModelAttribute("here")
    String here(HttpServletRequest request) {
        return request.getServletPath();
    }
}
