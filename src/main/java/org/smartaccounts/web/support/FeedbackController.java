package org.smartaccounts.web.support;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.access.RateLimits;
import org.smartaccounts.support.PageVotes;
import org.smartaccounts.support.PageVotes.Comment;
import org.smartaccounts.web.support.FormSeals.Seal;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/** Whether a page was helpful: anybody says so at its foot, administrators read it. */
@Controller
class FeedbackController {

    private static final int COMMENTS = 20;

    private final PageVotes votes;
    private final FormSeals seals;
    private final RateLimits limits;

    FeedbackController(PageVotes votes, FormSeals seals, RateLimits limits) {
        this.votes = votes;
        this.seals = seals;
        this.limits = limits;
    }

    @PostMapping("/feedback")
    ModelAndView give(@ModelAttribute TypedVote typed, HttpServletRequest sender, Locale language) {
        if (!PageFoot.PUBLIC_PAGES.contains(String.valueOf(typed.page()))) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        @Nullable String mistake = typed.mistake();
        Optional<Seal> seal = seals.ofPerson(typed.seal(), typed.website());
        if (mistake != null || seal.isEmpty()) {
            return again(typed, mistake == null ? "report.mistake.program" : mistake, HttpStatus.UNPROCESSABLE_ENTITY);
        }
        if (!limits.tryFeedback(sender.getRemoteAddr())) {
            return again(typed, "report.mistake.tooOften", HttpStatus.TOO_MANY_REQUESTS);
        }
        votes.give(seal.get().form(), String.valueOf(typed.page()), language, typed.isYes(), typed.commentText());
        ModelAndView thanks = new ModelAndView("redirect:/feedback/thanks");
        thanks.setStatus(HttpStatus.SEE_OTHER);
        return thanks;
    }

    private ModelAndView again(TypedVote typed, String mistake, HttpStatus status) {
        ModelAndView page = new ModelAndView("support/feedback");
        page.setStatus(status);
        return page.addObject("vote", typed.sealed(seals.keep(typed.seal()))).addObject("mistake", mistake);
    }

    @GetMapping("/feedback/thanks")
    String thanks() {
        return "support/feedbackThanks";
    }

    /** @param before the id of the last comment that was seen */
    @GetMapping("/operations/feedback")
    String show(@RequestParam(defaultValue = "9223372036854775807") long before, Model model) {
        List<Comment> comments = votes.comments(before, COMMENTS + 1);
        boolean more = comments.size() > COMMENTS;
        List<Comment> shown = more ? comments.subList(0, COMMENTS) : comments;
        model.addAttribute("counts", votes.counts());
        model.addAttribute("comments", shown);
        model.addAttribute("first", before == Long.MAX_VALUE);
        model.addAttribute("older", more ? shown.get(shown.size() - 1).id() : null);
        return "operations/feedback";
    }
}
