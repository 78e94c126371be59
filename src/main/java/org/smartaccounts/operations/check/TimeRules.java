package org.smartaccounts.operations.check;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.datatype.DatatypeConfigurationException;
import javax.xml.datatype.DatatypeFactory;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.TimeCycle;
import org.camunda.bpm.model.bpmn.instance.TimeDate;
import org.camunda.bpm.model.bpmn.instance.TimeDuration;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.smartaccounts.request.ProcessElements;
import org.smartaccounts.request.RequestVocabulary;
import org.springframework.scheduling.support.CronExpression;

/** Timers: how long, how many days before the end, and that the customer's time is one that the code can read. */
final class TimeRules {

    private static final Pattern DAYS_LEFT = Pattern.compile("[1-9]\\d{0,3}(, *[1-9]\\d{0,3})*");
    private static final Pattern REPEATED = Pattern.compile("R\\d*/(.*)");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final Mistakes mistakes;

    TimeRules(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    void check(Diagram diagram) {
        for (TimerEventDefinition timer : diagram.all(TimerEventDefinition.class)) {
            checkTimer(diagram, timer);
        }
        diagram.find(ProcessElements.WAIT_EXPIRED)
                .filter(IntermediateCatchEvent.class::isInstance)
                .ifPresent(event -> checkWait(diagram, (IntermediateCatchEvent) event));
        diagram.find(ProcessElements.REMINDER_DUE)
                .filter(IntermediateCatchEvent.class::isInstance)
                .ifPresent(event -> checkReminders(diagram, (IntermediateCatchEvent) event));
    }

    private void checkTimer(Diagram diagram, TimerEventDefinition timer) {
        List<TimeDuration> durations = Diagram.within(timer, TimeDuration.class);
        List<TimeCycle> cycles = Diagram.within(timer, TimeCycle.class);
        List<TimeDate> dates = Diagram.within(timer, TimeDate.class);
        if (durations.isEmpty() && cycles.isEmpty() && dates.isEmpty()) {
            say(diagram, timer, "the timer does not say how long; choose duration, and write P7D for 7 days");
        }
        durations.forEach(duration -> checkDuration(diagram, timer, duration.getTextContent()));
        for (TimeCycle cycle : cycles) {
            Matcher repeated = REPEATED.matcher(cycle.getTextContent());
            if (repeated.matches()) {
                checkDuration(diagram, timer, repeated.group(1));
            } else if (!isExpression(cycle.getTextContent())
                    && !CronExpression.isValidExpression(cycle.getTextContent().strip())) {
                say(
                        diagram,
                        timer,
                        "'%s' is no cycle that can be read; write R/P7D for every 7 days, or 0 0 2 * * ? for every night at two"
                                .formatted(cycle.getTextContent()));
            }
        }
        for (TimeDate date : dates) {
            if (!isExpression(date.getTextContent())) {
                say(
                        diagram,
                        timer,
                        "it waits for one fixed date, %s, for all requests; write a duration such as P7D, or an expression"
                                .formatted(date.getTextContent()));
            }
        }
    }

    private void checkDuration(Diagram diagram, TimerEventDefinition timer, String text) {
        if (isExpression(text)) {
            return;
        }
        try {
            if (DatatypeFactory.newInstance().newDuration(text).getSign() > 0) {
                return;
            }
            say(diagram, timer, "'%s' is no time to wait; write %s".formatted(text, suggestion(text)));
        } catch (IllegalArgumentException e) {
            say(diagram, timer, "'%s' is no duration that can be read; write %s".formatted(text, suggestion(text)));
        } catch (DatatypeConfigurationException e) {
            throw new IllegalStateException("The JDK reads no durations", e);
        }
    }

    /** Most people mean days. In front of a T stand years, months and days, behind it hours, minutes and seconds. */
    private static String suggestion(String text) {
        Matcher number = NUMBER.matcher(text);
        Optional<String> first =
                number.find() && !number.group().matches("0+") ? Optional.of(number.group()) : Optional.empty();
        if (first.isEmpty() || number.find()) {
            return "P7D for 7 days, or PT12H for 12 hours";
        }
        return text.strip().endsWith("H") && !text.startsWith("PT")
                ? "PT%sH for %s hours".formatted(first.get(), first.get())
                : text.strip().endsWith("W")
                        ? "P%dD for %s weeks".formatted(7 * Long.parseLong(first.get()), first.get())
                        : "P%sD for %s days".formatted(first.get(), first.get());
    }

    private static boolean isExpression(String text) {
        return text.strip().startsWith("${");
    }

    private void checkWait(Diagram diagram, IntermediateCatchEvent event) {
        if (!ProcessElements.AWAIT_CUSTOMER.equals(((BaseElement) event.getParentElement()).getId())) {
            say(
                    diagram,
                    event,
                    "the end of the customer's time belongs into %s; move it back"
                            .formatted(ProcessElements.AWAIT_CUSTOMER));
        }
        List<TimeDuration> durations = Diagram.within(event, TimeDuration.class);
        if (durations.isEmpty() || isExpression(durations.get(0).getTextContent())) {
            say(diagram, event, "emails tell the customer this time in advance; write it as a duration, such as P90D");
        }
        List<FlowNode> next = event.getSucceedingNodes().list();
        boolean over = next.size() == 1
                && next.get(0) instanceof EndEvent end
                && !Diagram.within(end, ErrorEventDefinition.class).isEmpty();
        if (!over) {
            say(
                    diagram,
                    event,
                    "after it the wait has to be over; lead it to an error end event that %s catches"
                            .formatted(ProcessElements.AWAIT_CUSTOMER));
        }
    }

    private void checkReminders(Diagram diagram, IntermediateCatchEvent event) {
        Optional<String> days = ExtensionProperties.of(event, RequestVocabulary.DAYS_LEFT);
        if (days.isEmpty()) {
            say(
                    diagram,
                    event,
                    "it does not say when reminders are sent; add the extension property %s, such as 60, 30, 7, 1"
                            .formatted(RequestVocabulary.DAYS_LEFT));
        } else if (!DAYS_LEFT.matcher(days.get()).matches()) {
            say(
                    diagram,
                    event,
                    "the property %s is '%s'; write days before the end with commas, such as 60, 30, 7, 1"
                            .formatted(RequestVocabulary.DAYS_LEFT, days.get()));
        } else if (Arrays.stream(days.get().split(",", -1))
                        .map(String::strip)
                        .distinct()
                        .count()
                < days.get().split(",", -1).length) {
            say(diagram, event, "the property %s names a day twice; delete one".formatted(RequestVocabulary.DAYS_LEFT));
        }
    }

    private void say(Diagram diagram, ModelElementInstance element, String sentence) {
        mistakes.add(diagram.file(), Diagram.idOf(element), sentence);
    }
}
