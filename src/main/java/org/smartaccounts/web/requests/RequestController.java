package org.smartaccounts.web.requests;

import java.security.Principal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.overview.RequestFile;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** One request: its details, its story, where it stands, and what can be done. */
@Controller
class RequestController {

    private final RequestPage page;

    RequestController(RequestPage page) {
        this.page = page;
    }

    /** @param submitted whether it has just been submitted; what came of that, the request itself says */
    @GetMapping("/requests/{requestNumber}")
    ModelAndView show(
            @PathVariable String requestNumber,
            @RequestParam(required = false) @Nullable String submitted,
            Principal principal,
            Locale language) {
        String user = principal.getName();
        RequestFile file = page.find(requestNumber, user);
        return page.show("requests/request", file, page.choices(file, user), user, language)
                .addObject("submitted", submitted != null);
    }
}
