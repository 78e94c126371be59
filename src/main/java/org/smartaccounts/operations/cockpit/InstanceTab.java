package org.smartaccounts.operations.cockpit;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.access.People;
import org.smartaccounts.access.Role;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.email.LedgerEntry.State;
import org.smartaccounts.operations.cockpit.FailureInWords.Failure;
import org.smartaccounts.overview.RequestFile;
import org.smartaccounts.overview.RequestFile.Deed;
import org.smartaccounts.overview.RequestFile.Message;
import org.smartaccounts.overview.RequestFiles;
import org.smartaccounts.overview.Sight;
import org.springframework.stereotype.Component;

/**
 * Puts together what the tab <i>Smart Account</i> shows of an instance: what is wrong with it, and the request that it is about. Everybody
 * who may see the instance is told where the request stands; who it is about, and what was said, only those who see the request elsewhere.
 */
@Component
class InstanceTab {

    /**
     * Everything in words.
     *
     * @param lead     where the request stands, or that there is none
     * @param address  of the request's page; null for whoever cannot open it
     * @param withheld what is not shown, and to whom it is; empty if all is shown
     */
    record Shown(
            String lead,
            @Nullable String address,
            String withheld,
            List<Failure> wrong,
            List<Fact> facts,
            List<Done> timeline,
            List<Sent> emails) {}

    record Fact(String name, String value) {}

    /** @param details empty if there are none */
    record Done(String at, String what, String by, String details) {}

    /**
     * @param failed whether somebody should look at it
     * @param answer of the mail server, if it was no success
     */
    record Sent(String at, String subject, String to, String delivery, boolean failed, String answer) {}

    /** Where a name would stand. */
    private static final String WITHHELD = "…";

    private final RequestFiles files;
    private final FailedSteps failedSteps;
    private final FailureInWords failures;
    private final People people;
    private final Clock clock;

    InstanceTab(RequestFiles files, FailedSteps failedSteps, FailureInWords failures, People people, Clock clock) {
        this.files = files;
        this.failedSteps = failedSteps;
        this.failures = failures;
        this.people = people;
        this.clock = clock;
    }

    /** What a user, who may see the instance, is shown of it. */
    Shown of(ProcessInstance instance, String user, Reader reader) {
        List<Failure> wrong = failedSteps.ofInstance(instance.getId()).stream()
                .map(step -> failures.of(step, reader))
                .toList();
        Sight sight = Sight.of(user, people);
        return Optional.ofNullable(instance.getBusinessKey())
                .flatMap(number -> files.find(number, new Sight(sight.person(), true, List.of())))
                .map(file -> shown(file, sight, wrong, reader))
                .orElseGet(() ->
                        new Shown(reader.text("cockpit.noRequest"), null, "", wrong, List.of(), List.of(), List.of()));
    }

    private Shown shown(RequestFile file, Sight sight, List<Failure> wrong, Reader reader) {
        SmartAccount account = file.account();
        boolean everything = sight.covers(account.requester().companyId());
        boolean linked = everything
                && people.hasAny(sight.person().id(), Set.of(Role.PARTNER, Role.SUPPORT, Role.ADMINISTRATOR));
        return new Shown(
                reader.text("cockpit.lead", account.requestNumber(), status(account, reader)),
                linked ? "/requests/" + account.requestNumber() : null,
                everything ? "" : reader.text("cockpit.withheld"),
                wrong,
                facts(account, everything, reader),
                file.story().stream()
                        .filter(Deed.class::isInstance)
                        .map(deed -> done((Deed) deed, everything, reader))
                        .toList(),
                file.story().stream()
                        .filter(Message.class::isInstance)
                        .map(message -> sent((Message) message, account, everything, reader))
                        .toList());
    }

    private static String status(SmartAccount account, Reader reader) {
        return reader.text("requests.status." + account.status());
    }

    private List<Fact> facts(SmartAccount account, boolean everything, Reader reader) {
        Instant now = clock.instant();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(reader.text("label.requestNumber"), account.requestNumber()));
        facts.add(new Fact(reader.text("requests.status"), status(account, reader)));
        @Nullable Instant deadline = account.deadline();
        if (deadline != null && account.isUndecided() && now.isBefore(deadline)) {
            facts.add(new Fact(
                    reader.text("cockpit.daysLeft"),
                    reader.text("cockpit.daysLeft.until", account.daysLeftAt(now), reader.moment(deadline))));
        }
        if (everything) {
            facts.add(
                    new Fact(reader.text("label.accountName"), account.details().accountName()));
            facts.add(new Fact(
                    reader.text("label.accountDomain"), account.details().accountDomain()));
            facts.add(new Fact(reader.text("label.approver"), account.details().customerEmail()));
            facts.add(new Fact(
                    reader.text("label.requestedBy"),
                    reader.text(
                            "requester",
                            account.requester().name(),
                            account.requester().companyName())));
        }
        facts.add(new Fact(reader.text("cockpit.requestedAt"), reader.moment(account.requestedAt())));
        return facts;
    }

    private static Done done(Deed deed, boolean everything, Reader reader) {
        String what = deed.event().name().equals("STATUS")
                ? deed.first() ? "requested" : deed.status().name()
                : deed.event().name();
        return new Done(
                reader.moment(deed.at()),
                reader.text("request.did." + what),
                everything
                        ? reader.text("request.by." + deed.role(), deed.person())
                        : reader.text("cockpit.by." + deed.role()),
                everything ? deed.details() : "");
    }

    private static Sent sent(Message message, SmartAccount account, boolean everything, Reader reader) {
        State state = message.state();
        boolean triedAgain = state == State.WAITING && message.tries() > 0;
        String delivery = reader.text("request.email." + state);
        return new Sent(
                reader.moment(message.at()),
                reader.text(
                        "email.%s.subject".formatted(message.template()),
                        everything ? account.details().accountName() : WITHHELD,
                        account.requestNumber()),
                everything ? message.recipient() : WITHHELD,
                triedAgain ? delivery + ", " + reader.text("request.email.tries", message.tries()) : delivery,
                triedAgain || state == State.FAILED,
                everything && (triedAgain || state == State.FAILED) ? message.answer() : "");
    }
}
