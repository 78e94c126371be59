package org.smartaccounts.support;

import org.smartaccounts.account.EmailAddress;
import org.smartaccounts.email.EmailKey;
import org.smartaccounts.email.Occurrence;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The emails about a case: by their templates, to whom they go, and which of its kind one is. */
@Component
class CaseEmails {

    static final String REPORTER = "reporter";
    static final String SUPPORT = "support";

    static final String RECEIVED = "caseReceived";
    static final String ANSWERED = "caseAnswered";
    static final String OVERDUE = "caseOverdue";
    static final String UNANSWERED = "caseUnanswered";

    private final SupportCases cases;
    private final String supportAddress;

    CaseEmails(SupportCases cases, @Value("${smart-accounts.email.support}") String support) {
        this.cases = cases;
        this.supportAddress = EmailAddress.parse(support)
                .orElseThrow(() -> new IllegalStateException("SUPPORT_EMAIL is no mail address: " + support))
                .toString();
    }

    EmailKey key(SupportCase supportCase, String template, String recipient) {
        return new EmailKey(
                supportCase.number(),
                template,
                switch (recipient) {
                    case REPORTER -> supportCase.reporterEmail();
                    case SUPPORT -> supportAddress;
                    default -> throw new IllegalStateException("%s is nobody to write to".formatted(recipient));
                });
    }

    /** One receipt a case; of the others one for each time that the case was answered. */
    Occurrence occurrence(SupportCase supportCase, String template) {
        return Occurrence.ofTurn(template.equals(RECEIVED) ? 0 : cases.turn(supportCase.number()));
    }
}
