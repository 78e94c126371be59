package org.smartaccounts.security;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.variable.value.StringValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.process.Wording;
import org.springframework.stereotype.Component;

/** The variables of a review: what its forms show, and what licensing support decides. All are texts. */
@Component
class ReviewVariables {

    static final String REQUEST_NUMBER = "requestNumber";
    /** In words, for people who read English. */
    static final String FINDINGS = "findings";

    static final String SEVERITY = "severity";
    static final String ACCOUNT_NAME = "accountName";
    static final String ACCOUNT_DOMAIN = "accountDomain";
    static final String CUSTOMER_EMAIL = "customerEmail";
    static final String USER_EMAILS = "userEmails";
    static final String REQUESTER = "requester";
    static final String REQUESTER_COMPANY = "requesterCompany";
    /** The how-manieth review of the account it is: emails of each are told apart by it. */
    static final String REVIEW = "review";

    static final String SUSPICION_DECISION = "suspicionDecision";
    static final String CLEAR = "clear";
    static final String SUSPEND = "suspend";
    static final String CLOSE = "close";
    static final String SUSPICION_REASON = "suspicionReason";

    static final String SUSPENDED_DECISION = "suspendedDecision";
    static final String REINSTATE = "reinstate";
    static final String SUSPENDED_REASON = "suspendedReason";

    /** Who has decided: a user. */
    static final String DECIDED_BY = "decidedBy";

    static final Set<String> SUSPICION_DECISIONS = Set.of(CLEAR, SUSPEND, CLOSE);
    static final Set<String> SUSPENDED_DECISIONS = Set.of(REINSTATE, CLOSE);

    /** What every form shows. */
    static final Set<String> SHOWN = Set.of(
            REQUEST_NUMBER,
            FINDINGS,
            SEVERITY,
            ACCOUNT_NAME,
            ACCOUNT_DOMAIN,
            CUSTOMER_EMAIL,
            USER_EMAILS,
            REQUESTER,
            REQUESTER_COMPANY);

    private final Findings findings;
    private final Wording wording;

    ReviewVariables(Findings findings, Wording wording) {
        this.findings = findings;
        this.wording = wording;
    }

    /** The text of a variable; empty if it is not set. */
    static String text(VariableScope scope, String name) {
        // Whatever a caller has sent under that name is not made into an object.
        @Nullable TypedValue value = scope.getVariableTyped(name, false);
        return value instanceof StringValue text && text.getValue() != null ? text.getValue() : "";
    }

    /** What is so of an account under review, for the forms to show. */
    Map<String, String> of(SmartAccount account) {
        List<Finding> found = findings.underReview(account.requestNumber());
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(REQUEST_NUMBER, account.requestNumber());
        variables.put(
                FINDINGS,
                wording.originalLines(found.stream().map(Finding::words).toList()));
        variables.put(
                SEVERITY,
                found.stream()
                        .map(finding -> finding.severity().name().toLowerCase(Locale.ROOT))
                        .findFirst()
                        .orElse(""));
        variables.put(ACCOUNT_NAME, account.details().accountName());
        variables.put(ACCOUNT_DOMAIN, account.details().accountDomain());
        variables.put(CUSTOMER_EMAIL, account.details().customerEmail());
        variables.put(USER_EMAILS, account.details().userEmails());
        variables.put(REQUESTER, account.requester().name());
        variables.put(REQUESTER_COMPANY, account.requester().companyName());
        variables.put(REVIEW, String.valueOf(findings.reviews(account.requestNumber())));
        return variables;
    }
}
