package org.smartaccounts.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.access.RateLimits;
import org.smartaccounts.account.DeclineReason;
import org.smartaccounts.account.Problem;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.request.ActivationLink;
import org.smartaccounts.request.ActivationLinks;
import org.smartaccounts.request.RequestProcess;
import org.smartaccounts.security.WrongLinks;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * The activation page, where the customer decides. Whoever has the link of the email may: there is no login. Opening it only shows
 * what is so, since mail scanners open links; a decision is sent by a form, and then the page shows what is so again, whoever was faster.
 */
@Controller
class ActivationController {

    private static final int RELOAD_SECONDS = 3;

    /** As long as an address may be that is looked at. */
    private static final int MAX_TYPED = 1000;

    /**
     * What the page's three forms send: a decision with a tick, one with a reason, or the address of somebody else. Its methods are public
     * for the template.
     */
    record Decision(
            @Nullable String decision,
            @Nullable String authorised,
            @Nullable String reason,
            @Nullable String note,
            @Nullable String email) {

        static final Decision NONE = new Decision(null, null, null, null, null);

        public boolean isAccept() {
            return "accept".equals(decision);
        }

        public boolean isDecline() {
            return "decline".equals(decision);
        }

        public boolean isPassOn() {
            return "passOn".equals(decision);
        }

        public String emailText() {
            String text = email == null ? "" : email.replace("\0", "").strip();
            return text.length() <= MAX_TYPED ? text : text.substring(0, MAX_TYPED);
        }

        public boolean isAuthorised() {
            return "true".equals(authorised);
        }

        public Optional<DeclineReason> knownReason() {
            return Arrays.stream(DeclineReason.values())
                    .filter(known -> known.name().equals(reason))
                    .findFirst();
        }

        public String noteText() {
            // As a browser counts: a line break is one character.
            return note == null
                    ? ""
                    : note.replace("\r\n", "\n").replace("\0", "").strip();
        }

        /** The key of what is wrong with it; null if nothing is. */
        @Nullable
        String mistake() {
            if (isAccept()) {
                return isAuthorised() ? null : "activation.mistake.authorised";
            }
            if (isPassOn()) {
                return null;
            }
            if (!isDecline()) {
                return "activation.mistake.decision";
            }
            if (knownReason().isEmpty()) {
                return "activation.mistake.reason";
            }
            String text = noteText();
            return text.codePointCount(0, text.length()) <= SmartAccount.MAX_DECLINE_NOTE
                    ? null
                    : "activation.mistake.note";
        }
    }

    /**
     * What is wrong with what was sent.
     *
     * @param key       of the words; null if nothing is wrong
     * @param arguments for their placeholders
     */
    record Mistake(@Nullable String key, List<Object> arguments) {

        private static final String RULE = "rule.";

        static final Mistake NONE = new Mistake(null, List.of());

        /** The form's check speaks to the partner; here the same is said to the customer. */
        static Mistake of(Problem problem, SmartAccount account) {
            if (problem.key().startsWith(RULE)) {
                // The partner's rules are nothing to the customer.
                return new Mistake(
                        "activation.passOn.notAllowed",
                        List.of(account.details().accountDomain()));
            }
            return new Mistake("activation.passOn." + problem.key(), problem.arguments());
        }
    }

    /** A genuine link, and the account that it leads to. */
    private record Opened(ActivationLink link, SmartAccount account) {}

    private final ActivationLinks links;
    private final SmartAccounts accounts;
    private final RequestProcess process;
    private final RateLimits limits;
    private final WrongLinks wrongLinks;
    private final Clock clock;

    ActivationController(
            ActivationLinks links,
            SmartAccounts accounts,
            RequestProcess process,
            RateLimits limits,
            WrongLinks wrongLinks,
            Clock clock) {
        this.links = links;
        this.accounts = accounts;
        this.process = process;
        this.limits = limits;
        this.wrongLinks = wrongLinks;
        this.clock = clock;
    }

    @GetMapping("/activation/{token}")
    ModelAndView show(@PathVariable String token, HttpServletRequest request) {
        return with(token, request, opened -> page(opened, Decision.NONE, Mistake.NONE));
    }

    @PostMapping("/activation/{token}")
    ModelAndView decide(@PathVariable String token, @ModelAttribute Decision decision, HttpServletRequest request) {
        return with(token, request, opened -> decide(token, decision, opened));
    }

