package org.smartaccounts.support;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.smartaccounts.access.People;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.email.EmailLedger;
import org.smartaccounts.email.LedgerEntry;
import org.smartaccounts.language.Languages;
import org.smartaccounts.process.Wording;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** What the diagram asks about a case, for licensing support to read: in words, as of the moment in which it asks. */
@Component
public class CaseFacts {

    private static final int EMAILS = 5;
    private static final String CUT_MARK = "… ";

    private final SupportCases cases;
    private final SmartAccounts accounts;
    private final EmailLedger ledger;
    private final People people;
    private final Wording wording;
    private final Clock clock;
    private final String publicUrl;

    CaseFacts(
            SupportCases cases,
            SmartAccounts accounts,
            EmailLedger ledger,
            People people,
            Wording wording,
            Clock clock,
            @Value("${smart-accounts.activation.public-url}") String publicUrl) {
        this.cases = cases;
        this.accounts = accounts;
        this.ledger = ledger;
        this.people = people;
        this.wording = wording;
        this.clock = clock;
        this.publicUrl = StringUtils.trimTrailingCharacter(publicUrl, '/');
    }

    /** Whether the reporter is told that the case has arrived. */
    public boolean mayBeAcknowledged(DelegateExecution execution) {
        return supportCase(execution).acknowledged();
    }

    /** What the reporter has said last. */
    public String message(DelegateExecution execution) {
        List<CaseMessage> thread = cases.thread(execution.getProcessBusinessKey());
        return thread.get(lastOfReporter(thread)).words();
    }

    /** What was said besides, and why the last answer did not reach the reporter; empty if there is nothing. The end of it, if it is long. */
    public String thread(DelegateExecution execution) {
        SupportCase supportCase = supportCase(execution);
        List<CaseMessage> thread = new ArrayList<>(cases.thread(supportCase.number()));
        List<String> said = new ArrayList<>();
        int last = lastOfReporter(thread);
        for (int i = 0; i < thread.size(); i++) {
            if (i != last) {
                CaseMessage message = thread.get(i);
                said.add("%s: %s"
                        .formatted(
                                message.isFromSupport()
                                        ? people.get(message.authorId()).name()
                                        : supportCase.reporterEmail(),
                                message.words()));
            }
        }
        if (last < thread.size() - 1) {
            said.add(text(
                    "case.facts.emailRefused", ledger.lastFailure(supportCase.number(), supportCase.reporterEmail())));
        }
        return endOf(String.join("\n\n", said));
    }

    private static int lastOfReporter(List<CaseMessage> thread) {
        int last = thread.size() - 1;
        while (thread.get(last).isFromSupport()) {
            last--;
        }
        return last;
    }

    /** The newest part of a text that a variable can hold. */
    private static String endOf(String text) {
        if (text.length() <= CaseMessage.MAX_WORDS) {
            return text;
        }
        int begin = text.length() - CaseMessage.MAX_WORDS + CUT_MARK.length();
        return CUT_MARK + text.substring(Character.isLowSurrogate(text.charAt(begin)) ? begin + 1 : begin);
    }

    /** Where the reporter can be reached, and who it is if somebody was logged in. */
    public String reporter(DelegateExecution execution) {
        SupportCase supportCase = supportCase(execution);
        return supportCase.reporterId().isEmpty()
                ? supportCase.reporterEmail()
                : text(
                        "case.facts.reporter",
                        supportCase.reporterEmail(),
                        people.get(supportCase.reporterId()).name());
    }

    /** What there is to know of the request that the case is about. */
    public String request(DelegateExecution execution) {
        SupportCase supportCase = supportCase(execution);
        return account(supportCase)
                .map(account -> String.join("\n", facts(supportCase, account)))
                .orElseGet(() -> supportCase.requestNamed().isEmpty()
                        ? text("case.facts.noRequest")
                        : text("case.facts.unknownRequest", supportCase.requestNamed()));
    }

    private List<String> facts(SupportCase supportCase, SmartAccount account) {
        Instant now = clock.instant();
        List<String> facts = new ArrayList<>();
        facts.add(text(supportCase.requestNamed().isEmpty() ? "case.facts.known" : "case.facts.named"));
        facts.add(text("case.facts.asOf", now));
        facts.add(account.requestNumber());
        facts.add(text("case.facts.status", text("requests.status." + account.status())));
        if (account.isAwaitingDecisionAt(now)) {
            facts.add(text("case.facts.left", account.daysLeftAt(now), Objects.requireNonNull(account.deadline())));
        }
        facts.add(text(
                "case.facts.account",
                account.details().accountName(),
                account.details().accountDomain()));
        facts.add(text(
                "case.facts.requester",
                account.requester().name(),
                account.requester().companyName(),
                account.requester().email()));
        facts.add(text("case.facts.approver", account.details().customerEmail()));
        return facts;
    }

    /** The last emails about the request, and what became of them; empty if there are none. */
    public String emails(DelegateExecution execution) {
        return account(supportCase(execution))
                .map(account -> {
                    List<LedgerEntry> all = ledger.of(account.requestNumber());
                    return all.subList(Math.max(0, all.size() - EMAILS), all.size()).stream()
                            .map(email -> inWords(email, account))
                            .collect(Collectors.joining("\n"));
                })
                .orElse("");
    }

    private String inWords(LedgerEntry email, SmartAccount account) {
        return text(
                "case.facts.email",
                email.changedAt(),
                text(
                        "email.%s.subject".formatted(email.key().template()),
                        account.details().accountName(),
                        account.requestNumber()),
                email.key().recipient(),
                text("request.email." + email.state()));
    }

    /** The page of the request; empty if none is known. */
    public String link(DelegateExecution execution) {
        return supportCase(execution)
                .request()
                .map(request -> publicUrl + "/requests/" + request)
                .orElse("");
    }

    private SupportCase supportCase(DelegateExecution execution) {
        return cases.get(execution.getProcessBusinessKey());
    }

    private Optional<SmartAccount> account(SupportCase supportCase) {
        return supportCase.request().flatMap(accounts::findByRequestNumber);
    }

    private String text(String key, Object... arguments) {
        return wording.textFor(Languages.ORIGINAL.toLanguageTag(), key, arguments);
    }
}
