package org.smartaccounts.web.requests;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.access.People;
import org.smartaccounts.overview.RequestFile;
import org.smartaccounts.overview.Sight;
import org.smartaccounts.request.RequestProcess;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/** One request: its details, its story, where it stands, and what can be done. */
@Controller
class RequestController {

    private static final MediaType SVG = MediaType.valueOf("image/svg+xml");

    private final RequestPage page;
    private final RequestProcess process;
    private final People people;

    RequestController(RequestPage page, RequestProcess process, People people) {
        this.page = page;
        this.process = process;
        this.people = people;
    }

    /** @param submitted whether it has just been submitted; what came of that, the request itself says */
    @GetMapping("/requests/{requestNumber}")
    ModelAndView show(
            @PathVariable String requestNumber,
            @RequestParam(required = false) @Nullable String submitted,
            @ModelAttribute("sight") Sight sight,
            Locale language) {
        String user = sight.person().id();
        RequestFile file = page.find(requestNumber, sight);
        return page.showStanding(page.show("requests/request", file, page.choices(file, user), user, language), file)
                .addObject("submitted", submitted != null);
    }

    /** On to its task in Tasklist; back to the request, if there is none for whoever looks. */
    @GetMapping("/requests/{requestNumber}/task")
    String task(@PathVariable String requestNumber, @ModelAttribute("sight") Sight sight) {
        String request = page.find(requestNumber, sight).account().requestNumber();
        return people.as(sight.person().id(), () -> process.taskSeen(request))
                .map(task -> "redirect:" + TasklistAddress.of(task))
                .orElse("redirect:/requests/" + request);
    }

    /**
     * The picture of the process, with a mark where the request stands.
     *
     * @param part whether only what is around the mark is wanted, so that it can be read on a small screen
     */
    @GetMapping("/requests/{requestNumber}/diagram.svg")
    ResponseEntity<String> diagram(
            @PathVariable String requestNumber,
            @RequestParam(required = false) @Nullable String part,
            @ModelAttribute("sight") Sight sight) {
        return page.picture(requestNumber, part != null, sight)
                .map(picture -> ResponseEntity.ok()
                        .contentType(SVG)
                        // The picture brings its own styles, and nothing else.
                        .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                        .body(picture))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
