package org.smartaccounts.web.requests;

import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.access.People;
import org.smartaccounts.access.People.Person;
import org.smartaccounts.access.Role;
import org.smartaccounts.account.RequestList;
import org.smartaccounts.account.RequestList.Line;
import org.smartaccounts.request.Refusal;
import org.smartaccounts.request.RequestProcess;
import org.smartaccounts.request.Seen;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * The open requests of a partner company, for all of its people; licensing support sees those of all companies. Here somebody takes over
 * what waits for a colleague: Tasklist shows a form only to the person whom the task belongs to.
 */
@Controller
class RequestsController {

    /**
     * A line of the list. Its methods are public for the template.
     *
     * @param waitsFor the user for whom it waits at the requester's side; null if it does not
     */
    record Row(
            Line request,
            @Nullable Person waitsFor,
            boolean mine,
            @Nullable Long daysLeft) {}

    private final People people;
    private final RequestList requests;
    private final RequestProcess process;
    private final Clock clock;

    RequestsController(People people, RequestList requests, RequestProcess process, Clock clock) {
        this.people = people;
        this.requests = requests;
        this.process = process;
        this.clock = clock;
    }

    @GetMapping("/requests")
    String list(Principal principal, Model model) {
        Person person = people.get(principal.getName());
        List<Line> lines = people.isSupport(person)
                ? requests.open()
                : people.companiesOf(person).stream()
                        .flatMap(company -> requests.openOf(company.id()).stream())
                        .toList();
        Map<String, String> waiting =
                process.waitingFor(lines.stream().map(Line::requestNumber).toList());
        // A few people have many requests.
        Map<String, Person> known =
                waiting.values().stream().distinct().collect(Collectors.toMap(id -> id, people::get));
        Instant now = clock.instant();
        model.addAttribute(
                "rows",
                lines.stream()
                        .map(line -> row(line, known.get(waiting.get(line.requestNumber())), person, now))
                        .toList());
        model.addAttribute("administrator", people.hasAny(person.id(), Set.of(Role.ADMINISTRATOR)));
        model.addAttribute("full", lines.size() >= RequestList.LENGTH);
        model.addAttribute("length", RequestList.LENGTH);
        return "requests/list";
    }

    private static Row row(Line line, @Nullable Person waitsFor, Person reader, Instant now) {
        @Nullable Instant deadline = line.deadline();
        return new Row(
                line,
                waitsFor,
                reader.equals(waitsFor),
                deadline == null
                        ? null
                        : Math.max(0, Duration.between(now, deadline).toDays()));
    }

    @PostMapping("/requests/{requestNumber}/take-over")
    ModelAndView takeOver(@PathVariable String requestNumber, Principal principal, Model model) {
        try {
            String task = people.as(principal.getName(), () -> process.takeOver(Seen.anyhow(requestNumber)));
            return new ModelAndView("redirect:/camunda/app/tasklist/default/#/?task=" + task);
        } catch (Refusal refusal) {
            model.addAttribute("refusal", refusal.getMessage());
            ModelAndView page = new ModelAndView(list(principal, model));
            page.setStatus(HttpStatus.CONFLICT);
            return page;
        }
    }
}
