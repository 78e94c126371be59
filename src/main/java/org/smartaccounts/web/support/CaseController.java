package org.smartaccounts.web.support;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.access.RateLimits;
import org.smartaccounts.link.Signatures;
import org.smartaccounts.link.Signatures.Purpose;
import org.smartaccounts.support.CaseFile;
import org.smartaccounts.support.CaseMessage;
import org.smartaccounts.support.SupportDesk;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** What was said in a case, and a reply to it. Whoever has the link of the answer may: there is no login. */
@Controller
class CaseController {

    private final Signatures signatures;
    private final SupportDesk desk;
    private final FormSeals seals;
    private final RateLimits limits;

    CaseController(Signatures signatures, SupportDesk desk, FormSeals seals, RateLimits limits) {
        this.signatures = signatures;
        this.desk = desk;
        this.seals = seals;
        this.limits = limits;
    }

    @GetMapping("/case/{token}")
    ModelAndView show(@PathVariable String token, HttpServletRequest reader) {
        return with(token, reader, file -> page(file, "", null, null, HttpStatus.OK));
    }

    @PostMapping("/case/{token}")
    ModelAndView reply(
            @PathVariable String token,
            @RequestParam(required = false) @Nullable String words,
            @RequestParam(required = false) @Nullable String seal,
            @RequestParam(required = false) @Nullable String website,
            HttpServletRequest sender) {
        return with(token, sender, file -> {
            String typed = TypedText.of(words);
            @Nullable String mistake = mistakeIn(typed, seal, website);
            if (mistake != null) {
                return page(file, typed, seal, mistake, HttpStatus.UNPROCESSABLE_ENTITY);
            }
            return switch (desk.reply(file.supportCase().number(), typed)) {
                case RECORDED -> {
                    ModelAndView showWhatIsSo = new ModelAndView("redirect:/case/" + token);
                    showWhatIsSo.setStatus(HttpStatus.SEE_OTHER);
                    yield showWhatIsSo;
                }
                case TOO_EARLY -> page(file, typed, seal, "case.mistake.tooEarly", HttpStatus.CONFLICT);
                case TOO_LATE ->
                    page(
                            desk.find(file.supportCase().number()).orElse(file),
                            typed,
                            seal,
                            "case.mistake.tooLate",
                            HttpStatus.CONFLICT);
            };
        });
    }

    private @Nullable String mistakeIn(String typed, @Nullable String seal, @Nullable String website) {
        if (typed.isEmpty()) {
            return "report.mistake.words";
        }
        if (!CaseMessage.isGood(typed)) {
            return "report.mistake.wordsLong";
        }
        return seals.ofPerson(seal, website).isEmpty() ? "report.mistake.program" : null;
    }

    /** Who guesses is slowed down by address, who has a link by that link. */
    private ModelAndView with(String token, HttpServletRequest request, Function<CaseFile, ModelAndView> answer) {
        Optional<CaseFile> file = signatures.read(Purpose.CASE, token).flatMap(desk::find);
        boolean mayTry = file.map(known -> limits.tryCase(known.supportCase().number()))
                .orElseGet(() -> limits.tryWrongCase(request.getRemoteAddr()));
        if (!mayTry) {
            return page("activation/tooOften", HttpStatus.TOO_MANY_REQUESTS);
        }
        return file.map(answer).orElseGet(() -> page("support/unknown", HttpStatus.NOT_FOUND));
    }

    private ModelAndView page(
            CaseFile file, String typed, @Nullable String seal, @Nullable String mistake, HttpStatus status) {
        ModelAndView page = page("support/case", status);
        page.addObject("file", file);
        page.addObject("typed", typed);
        page.addObject("mistake", mistake);
        page.addObject("most", CaseMessage.MAX_WORDS);
        page.addObject("seal", seals.keep(seal));
        return page;
    }

    private static ModelAndView page(String view, HttpStatus status) {
        ModelAndView page = new ModelAndView(view);
        page.setStatus(status);
        return page;
    }
}
