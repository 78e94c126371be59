package org.smartaccounts.web.requests;

import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.EmailAddress;
import org.smartaccounts.privacy.Erasure;
import org.smartaccounts.privacy.Erasure.Done;
import org.smartaccounts.privacy.PersonalData;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Erases what is known about a person who asks for it. The address is never in the address of a page: these are in logs and histories. */
@Controller
class ErasureController {

    private static final String PAGE = "/operations/erase";

    private final Erasure erasure;

    ErasureController(Erasure erasure) {
        this.erasure = erasure;
    }

    @GetMapping(PAGE)
    ModelAndView ask() {
        return page("");
    }

    /** What there is about the person; nothing is done. */
    @PostMapping(PAGE + "/look")
    ModelAndView look(@RequestParam(defaultValue = "") String address) {
        return parse(address).map(person -> show(person, "")).orElseGet(() -> noAddress(address));
    }

    @PostMapping(PAGE)
    ModelAndView erase(
            @RequestParam(defaultValue = "") String address,
            @RequestParam(defaultValue = "") String reference,
            Principal principal) {
        Optional<EmailAddress> person = parse(address);
        if (person.isEmpty()) {
            return noAddress(address);
        }
        String why = reference.replace("\0", "").strip();
        if (why.isEmpty() || why.codePointCount(0, why.length()) > Erasure.MAX_REFERENCE) {
            return refused(show(person.get(), why), HttpStatus.UNPROCESSABLE_ENTITY, "referenceMistake");
        }
        @Nullable
        Done done = erasure.erase(person.get(), principal.getName(), why).orElse(null);
        if (done == null) {
            return refused(show(person.get(), why), HttpStatus.CONFLICT, "changed");
        }
        return page("").addObject("done", done);
    }

    private ModelAndView show(EmailAddress person, String reference) {
        PersonalData found = erasure.find(person);
        return page(person.toString())
                .addObject("found", found)
                .addObject("records", erasure.recordsOf(person))
                .addObject("reference", reference);
    }

    private static ModelAndView noAddress(String typed) {
        return refused(page(typed.replace("\0", "").strip()), HttpStatus.UNPROCESSABLE_ENTITY, "addressMistake");
    }

    private static ModelAndView refused(ModelAndView page, HttpStatus status, String why) {
        page.addObject(why, true);
        page.setStatus(status);
        return page;
    }

    private static ModelAndView page(String address) {
        return new ModelAndView("operations/erase")
                .addObject("address", address)
                .addObject("maxReference", Erasure.MAX_REFERENCE);
    }

    private static Optional<EmailAddress> parse(String typed) {
        return EmailAddress.parse(typed.replace("\0", ""));
    }
}
