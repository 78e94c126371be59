package org.smartaccounts.request;

import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import javax.xml.datatype.DatatypeFactory;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.TimeDuration;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.SmartAccounts;
import org.springframework.stereotype.Component;

/**
 * How long the customer has to decide, read from the diagram, where alone it is written. The activation instructions need it a moment
 * before the wait, and with it the timer, begins.
 */
@Component
public class TimeToDecide {

    private final SmartAccounts accounts;

    TimeToDecide(SmartAccounts accounts) {
        this.accounts = accounts;
    }

    /** Whether the customer has been asked, so that the time runs; the diagram wants to know. */
    public boolean hasBegun(DelegateExecution execution) {
        return accounts.get(execution.getProcessBusinessKey()).deadline() != null;
    }

    /** When it will be over, now that it has begun: until then the task of the diagram is due, and lists show the days left. */
    public Date end(DelegateExecution execution) {
        return Date.from(Objects.requireNonNull(
                accounts.get(execution.getProcessBusinessKey()).deadline()));
    }

    /**
     * When the customer's time will be over if it begins now.
     *
     * @param execution at a point before the wait, in the same version of the diagram
     * @throws IllegalStateException if the diagram has no such timer, or its duration is none
     */
    static Instant endIfBegunAt(Instant now, DelegateExecution execution) {
        @Nullable CatchEvent timer = execution.getBpmnModelInstance().getModelElementById(ProcessElements.WAIT_EXPIRED);
        String duration = timer == null
                ? ""
                : timer.getEventDefinitions().stream()
                        .flatMap(definition -> definition.getChildElementsByType(TimeDuration.class).stream())
                        .map(TimeDuration::getTextContent)
                        .findFirst()
                        .orElse("");
        try {
            Date end = Date.from(now);
            DatatypeFactory.newDefaultInstance().newDuration(duration.strip()).addTo(end);
            return end.toInstant();
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "%s has no duration that can be read: '%s'".formatted(ProcessElements.WAIT_EXPIRED, duration), e);
        }
    }
}
