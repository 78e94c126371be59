package org.smartaccounts.support;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.variable.value.StringValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/** Every variable of the process, once; all of them are short texts. The case's row and its thread are the truth. */
final class CaseVariables {

    // What only the application sets.
    static final String CASE_NUMBER = "caseNumber";
    static final String REQUEST_NUMBER = "requestNumber";
    /** The user who has decided. */
    static final String SUPPORTER = "caseSupporter";

    // What the diagram has set for the task, as of its beginning.
    static final String MESSAGE = "caseMessage";
    static final String THREAD = "caseThread";
    static final String REPORTER = "caseReporter";
    static final String REQUEST_FACTS = "requestFacts";
    static final String REQUEST_EMAILS = "requestEmails";
    static final String REQUEST_LINK = "requestLink";

    /** What support does: {@link #ANSWER} or {@link #CLOSE}. */
    static final String DECISION = "caseDecision";

    static final String ANSWER = "answer";
    static final String CLOSE = "close";
    /** The words of support. */
    static final String WORDS = "caseAnswer";

    /** What is shown; whoever changes it changes only what they see. */
    static final Set<String> SHOWN = Set.of(MESSAGE, THREAD, REPORTER, REQUEST_FACTS, REQUEST_EMAILS, REQUEST_LINK);

    private CaseVariables() {}

    /** What nobody may change. */
    static Map<String, String> of(SupportCase supportCase) {
        Map<String, String> own = new HashMap<>(Map.of(CASE_NUMBER, supportCase.number()));
        supportCase.request().ifPresent(request -> own.put(REQUEST_NUMBER, request));
        return own;
    }

    /** The text of a variable; empty if it is not set. */
    static String text(VariableScope scope, String name) {
        @Nullable TypedValue value = scope.getVariableTyped(name, false);
        return value instanceof StringValue text && text.getValue() != null ? text.getValue() : "";
    }
}
