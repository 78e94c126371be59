package org.smartaccounts.support;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import javax.xml.datatype.DatatypeConfigurationException;
import javax.xml.datatype.DatatypeFactory;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.TimeDuration;
import org.smartaccounts.email.Email;
import org.smartaccounts.email.EmailKey;
import org.smartaccounts.email.EmailNotAcceptedException;
import org.smartaccounts.email.Mailer;
import org.smartaccounts.email.RecipientRefusedException;
import org.smartaccounts.language.Languages;
import org.smartaccounts.link.Signatures;
import org.smartaccounts.link.Signatures.Purpose;
import org.smartaccounts.process.DiagramVocabulary;
import org.smartaccounts.support.SupportCase.Status;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Sends the email about a case that the diagram names: its inputs are {@code emailTemplate} and {@code emailRecipient} ({@code reporter} or
 * {@code support}). Where the diagram waits for the error {@code addressRefused}, it says what happens when the mail server refuses the
 * reporter's address for good; elsewhere the ledger knows.
 */
@Component
class SendCaseEmailDelegate implements JavaDelegate {

    private final SupportCases cases;
    private final CaseEmails emails;
    private final Mailer mailer;
    private final ManagementService management;
    private final Languages languages;
    private final Signatures signatures;
    private final Clock clock;
    private final String publicUrl;

    SendCaseEmailDelegate(
            SupportCases cases,
            CaseEmails emails,
            Mailer mailer,
            ManagementService management,
            Languages languages,
            Signatures signatures,
            Clock clock,
            @Value("${smart-accounts.activation.public-url}") String publicUrl) {
        this.cases = cases;
        this.emails = emails;
        this.mailer = mailer;
        this.management = management;
        this.languages = languages;
        this.signatures = signatures;
        this.clock = clock;
        this.publicUrl = StringUtils.trimTrailingCharacter(publicUrl, '/');
    }

    @Override
    public void execute(DelegateExecution execution) {
        SupportCase supportCase = cases.get(execution.getProcessBusinessKey());
        String template = CaseVariables.text(execution, DiagramVocabulary.EMAIL_TEMPLATE);
        String recipient = CaseVariables.text(execution, DiagramVocabulary.EMAIL_RECIPIENT);
        if (isNeedless(supportCase, template)) {
            return;
        }
        EmailKey key = emails.key(supportCase, template, recipient);
        Locale language = recipient.equals(CaseEmails.REPORTER)
                ? languages.orOriginal(supportCase.language().toLanguageTag())
                : Languages.ORIGINAL;
        Map<String, Object> facts = facts(supportCase, execution);
        facts.put("reader", recipient);
        try {
            mailer.send(new Email(key, language, facts), emails.occurrence(supportCase, template));
        } catch (RecipientRefusedException e) {
            if (isCaught(execution)) {
                cases.reopen(supportCase.number());
                throw new BpmnError(CaseElements.ADDRESS_REFUSED, e.answer());
            }
        } catch (EmailNotAcceptedException e) {
            if (isLastTry(execution)) {
                mailer.giveUp(key);
            }
            throw e;
        }
    }

    /** Afterwards the engine tells the administrators, and tries no more by itself. */
    private boolean isLastTry(DelegateExecution execution) {
        return management
                .createJobQuery()
                .processInstanceId(execution.getProcessInstanceId())
                .activityId(execution.getCurrentActivityId())
                .list()
                .stream()
                .allMatch(job -> job.getRetries() <= 1);
    }

    /** Meanwhile support has answered; and whoever was never told that the case has arrived need not hear of its end. */
    private boolean isNeedless(SupportCase supportCase, String template) {
        return switch (template) {
            case CaseEmails.OVERDUE -> supportCase.status() != Status.OPEN;
            case CaseEmails.UNANSWERED -> !supportCase.acknowledged() && cases.turn(supportCase.number()) == 0;
            default -> false;
        };
    }

    private static boolean isCaught(DelegateExecution execution) {
        return execution.getBpmnModelInstance().getModelElementsByType(BoundaryEvent.class).stream()
                .filter(event -> event.getAttachedTo().getId().equals(execution.getCurrentActivityId()))
                .flatMap(event -> event.getEventDefinitions().stream())
                .anyMatch(ErrorEventDefinition.class::isInstance);
    }

    private Map<String, Object> facts(SupportCase supportCase, DelegateExecution execution) {
        List<CaseMessage> thread = cases.thread(supportCase.number());
        Map<String, Object> facts = new HashMap<>();
        facts.put("caseNumber", supportCase.number());
        facts.put("reportedAt", supportCase.reportedAt());
        facts.put("words", last(thread, false));
        facts.put("answer", last(thread, true));
        facts.put("replyUntil", (Supplier<Object>) () -> replyUntil(execution));
        facts.put("caseLink", publicUrl + "/case/" + signatures.token(Purpose.CASE, supportCase.number()));
        return facts;
    }

    private static String last(List<CaseMessage> thread, boolean fromSupport) {
        return thread.stream()
                .filter(message -> message.isFromSupport() == fromSupport)
                .map(CaseMessage::words)
                .reduce((one, next) -> next)
                .orElse("");
    }

    /** The time to reply begins a moment after the answer was sent; how long it is, stands in the diagram alone. */
    private Instant replyUntil(DelegateExecution execution) {
        CatchEvent timer = execution.getBpmnModelInstance().getModelElementById(CaseElements.REPLY_TIME_PASSED);
        String duration = timer.getEventDefinitions().stream()
                .flatMap(definition -> definition.getChildElementsByType(TimeDuration.class).stream())
                .map(TimeDuration::getTextContent)
                .findFirst()
                .orElse("");
        try {
            Date end = Date.from(clock.instant());
            DatatypeFactory.newInstance().newDuration(duration.strip()).addTo(end);
            return end.toInstant();
        } catch (IllegalArgumentException | DatatypeConfigurationException e) {
            throw new IllegalStateException(
                    "%s has no duration that can be read: '%s'".formatted(CaseElements.REPLY_TIME_PASSED, duration), e);
        }
    }
}
