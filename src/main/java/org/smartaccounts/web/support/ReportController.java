package org.smartaccounts.web.support;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.access.People;
import org.smartaccounts.access.RateLimits;
import org.smartaccounts.account.EmailAddress;
import org.smartaccounts.link.ReportLinks;
import org.smartaccounts.link.Signatures;
import org.smartaccounts.link.Signatures.Purpose;
import org.smartaccounts.support.CaseMessage;
import org.smartaccounts.support.Report;
import org.smartaccounts.support.SupportDesk;
import org.smartaccounts.web.support.FormSeals.Seal;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/**
 * The form on which anybody reports a problem. A signed link says which request it is about; where there is none, or it is not genuine, the
 * form asks. Where the company has a desk of its own, there is no such form.
 */
@Controller
class ReportController {

    private final ReportLinks links;
    private final Signatures signatures;
    private final SupportDesk desk;
    private final FormSeals seals;
    private final RateLimits limits;
    private final People people;

    ReportController(
            ReportLinks links,
            Signatures signatures,
            SupportDesk desk,
            FormSeals seals,
            RateLimits limits,
            People people) {
        this.links = links;
        this.signatures = signatures;
        this.desk = desk;
        this.seals = seals;
        this.limits = limits;
        this.people = people;
    }

    @GetMapping({"/report", "/report/{token}"})
    ModelAndView empty(@PathVariable(required = false) @Nullable String token, @Nullable Principal reader) {
        requireHere();
        String email = reader == null ? "" : people.get(reader.getName()).email();
        return form(TypedReport.by(email), requestOf(token), HttpStatus.OK, Map.of());
    }

    @PostMapping({"/report", "/report/{token}"})
    ModelAndView report(
            @PathVariable(required = false) @Nullable String token,
            @ModelAttribute TypedReport typed,
            @Nullable Principal reader,
            HttpServletRequest sender,
            Locale language) {
        requireHere();
        Optional<String> request = requestOf(token);
        Map<String, String> mistakes = typed.mistakes();
        if (!mistakes.isEmpty()) {
            return form(typed, request, HttpStatus.UNPROCESSABLE_ENTITY, mistakes);
        }
        Optional<Seal> seal = seals.ofPerson(typed.seal(), typed.website());
        if (seal.isEmpty()) {
            return form(typed, request, HttpStatus.UNPROCESSABLE_ENTITY, Map.of("", "report.mistake.program"));
        }
        UUID form = seal.get().form();
        Optional<String> earlier = desk.caseOf(form);
        if (earlier.isPresent()) {
            return thanks(earlier.get());
        }
        if (!mayReport(sender, request)) {
            return form(typed, request, HttpStatus.TOO_MANY_REQUESTS, Map.of("", "report.mistake.tooOften"));
        }
        EmailAddress email = EmailAddress.parse(typed.emailText()).orElseThrow();
        return thanks(desk.report(new Report(
                form,
                typed.wordsText(),
                email,
                reader == null ? "" : reader.getName(),
                request,
                request.isPresent() ? "" : typed.requestText(),
                language,
                limits.tryAcknowledgement(email.toString()))));
    }

    private boolean mayReport(HttpServletRequest sender, Optional<String> request) {
        return limits.tryReport(sender.getRemoteAddr())
                && request.map(limits::tryReportAbout).orElse(true);
    }

    private ModelAndView thanks(String caseNumber) {
        ModelAndView page = new ModelAndView("redirect:/report/thanks/" + signatures.token(Purpose.THANKS, caseNumber));
        page.setStatus(HttpStatus.SEE_OTHER);
        return page;
    }

    @GetMapping("/report/thanks/{token}")
    ModelAndView thanked(@PathVariable String token) {
        requireHere();
        return signatures
                .read(Purpose.THANKS, token)
                .flatMap(desk::find)
                .map(file -> new ModelAndView("support/thanks").addObject("file", file))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private Optional<String> requestOf(@Nullable String token) {
        return Optional.ofNullable(token).flatMap(links::requestOf);
    }

    private void requireHere() {
        if (!links.isHere()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
    }

    /** @param mistakes the key of each by its field; without one if it is about the whole */
    private ModelAndView form(
            TypedReport typed, Optional<String> request, HttpStatus status, Map<String, String> mistakes) {
        ModelAndView page = new ModelAndView("support/report");
        page.setStatus(status);
        page.addObject("typed", typed);
        page.addObject("known", request.orElse(null));
        page.addObject("mistakes", mistakes);
        page.addObject("most", CaseMessage.MAX_WORDS);
        page.addObject("seal", seals.keep(typed.seal()));
        return page;
    }
}
