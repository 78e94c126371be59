package org.smartaccounts.support;

/** What the code knows of the diagram {@code supportCase.bpmn}. */
final class CaseElements {

    static final String PROCESS = "supportCase";

    static final String ANSWER_SUPPORT_CASE = "Activity_answerSupportCase";
    /** When nobody can reply any more. */
    static final String REPLY_TIME_PASSED = "Event_replyTimePassed";

    /** The message that the reporter has replied. */
    static final String REPLIED = "caseReplied";
    /** The error that the mail server refuses the reporter's address for good. */
    static final String ADDRESS_REFUSED = "addressRefused";

    private CaseElements() {}
}
