package org.smartaccounts.request;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.model.bpmn.instance.ExtensionElements;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.springframework.stereotype.Component;

/**
 * When the customer is reminded: so many days before the deadline as the diagram says, in the extension property {@code daysLeft} of
 * the event {@code Event_reminderDue}. Counted back from the deadline, they need no change when the time to decide is changed;
 * those that would lie in the past are left out. The diagram asks for one after the other, so that only one waits.
 */
@Component
public class Reminders {

    static final String DAYS_LEFT = "daysLeft";

    private final SmartAccounts accounts;
    private final Clock clock;

    Reminders(SmartAccounts accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    /** Whether there is still one to come. */
    public boolean isAnother(DelegateExecution execution) {
        return next(execution).isPresent();
    }

    /** When the next one is due; asked for only if there is one. */
    public Date due(DelegateExecution execution) {
        return Date.from(next(execution).orElseThrow());
    }

    /** How many days are left now, the present one included. */
    public long daysLeft(DelegateExecution execution) {
        return account(execution).daysLeftAt(clock.instant());
    }

    private Optional<Instant> next(DelegateExecution execution) {
        Instant deadline = Objects.requireNonNull(account(execution).deadline());
        Instant now = clock.instant();
        return Arrays.stream(days(execution).split(",", -1))
                .map(days -> deadline.minus(Duration.ofDays(Long.parseLong(days.strip()))))
                .filter(now::isBefore)
                .min(Comparator.naturalOrder());
    }

    private SmartAccount account(DelegateExecution execution) {
        return accounts.get(execution.getProcessBusinessKey());
    }

    private static String days(DelegateExecution execution) {
        FlowElement event = execution.getBpmnModelInstance().getModelElementById(ProcessElements.REMINDER_DUE);
        ExtensionElements extensions = event.getExtensionElements();
        return extensions
                .getElementsQuery()
                .filterByType(CamundaProperties.class)
                .singleResult()
                .getCamundaProperties()
                .stream()
                .filter(property -> DAYS_LEFT.equals(property.getCamundaName()))
                .map(CamundaProperty::getCamundaValue)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "%s has no property %s".formatted(ProcessElements.REMINDER_DUE, DAYS_LEFT)));
    }
}
