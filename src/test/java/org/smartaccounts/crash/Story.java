package org.smartaccounts.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One request: what its people mean to do, one step after the other, and what they were told. */
final class Story {

    private static final List<List<Step>> PLOTS = List.of(
            List.of(Step.ASK, Step.SUBMIT, Step.ACCEPT),
            List.of(Step.ASK_IN_TASKLIST, Step.SUBMIT_IN_TASKLIST, Step.ACCEPT),
            List.of(Step.ASK, Step.SUBMIT, Step.DECLINE),
            List.of(Step.ASK, Step.SUBMIT, Step.CANCEL),
            List.of(Step.ASK, Step.SUBMIT, Step.EXPIRE),
            List.of(Step.ASK, Step.WITHDRAW),
            List.of(Step.ASK, Step.SUBMIT, Step.RESEND, Step.ACCEPT),
            List.of(Step.ASK, Step.SUBMIT, Step.PASS_ON, Step.ACCEPT),
            List.of(Step.ASK, Step.SUBMIT, Step.NAME_APPROVER, Step.PASS_ON, Step.DECLINE),
            List.of(Step.ASK, Step.SUBMIT, Step.CORRECT_ADDRESS, Step.ACCEPT),
            List.of(Step.ASK, Step.SUBMIT_TO_APPROVAL, Step.APPROVE_DOMAIN, Step.ACCEPT),
            List.of(Step.ASK, Step.SUBMIT_TO_APPROVAL, Step.REFUSE_DOMAIN, Step.WITHDRAW),
            List.of(Step.ASK, Step.SUBMIT, Step.REMIND, Step.ACCEPT),
            List.of(Step.ASK, Step.SUBMIT, Step.COME_BACK, Step.CORRECT_ADDRESS, Step.ACCEPT),
            List.of(Step.ASK, Step.SUBMIT, Step.REPORT, Step.ANSWER, Step.REPLY, Step.CLOSE_CASE, Step.DECLINE),
            List.of(Step.ASK, Step.SUBMIT, Step.REPORT, Step.ANSWER, Step.NOT_REPLY, Step.ACCEPT),
            List.of(Step.ASK, Step.SUBMIT, Step.ACCEPT, Step.SUSPEND, Step.REINSTATE),
            List.of(Step.ASK, Step.SUBMIT, Step.ACCEPT, Step.SUSPEND, Step.CLOSE_ACCOUNT),
            List.of(Step.ASK, Step.SUBMIT, Step.SUSPEND, Step.REINSTATE_UNDECIDED, Step.ACCEPT),
            // They wait.
            List.of(Step.ASK),
            List.of(Step.ASK, Step.SUBMIT),
            List.of(Step.ASK, Step.SUBMIT_TO_APPROVAL),
            List.of(Step.ASK, Step.SUBMIT, Step.RESEND),
            List.of(Step.ASK, Step.SUBMIT, Step.REMIND),
            List.of(Step.ASK, Step.SUBMIT, Step.REPORT, Step.ANSWER));

    private final List<Step> plot;
    private final String domain;
    private final String form = UUID.randomUUID().toString();
    private final String requester;
    private final List<Step> told = new ArrayList<>();
    private final List<Step> attempted = new ArrayList<>();
    private final int number;
    private @Nullable String requestNumber;
    private @Nullable String caseNumber;
    private String approver;
    private boolean lost;

    Story(int number, RandomGenerator random) {
        this.number = number;
        plot = PLOTS.get(random.nextInt(PLOTS.size()));
        domain = "customer-%d.example".formatted(number);
        requester = random.nextBoolean() ? "paula" : "nina";
        approver = firstApprover();
    }

    private String firstApprover() {
        if (plot.contains(Step.COME_BACK)) {
            return "gone@" + domain;
        }
        if (plot.contains(Step.CORRECT_ADDRESS)) {
            return "refused@" + domain;
        }
        return plot.contains(Step.SUBMIT_TO_APPROVAL) ? "anna@holding-of-" + domain : "anna@" + domain;
    }

    String domain() {
        return domain;
    }

    /** The number of the form that asks, the same however often it is sent. */
    String form() {
        return form;
    }

    String requester() {
        return requester;
    }

    /** Who decides, as far as its people know. */
    String approver() {
        return approver;
    }

    /** The IP address of its people outside: limits count by it. */
    String address() {
        return "10.7.%d.%d".formatted(number / 250, 1 + number % 250);
    }

    /** Whether a security check finds something. */
    boolean isSuspicious() {
        return plot.contains(Step.SUSPEND);
    }

    boolean needsApproval() {
        return plot.contains(Step.SUBMIT_TO_APPROVAL);
    }

    String requestNumber() {
        if (requestNumber == null) {
            throw new IllegalStateException("Nobody was told the number of " + domain);
        }
        return requestNumber;
    }

    /** The case that its approver has opened. */
    String caseNumber() {
        if (caseNumber == null) {
            throw new IllegalStateException("Nobody was told the number of the case of " + domain);
        }
        return caseNumber;
    }

    boolean hasCase() {
        return caseNumber != null;
    }

    /** Its approver was told the number of the case. */
    void isCase(String opened) {
        caseNumber = opened;
    }

    /** Whether anybody was told that there is such a request. */
    boolean isKnown() {
        return requestNumber != null;
    }

    /** Its people were told its number. */
    void isNumber(String number) {
        requestNumber = number;
    }

    /** Nobody was told its number, and the same cannot be asked again. */
    void isLost() {
        lost = true;
    }

    boolean isOver() {
        return lost || told.size() == plot.size();
    }

    Step next() {
        return plot.get(told.size());
    }

    /** Somebody tries the next step; what comes of it they do not know yet. */
    void attempt() {
        if (attempted.size() == told.size()) {
            attempted.add(next());
        }
    }

    /** Whether the next step was tried before, and nobody knows what came of it. */
    boolean isOpen() {
        return attempted.size() > told.size();
    }

    /** They were told that the next step is done. */
    void tell() {
        attempt();
        told.add(next());
    }

    void approverIs(String address) {
        approver = address;
    }

    /** What they were told is done. */
    List<Step> told() {
        return told;
    }

    /** How often they were told that a step is done. */
    long told(Step step) {
        return told.stream().filter(step::equals).count();
    }

    /** What they tried: as told, and perhaps one more, of which nobody knows. */
    List<Step> attempted() {
        return attempted;
    }
}
