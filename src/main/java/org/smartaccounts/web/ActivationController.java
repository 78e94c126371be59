package org.smartaccounts.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.DeclineReason;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.request.ActivationLink;
import org.smartaccounts.request.ActivationLinks;
import org.smartaccounts.request.RequestProcess;
import org.springframework.http.HttpHeaders;
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

    /** Named, so that people read "UTC". */
    private static final ZoneId UTC = ZoneId.of("UTC");

    /** What the page's two forms send: a decision with a tick, or one with a reason. Its methods are public for the template. */
    record Decision(
            @Nullable String decision,
            @Nullable String authorised,
            @Nullable String reason,
            @Nullable String note) {

        static final Decision NONE = new Decision(null, null, null, null);

        public boolean isAccept() {
            return "accept".equals(decision);
        }

        public boolean isDecline() {
            return "decline".equals(decision);
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

    /** A genuine link, and the account that it leads to. */
    private record Opened(ActivationLink link, SmartAccount account) {}

    private final ActivationLinks links;
    private final SmartAccounts accounts;
    private final RequestProcess process;
    private final Clock clock;

    ActivationController(ActivationLinks links, SmartAccounts accounts, RequestProcess process, Clock clock) {
        this.links = links;
        this.accounts = accounts;
        this.process = process;
        this.clock = clock;
    }

    /** The address is a key: it goes to no other site, and no copy of what it shows stays behind. */
    @ModelAttribute
    void keepPrivate(HttpServletResponse response) {
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    @GetMapping("/activation/{token}")
    ModelAndView show(@PathVariable String token) {
        return open(token).map(opened -> page(opened, Decision.NONE, null)).orElseGet(() -> unknown());
    }

    @PostMapping("/activation/{token}")
    ModelAndView decide(@PathVariable String token, @ModelAttribute Decision decision) {
        Optional<Opened> opened = open(token);
        if (opened.isEmpty()) {
            return unknown();
        }
        @Nullable String mistake = decision.mistake();
        if (mistake != null) {
            return page(opened.get(), decision, mistake);
        }
        ActivationLink link = opened.get().link();
        if (decision.isAccept()) {
            process.accept(link);
        } else {
            process.decline(link, decision.knownReason().orElseThrow(), decision.noteText());
        }
        ModelAndView showWhatIsSo = new ModelAndView("redirect:/activation/" + token);
        showWhatIsSo.setStatus(HttpStatus.SEE_OTHER);
        return showWhatIsSo;
    }

    /** Empty for a link that is not genuine, and for one of a request that does not exist: nobody can tell them apart. */
    private Optional<Opened> open(String token) {
        return links.read(token)
                .flatMap(link ->
                        accounts.findByRequestNumber(link.requestNumber()).map(account -> new Opened(link, account)));
    }

    /** @param mistake the key of what was wrong with the decision, or null */
    private ModelAndView page(Opened opened, Decision decision, @Nullable String mistake) {
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
                    // No link is made before the request was sent.
                    case IN_REVIEW, WITHDRAWN -> unknown();
                });
    }

    private ModelAndView pending(SmartAccount account, Decision decision, @Nullable String mistake) {
        if (account.deadline() == null) {
            return page("activation/notYet", HttpStatus.OK).addObject("reload", RELOAD_SECONDS);
        }
        Instant now = clock.instant();
        if (!account.isAwaitingDecisionAt(now)) {
            return page("activation/expired", HttpStatus.GONE);
        }
        ModelAndView page =
                page("activation/decide", mistake == null ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_ENTITY);
        page.addObject("daysLeft", account.daysLeftAt(now));
        page.addObject("decision", decision);
        page.addObject("mistake", mistake);
        page.addObject("reasons", DeclineReason.values());
        page.addObject("maxNote", SmartAccount.MAX_DECLINE_NOTE);
        return page;
    }

    private static ModelAndView with(SmartAccount account, ModelAndView page) {
        page.addObject("account", account);
        page.addObject("deadline", inUtc(account.deadline()));
        page.addObject("decidedAt", inUtc(account.endOfWait()));
        return page;
    }

    private static @Nullable Object inUtc(@Nullable Instant instant) {
        return instant == null ? null : instant.atZone(UTC);
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
