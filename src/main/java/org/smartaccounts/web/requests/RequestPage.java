package org.smartaccounts.web.requests;

import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.smartaccounts.access.People;
import org.smartaccounts.access.Role;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.overview.RequestFile;
import org.smartaccounts.overview.RequestFiles;
import org.smartaccounts.overview.Sight;
import org.smartaccounts.request.Choices;
import org.smartaccounts.request.PossibleActs;
import org.smartaccounts.request.ProcessElements;
import org.smartaccounts.request.RequestAct;
import org.smartaccounts.request.RequestPicture;
import org.smartaccounts.web.TypedNumber;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/** What the pages about one request show of it. */
@Component
class RequestPage {

    private final RequestFiles files;
    private final PossibleActs possibleActs;
    private final RequestPicture pictures;
    private final People people;
    private final MessageSource texts;
    private final Clock clock;

    RequestPage(
            RequestFiles files,
            PossibleActs possibleActs,
            RequestPicture pictures,
            People people,
            MessageSource texts,
            Clock clock) {
        this.files = files;
        this.possibleActs = possibleActs;
        this.pictures = pictures;
        this.people = people;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * The request as it is now.
     *
     * @throws ResponseStatusException not found, also if it is somebody else's: nobody learns which numbers there are
     */
    RequestFile find(String requestNumber, Sight sight) {
        return TypedNumber.known(requestNumber)
                .flatMap(number -> files.find(number, sight))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    /** What that user can do to it. */
    Choices choices(RequestFile file, String user) {
        return people.as(user, () -> possibleActs.of(file.account()));
    }

    /** The picture of the process with a mark where the request stands; empty if its version of the process has none, or it is not in sight. */
    Optional<String> picture(String requestNumber, boolean onlyAround, Sight sight) {
        return TypedNumber.known(requestNumber)
                .flatMap(number -> files.standing(number, sight))
                .flatMap(standing -> onlyAround
                        ? pictures.around(standing.definition(), standing.elements())
                        : pictures.whole(standing.definition(), standing.elements()));
    }

    /** Adds where it stands, in the words of the diagram, if there is a picture of it. */
    ModelAndView showStanding(ModelAndView page, RequestFile file) {
        files.standing(file)
                .filter(standing -> pictures.exists(standing.definition()))
                .ifPresent(standing ->
                        page.addObject("standing", pictures.namesOf(standing.definition(), standing.elements())));
        return page;
    }

    /** A page with everything there is to show of it. */
    ModelAndView show(String view, RequestFile file, Choices choices, String user, Locale language) {
        SmartAccount account = file.account();
        Instant now = clock.instant();
        ModelAndView page = new ModelAndView(view);
        page.addObject("file", file);
        page.addObject("account", account);
        page.addObject("details", account.details());
        page.addObject(
                "language",
                Locale.forLanguageTag(account.details().customerLanguage()).getDisplayLanguage(language));
        page.addObject("acts", RequestAct.values());
        page.addObject("choices", choices);
        page.addObject(
                "messages",
                choices.review()
                        .map(review -> FieldMessages.of(review, texts, language))
                        .orElse(FieldMessages.NONE));
        page.addObject("daysLeft", account.isAwaitingDecisionAt(now) ? account.daysLeftAt(now) : null);
        page.addObject("resendsLeft", SmartAccount.MAX_RESENDS - account.resends());
        page.addObject(
                "correcting",
                file.place()
                        .map(place -> place.isAt(ProcessElements.CORRECT_CUSTOMER_EMAIL))
                        .orElse(false));
        page.addObject("administrator", people.hasAny(user, Set.of(Role.ADMINISTRATOR)));
        return page;
    }
}
