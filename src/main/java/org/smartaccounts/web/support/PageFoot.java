package org.smartaccounts.web.support;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.link.ReportLinks;
import org.smartaccounts.request.ActivationLink;
import org.smartaccounts.request.ActivationLinks;
import org.smartaccounts.web.TypedNumber;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;

/** What stands at the foot of every page: where to report a problem, and, where anybody reads, whether the page was helpful. */
@ControllerAdvice("org.smartaccounts.web")
class PageFoot {

    /** Pages for everybody, by the first part of their addresses. */
    static final Set<String> PUBLIC_PAGES = Set.of("activation", "help", "privacy");

    private final ReportLinks links;
    private final ActivationLinks activationLinks;
    private final FormSeals seals;

    PageFoot(ReportLinks links, ActivationLinks activationLinks, FormSeals seals) {
        this.links = links;
        this.activationLinks = activationLinks;
        this.seals = seals;
    }

    /** Knows by itself the request that the page is about. Whoever may not see that gets no page with such a foot. */
    @ModelAttribute("reportLink")
    String reportLink(HttpServletRequest request, @PathVariable Map<String, String> parts) {
        Optional<String> about = switch (firstPart(request)) {
            case "activation" ->
                activationLinks.read(parts.getOrDefault("token", "")).map(ActivationLink::requestNumber);
            case "requests" -> TypedNumber.known(parts.getOrDefault("requestNumber", ""));
            default -> Optional.empty();
        };
        return about.map(links::about).orElseGet(links::anywhere);
    }

    /** The form that asks whether the page was helpful; null where it is not asked. */
    @ModelAttribute("vote")
    @Nullable
    TypedVote vote(HttpServletRequest request) {
        String page = firstPart(request);
        return PUBLIC_PAGES.contains(page) ? TypedVote.about(page, seals.fresh()) : null;
    }

    private static String firstPart(HttpServletRequest request) {
        return request.getRequestURI().split("/", 3)[1];
    }
}
