package org.smartaccounts.web.requests;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.access.People;
import org.smartaccounts.overview.RequestFile;
import org.smartaccounts.overview.RequestFile.Deed;
import org.smartaccounts.overview.Sight;
import org.smartaccounts.process.Refusal;
import org.smartaccounts.request.Choices;
import org.smartaccounts.request.NewRequests;
import org.smartaccounts.request.RequestAct;
import org.smartaccounts.request.RequestProcess;
import org.smartaccounts.request.Seen;
import org.smartaccounts.request.StaleRequest;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What can be done to one request: each act first says what will happen, and is then confirmed. What is refused is said beside what was
 * typed; whoever acts on a page that is not true any more is told what has changed.
 */
@Controller
class RequestActsController {

    private static final Map<String, RequestAct> ACTS = Map.of(
            "submit", RequestAct.SUBMIT,
            "change", RequestAct.CHANGE,
            "withdraw", RequestAct.WITHDRAW,
            "resend", RequestAct.RESEND,
            "approver", RequestAct.CHANGE_APPROVER,
            "cancel", RequestAct.CANCEL);

    /**
     * What the form of an act sends, apart from the request's details. Its methods are public for the template.
     *
     * @param version  of the request, as the page showed it
     * @param lastDeed the last one that the page showed
     */
    record Confirmation(
            @Nullable String version,
            @Nullable String lastDeed,
            @Nullable String reason,
            @Nullable String email) {

        static final Confirmation NONE = new Confirmation(null, null, null, null);

        /** A form without a version is none of ours, and counts as old. */
        Seen of(String requestNumber) {
            return new Seen(requestNumber, (int) number(version));
        }

        long shown() {
            return number(lastDeed);
        }

        public String reasonText() {
            // As a browser counts: a line break is one character.
            return text(reason).replace("\r\n", "\n").replace("\0", "").strip();
        }

        public String emailText() {
            return text(email).replace("\0", "").strip();
        }

        private static String text(@Nullable String typed) {
            return typed == null ? "" : typed;
        }

        private static long number(@Nullable String typed) {
            return typed != null && typed.matches("[0-9]{1,9}") ? Long.parseLong(typed) : -1;
        }
    }

    /**
     * What there is to say when an act was not done.
     *
     * @param mistake what is wrong with what was typed; null if that is not the reason
     * @param changes what was done to the request since the page was shown; null if nothing has changed
     */
    private record Answer(
            HttpStatus status,
            @Nullable String mistake,
            @Nullable List<Deed> changes) {

        static final Answer NONE = new Answer(HttpStatus.OK, null, null);
    }

    private final RequestPage page;
    private final RequestProcess process;
    private final NewRequests newRequests;
    private final People people;

    RequestActsController(RequestPage page, RequestProcess process, NewRequests newRequests, People people) {
        this.page = page;
        this.process = process;
        this.newRequests = newRequests;
        this.people = people;
    }

    @GetMapping({
        "/requests/{requestNumber}/submit",
        "/requests/{requestNumber}/change",
        "/requests/{requestNumber}/withdraw",
        "/requests/{requestNumber}/resend",
        "/requests/{requestNumber}/approver",
        "/requests/{requestNumber}/cancel"
    })
    ModelAndView say(
            @PathVariable String requestNumber,
            HttpServletRequest path,
            @ModelAttribute("sight") Sight sight,
            Locale language) {
        RequestFile file = page.find(requestNumber, sight);
        return show(
                act(path),
                file,
                Confirmation.NONE,
                TypedRequest.of(file.account().details()),
                Answer.NONE,
                sight.person().id(),
                language);
    }

    @PostMapping({
        "/requests/{requestNumber}/submit",
        "/requests/{requestNumber}/change",
        "/requests/{requestNumber}/withdraw",
        "/requests/{requestNumber}/resend",
        "/requests/{requestNumber}/approver",
        "/requests/{requestNumber}/cancel"
    })
    ModelAndView perform(
            @PathVariable String requestNumber,
            @ModelAttribute Confirmation sent,
            @ModelAttribute TypedRequest typed,
            HttpServletRequest path,
            @ModelAttribute("sight") Sight sight,
            Locale language,
            RedirectAttributes news) {
        String user = sight.person().id();
        RequestAct act = act(path);
        // Whoever may not see it learns nothing about it.
        page.find(requestNumber, sight);
        try {
            people.as(user, () -> {
                deed(act, sent, typed).accept(sent.of(requestNumber));
                return act;
            });
        } catch (Refusal refusal) {
            RequestFile file = page.find(requestNumber, sight);
            return show(act, file, sent, typed, answer(refusal, file, sent), user, language);
        }
        boolean submitted = act == RequestAct.SUBMIT;
        if (!submitted) {
            news.addFlashAttribute("done", act);
        }
        ModelAndView now = new ModelAndView("redirect:/requests/" + requestNumber + (submitted ? "?submitted" : ""));
        now.setStatus(HttpStatus.SEE_OTHER);
        return now;
    }

    private static RequestAct act(HttpServletRequest request) {
        String path = request.getServletPath();
        return Objects.requireNonNull(ACTS.get(path.substring(path.lastIndexOf('/') + 1)));
    }

    private Consumer<Seen> deed(RequestAct act, Confirmation sent, TypedRequest typed) {
        return switch (act) {
            case SUBMIT -> newRequests::submit;
            case CHANGE -> seen -> newRequests.change(seen, typed.details());
            case WITHDRAW -> newRequests::withdraw;
            case RESEND -> process::resend;
            case CHANGE_APPROVER -> seen -> process.changeApprover(seen, sent.emailText());
            case CANCEL -> seen -> process.cancel(seen, sent.reasonText());
            case TAKE_OVER, REQUEST_AGAIN -> throw new IllegalArgumentException(act.name());
        };
    }

    private static Answer answer(Refusal refusal, RequestFile file, Confirmation sent) {
        return refusal instanceof StaleRequest
                ? new Answer(HttpStatus.CONFLICT, null, file.deedsAfter(sent.shown()))
                : new Answer(HttpStatus.UNPROCESSABLE_ENTITY, refusal.getMessage(), null);
    }

    private ModelAndView show(
            RequestAct act,
            RequestFile file,
            Confirmation sent,
            TypedRequest typed,
            Answer answer,
            String user,
            Locale language) {
        Choices choices = page.choices(file, user);
        ModelAndView shown = page.show("requests/act", file, choices, user, language);
        boolean refused = answer.mistake() != null;
        shown.addObject("act", act);
        shown.addObject("sent", sent);
        shown.addObject("typed", typed);
        // What is not possible at all says so itself.
        shown.addObject("mistake", choices.isPossible(act) ? answer.mistake() : null);
        shown.addObject("changes", answer.changes());
        shown.setStatus(refused && !choices.isPossible(act) ? HttpStatus.CONFLICT : answer.status());
        return shown;
    }
}
