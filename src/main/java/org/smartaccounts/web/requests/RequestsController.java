package org.smartaccounts.web.requests;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.access.People;
import org.smartaccounts.access.Role;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.overview.ListPage;
import org.smartaccounts.overview.ListedRequest;
import org.smartaccounts.overview.PageEnd;
import org.smartaccounts.overview.RequestFilter;
import org.smartaccounts.overview.RequestNumbers;
import org.smartaccounts.overview.RequestQueries;
import org.smartaccounts.overview.Sight;
import org.smartaccounts.process.Refusal;
import org.smartaccounts.request.RequestProcess;
import org.smartaccounts.request.Seen;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * The list of requests: of a partner company for all of its people, and of all companies for licensing support. Here somebody takes over
 * what waits for a colleague: Tasklist shows a form only to the person whom the task belongs to.
 */
@Controller
class RequestsController {

    /**
     * A line of the list. Its methods are public for the template.
     *
     * @param lastDay  of the last event, in UTC
     * @param daysLeft for the customer; 0 if no time is running
     */
    record Row(ListedRequest request, boolean mine, LocalDate lastDay, long daysLeft) {}

    private final People people;
    private final RequestQueries requests;
    private final RequestNumbers numbers;
    private final RequestExport export;
    private final RequestProcess process;
    private final Clock clock;

    RequestsController(
            People people,
            RequestQueries requests,
            RequestNumbers numbers,
            RequestExport export,
            RequestProcess process,
            Clock clock) {
        this.people = people;
        this.requests = requests;
        this.numbers = numbers;
        this.export = export;
        this.process = process;
        this.clock = clock;
    }

    @GetMapping("/requests")
    String list(@ModelAttribute("sight") Sight sight, @RequestParam Map<String, String> parameters, Model model) {
        RequestFilter filter = RequestFilter.of(sight, parameters);
        @Nullable PageEnd after = PageEnd.of(parameters.get("after")).orElse(null);
        ListPage page = requests.page(sight, filter, after);
        Instant now = clock.instant();
        String reader = sight.person().id();
        model.addAttribute(
                "rows",
                page.requests().stream()
                        .map(request -> new Row(
                                request,
                                reader.equals(request.waitsFor()),
                                LocalDate.ofInstant(request.lastEventAt(), ZoneOffset.UTC),
                                request.isTimed() ? request.daysLeftAt(now) : 0))
                        .toList());
        model.addAttribute("older", page.older());
        model.addAttribute("first", after == null);
        model.addAttribute("filter", filter);
        model.addAttribute("address", new ListAddress(filter, sight.all()));
        model.addAttribute("statuses", AccountStatus.values());
        model.addAttribute("needs", RequestFilter.Attention.values());
        model.addAttribute("counts", numbers.counts(sight));
        if (sight.all()) {
            model.addAttribute("companies", people.companies());
            model.addAttribute("administrator", people.hasAny(reader, Set.of(Role.ADMINISTRATOR)));
        }
        return "requests/list";
    }

    /** By week. */
    @GetMapping("/requests/numbers")
    String numbers(@ModelAttribute("sight") Sight sight, Model model) {
        model.addAttribute("numbers", numbers.weeks(sight));
        return "requests/numbers";
    }

    /** What is filtered, as a file. */
    @GetMapping("/requests/export.csv")
    void export(
            @ModelAttribute("sight") Sight sight,
            @RequestParam Map<String, String> parameters,
            Locale language,
            HttpServletResponse response)
            throws IOException {
        response.setContentType("text/csv; charset=UTF-8");
        response.setHeader(
                "Content-Disposition",
                "attachment; filename=\"smart-account-requests-%s.csv\""
                        .formatted(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));
        export.write(sight, RequestFilter.of(sight, parameters), language, response.getOutputStream());
    }

    @PostMapping("/requests/{requestNumber}/take-over")
    ModelAndView takeOver(
            @PathVariable String requestNumber,
            Principal principal,
            @ModelAttribute("sight") Sight sight,
            Model model) {
        try {
            String task = people.as(principal.getName(), () -> process.takeOver(Seen.anyhow(requestNumber)));
            return new ModelAndView("redirect:" + TasklistAddress.of(task));
        } catch (Refusal refusal) {
            model.addAttribute("refusal", refusal.getMessage());
            ModelAndView page =
                    new ModelAndView(list(sight, Map.of(RequestFilter.SCOPE, RequestFilter.EVERYBODYS), model));
            page.setStatus(HttpStatus.CONFLICT);
            return page;
        }
    }
}
