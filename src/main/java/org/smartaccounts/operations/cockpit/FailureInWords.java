package org.smartaccounts.operations.cockpit;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Says of a failed step what is wrong, when it is tried again and what somebody can do. It repeats nothing of the error, so that everybody who
 * may see the instance may read it.
 */
@Component
class FailureInWords {

    /**
     * A failure, in words.
     *
     * @param where    the element at which it happened, by its name in the diagram
     * @param what     what is wrong, and when it is tried again
     * @param toDo     what somebody can do
     * @param since    since when nothing is tried any more; empty if it is
     * @param times    how many wait because of it
     * @param stopped  whether it waits for somebody
     * @param instance one of those that wait
     */
    record Failure(
            String where, String what, String toDo, String since, String times, boolean stopped, String instance) {}

    /** What fails again however often it is tried. */
    private static final Set<FailureCause> OF_NO_USE =
            Set.of(FailureCause.RECIPIENT_REFUSED, FailureCause.NO_REQUEST, FailureCause.ACCOUNT_STATE);

    private final RepositoryService repository;
    private final Clock clock;

    FailureInWords(RepositoryService repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    Failure of(FailedStep step, Reader reader) {
        FailureCause cause = FailureCause.of(step.error());
        @Nullable Instant since = step.since();
        return new Failure(
                nameOf(step),
                "%s %s".formatted(reader.text("cockpit.cause." + cause), next(step, reader)),
                step.stopped() && !OF_NO_USE.contains(cause)
                        ? "%s %s".formatted(reader.text("cockpit.remedy." + cause), reader.text("cockpit.tryAgain"))
                        : reader.text("cockpit.remedy." + cause),
                since == null ? "" : reader.text("cockpit.since", reader.moment(since)),
                reader.text("cockpit.times", step.times()),
                step.stopped(),
                step.instance());
    }

    private String next(FailedStep step, Reader reader) {
        Instant now = clock.instant();
        if (step.stopped()) {
            return reader.text("cockpit.next.stopped");
        }
        if (step.suspended()) {
            return reader.text("cockpit.next.suspended");
        }
        @Nullable Instant next = step.next();
        return next == null || !next.isAfter(now)
                ? reader.text("cockpit.next.now")
                : reader.text("cockpit.next.at", reader.soon(next, now));
    }

    private String nameOf(FailedStep step) {
        @Nullable
        ModelElementInstance element =
                repository.getBpmnModelInstance(step.definition()).getModelElementById(step.element());
        @Nullable String name = element instanceof FlowElement flow ? flow.getName() : null;
        return Objects.requireNonNullElse(name, step.element())
                .replaceAll("\\s+", " ")
                .strip();
    }
}