    private ModelAndView decide(String token, Decision decision, Opened opened) {
        Mistake mistake = mistakeIn(decision, opened);
        if (mistake.key() != null) {
            return page(opened, decision, mistake);
        }
        ActivationLink link = opened.link();
        if (decision.isAccept()) {
            process.accept(link);
        } else if (decision.isPassOn()) {
            process.passOn(link, decision.emailText());
        } else {
            process.decline(link, decision.knownReason().orElseThrow(), decision.noteText());
        }
        ModelAndView showWhatIsSo = new ModelAndView("redirect:/activation/" + token);
        showWhatIsSo.setStatus(HttpStatus.SEE_OTHER);
        return showWhatIsSo;
    }

    private Mistake mistakeIn(Decision decision, Opened opened) {
        if (decision.isPassOn() && opened.account().isAwaitingDecisionAt(clock.instant())) {
            List<Problem> problems = process.problemsOfPassingOn(opened.account(), decision.emailText());
            return problems.isEmpty() ? Mistake.NONE : Mistake.of(problems.get(0), opened.account());
        }
        @Nullable String key = decision.mistake();
        return key == null ? Mistake.NONE : new Mistake(key, List.of(SmartAccount.MAX_DECLINE_NOTE));
    }

    /** Who guesses is slowed down by address, who has a link by that link: so nobody can keep a customer from the page. */
    private ModelAndView with(String token, HttpServletRequest request, Function<Opened, ModelAndView> answer) {
        Optional<Opened> opened = open(token);
        boolean mayTry = opened.map(some ->
                        limits.tryLink(some.link().requestNumber(), some.link().approverVersion()))
                .orElseGet(() -> tryWrongLink(token, request));
        return mayTry
                ? opened.map(answer).orElseGet(() -> unknown())
                : page("activation/tooOften", HttpStatus.TOO_MANY_REQUESTS);
    }

    /** Who is slowed down is not counted any more either. */
    private boolean tryWrongLink(String token, HttpServletRequest request) {
        boolean mayTry = limits.tryWrongLink(request.getRemoteAddr());
        if (mayTry && links.read(token).isEmpty()) {
            links.requestIn(token).ifPresent(wrongLinks::tried);
        }
        return mayTry;
    }

    /** Empty for a link that is not genuine, and for one of a request that does not exist: nobody can tell them apart. */
    private Optional<Opened> open(String token) {
        return links.read(token)
                .flatMap(link ->
                        accounts.findByRequestNumber(link.requestNumber()).map(account -> new Opened(link, account)));
    }

    private ModelAndView page(Opened opened, Decision decision, Mistake mistake) {
        SmartAccount account = opened.account();
        if (account.approverVersion() != opened.link().approverVersion()) {
            return with(account, page("activation/superseded", HttpStatus.GONE));
        }
        return with(
                account,
                switch (account.status()) {
                    case PENDING -> pending(account, decision, mistake);
                    case ACTIVE -> page("activation/accepted", HttpStatus.OK);
                    case DECLINED -> page("activation/declined", HttpStatus.OK);
                    case EXPIRED -> page("activation/expired", HttpStatus.GONE);
                    case CANCELED -> page("activation/canceled", HttpStatus.GONE);
                    case SUSPENDED -> page("activation/suspended", HttpStatus.OK);
                    case CLOSED -> page("activation/closed", HttpStatus.GONE);
                    // No link is made before the request was sent.
                    case IN_REVIEW, IN_DOMAIN_APPROVAL, WITHDRAWN -> unknown();
                });
    }

    private ModelAndView pending(SmartAccount account, Decision decision, Mistake mistake) {
        if (account.deadline() == null) {
            return page("activation/notYet", HttpStatus.OK).addObject("reload", RELOAD_SECONDS);
        }
        Instant now = clock.instant();
        if (!account.isAwaitingDecisionAt(now)) {
            return page("activation/expired", HttpStatus.GONE);
        }
        ModelAndView page =
                page("activation/decide", mistake.key() == null ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_ENTITY);
        page.addObject("daysLeft", account.daysLeftAt(now));
        page.addObject("decision", decision);
        page.addObject("mistake", mistake.key());
        page.addObject("mistakeArguments", mistake.arguments().toArray());
        page.addObject("reasons", DeclineReason.values());
        return page;
    }

    private static ModelAndView with(SmartAccount account, ModelAndView page) {
        page.addObject("account", account);
        page.addObject("deadline", account.deadline());
        page.addObject("decidedAt", account.endOfWait());
        return page;
    }

    private static ModelAndView unknown() {
        return page("activation/unknown", HttpStatus.NOT_FOUND);
    }

    private static ModelAndView page(String view, HttpStatus status) {
        ModelAndView page = new ModelAndView(view);
        page.setStatus(status);
        return page;
    }
}
