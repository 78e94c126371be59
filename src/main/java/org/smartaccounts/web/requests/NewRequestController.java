package org.smartaccounts.web.requests;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.access.People;
import org.smartaccounts.account.DomainName;
import org.smartaccounts.account.RequestDetails;
import org.smartaccounts.overview.RequestFile;
import org.smartaccounts.overview.RequestFiles;
import org.smartaccounts.overview.Sight;
import org.smartaccounts.request.Assessment;
import org.smartaccounts.request.NewRequests;
import org.smartaccounts.web.TypedNumber;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The form of a new request: empty, or filled in from one that has ended. Whatever is wrong is said beside the fields, and nothing is lost. */
@Controller
class NewRequestController {

    private final People people;
    private final NewRequests newRequests;
    private final RequestFiles files;
    private final MessageSource texts;

    NewRequestController(People people, NewRequests newRequests, RequestFiles files, MessageSource texts) {
        this.people = people;
        this.newRequests = newRequests;
        this.files = files;
        this.texts = texts;
    }

    /** @param like the number of a request that is asked for again; one that is not in sight counts for nothing */
    @GetMapping("/requests/new")
    ModelAndView empty(@RequestParam(defaultValue = "") String like, @ModelAttribute("sight") Sight sight) {
        return people.as(sight.person().id(), () -> {
            Optional<String> obstacle = newRequests.obstacle();
            if (obstacle.isPresent()) {
                return obstacle(obstacle.get());
            }
            RequestDetails details = TypedNumber.known(like)
                    .flatMap(number -> files.find(number, sight))
                    .map(RequestFile::account)
                    .map(account -> account.details())
                    .orElse(RequestDetails.NONE);
            return form(TypedRequest.of(details), FieldMessages.NONE, HttpStatus.OK);
        });
    }

    @PostMapping("/requests/new")
    ModelAndView ask(@ModelAttribute TypedRequest typed, @ModelAttribute("sight") Sight sight, Locale language) {
        return people.as(sight.person().id(), () -> {
            Optional<String> obstacle = newRequests.obstacle();
            if (obstacle.isPresent()) {
                return obstacle(obstacle.get());
            }
            Optional<String> earlier = newRequests.askedBy(typed.number());
            if (earlier.isPresent()) {
                return page(earlier.get());
            }
            RequestDetails details = typed.details();
            Assessment assessment = newRequests.assess(details);
            return assessment.isFreeOfProblems()
                    ? page(newRequests.ask(typed.number(), details))
                    : form(typed, FieldMessages.of(assessment, texts, language), HttpStatus.UNPROCESSABLE_ENTITY);
        });
    }

    /** What can be said while the domain and the customer's address are being typed. */
    @GetMapping("/requests/new/hint")
    ModelAndView hint(
            @RequestParam(defaultValue = "") String accountDomain,
            @RequestParam(defaultValue = "") String customerEmail,
            @ModelAttribute("sight") Sight sight,
            Locale language) {
        return people.as(sight.person().id(), () -> {
            ModelAndView hint = new ModelAndView("requests/fields :: hint");
            if (newRequests.obstacle().isEmpty()) {
                TypedRequest typed =
                        new TypedRequest(null, null, customerEmail, accountDomain, null, null, null, null, null);
                hint.addObject(
                        "hints", FieldMessages.whileTyping(newRequests.assess(typed.details()), texts, language));
                hint.addObject("earlier", earlier(accountDomain, sight));
            }
            return hint;
        });
    }

    private RequestFiles.@Nullable Earlier earlier(String accountDomain, Sight sight) {
        return DomainName.parse(accountDomain)
                .flatMap(domain -> files.earlierFor(domain.value(), sight))
                .orElse(null);
    }

    private static ModelAndView page(String requestNumber) {
        ModelAndView page = new ModelAndView("redirect:/requests/" + requestNumber);
        page.setStatus(HttpStatus.SEE_OTHER);
        return page;
    }

    private static ModelAndView obstacle(String words) {
        ModelAndView page = new ModelAndView("requests/new");
        page.setStatus(HttpStatus.FORBIDDEN);
        return page.addObject("obstacle", words);
    }

    private static ModelAndView form(TypedRequest typed, FieldMessages messages, HttpStatus status) {
        ModelAndView page = new ModelAndView("requests/new");
        page.setStatus(status);
        return page.addObject("typed", typed).addObject("messages", messages);
    }
}
