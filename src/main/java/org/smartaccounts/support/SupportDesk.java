package org.smartaccounts.support;

import java.util.HashMap;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Execution;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.email.EmailLedger;
import org.smartaccounts.process.Attempts;
import org.smartaccounts.support.SupportCase.Status;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The way to licensing support for everything outside the engine: somebody reports a problem, and replies to the answer. */
@Component
public class SupportDesk {

    /** What became of a reply. */
    public enum Reply {
        /** It counts. */
        RECORDED,
        /** The answer is still being sent; moments later the same reply will do. */
        TOO_EARLY,
        /** The case is closed, or somebody has replied before. */
        TOO_LATE
    }

    private final SupportCases cases;
    private final CaseEmails emails;
    private final EmailLedger ledger;
    private final RuntimeService runtime;
    private final Attempts attempts;
    private final TransactionTemplate transaction;

    SupportDesk(
            SupportCases cases,
            CaseEmails emails,
            EmailLedger ledger,
            RuntimeService runtime,
            Attempts attempts,
            TransactionTemplate transaction) {
        this.cases = cases;
        this.emails = emails;
        this.ledger = ledger;
        this.runtime = runtime;
        this.attempts = attempts;
        this.transaction = transaction;
    }

    /**
     * Somebody reports a problem; the same form sent twice is one case.
     *
     * @return the number of the case
     */
    public String report(Report report) {
        return transaction.execute(status -> cases.open(report)
                .map(this::begin)
                .or(() -> cases.ofForm(report.form()))
                .orElseThrow());
    }

    private String begin(String number) {
        SupportCase supportCase = cases.get(number);
        if (supportCase.acknowledged()) {
            ledger.plan(
                    emails.key(supportCase, CaseEmails.RECEIVED, CaseEmails.REPORTER),
                    emails.occurrence(supportCase, CaseEmails.RECEIVED),
                    supportCase.language());
        }
        runtime.startProcessInstanceByKey(CaseElements.PROCESS, number, new HashMap<>(CaseVariables.of(supportCase)));
        return number;
    }

    /** The case that a form has become. */
    public Optional<String> caseOf(UUID form) {
        return cases.ofForm(form);
    }

    /** A case, if there is one of that number. */
    public Optional<CaseFile> find(String number) {
        return cases.find(number).map(supportCase -> new CaseFile(supportCase, cases.thread(number)));
    }

    /**
     * The reporter replies.
     *
     * @param words 1 to {@link CaseMessage#MAX_WORDS} characters
     */
    public Reply reply(String number, String words) {
        return attempts.attempt(() -> replyOnce(number, words));
    }

    private Reply replyOnce(String number, String words) {
        // Whoever comes at the same moment, the timer included, waits here and then finds what was done.
        if (cases.lock(number)
                .filter(supportCase -> supportCase.status() == Status.ANSWERED)
                .isEmpty()) {
            return Reply.TOO_LATE;
        }
        @Nullable
        Execution waiting = runtime.createExecutionQuery()
                .processInstanceBusinessKey(number)
                .messageEventSubscriptionName(CaseElements.REPLIED)
                .singleResult();
        if (waiting == null) {
            return Reply.TOO_EARLY;
        }
        cases.reply(number, words);
        runtime.messageEventReceived(CaseElements.REPLIED, waiting.getId());
        return Reply.RECORDED;
    }
}
