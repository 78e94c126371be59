package org.smartaccounts.crash;

import java.util.Map;
import java.util.Optional;
import org.smartaccounts.crash.Person.NobodyKnows;

/** How a suspicious account is found, and what licensing support do about it. */
final class SecurityDeeds {

    private static final String CHECKS = "/operations/security-checks";
    private static final String REVIEW = "Activity_reviewSuspiciousAccount";
    private static final String DECIDE = "Activity_decideOnSuspendedAccount";

    private final Person administrator;
    private final Person support;
    private final TaskDeeds taskDeeds;

    SecurityDeeds(Person administrator, Person support, TaskDeeds taskDeeds) {
        this.administrator = administrator;
        this.support = support;
        this.taskDeeds = taskDeeds;
    }

    /** Takes the next step, if that can be done by now. */
    void takeNext(Story story) throws NobodyKnows {
        boolean isFound = story.next() == Step.SUSPEND;
        Optional<String> task = support.claim(story.requestNumber(), isFound ? REVIEW : DECIDE);
        if (isFound && task.isEmpty() && !story.isOpen()) {
            // Of several checks at once one begins.
            administrator.submit(CHECKS + "/begin", administrator.get(CHECKS), Map.of());
        } else {
            taskDeeds.complete(story, support, task, decision(story.next()));
        }
    }

    private static Map<String, String> decision(Step step) {
        return switch (step) {
            case SUSPEND -> Map.of("suspicionDecision", "suspend", "suspicionReason", "Who is Dora?");
            case REINSTATE, REINSTATE_UNDECIDED ->
                Map.of("suspendedDecision", "reinstate", "suspendedReason", "Dora is known.");
            case CLOSE_ACCOUNT -> Map.of("suspendedDecision", "close", "suspendedReason", "Nobody knows Dora.");
            default -> throw new IllegalStateException("%s is not about security".formatted(step));
        };
    }
}
