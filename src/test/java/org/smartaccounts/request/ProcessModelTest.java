package org.smartaccounts.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.datatype.DatatypeFactory;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.ConditionExpression;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.camunda.bpm.model.bpmn.instance.SendTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.TimeDuration;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaFailedJobRetryTimeCycle;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaScript;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.junit.jupiter.api.Test;
import org.smartaccounts.language.Languages;
import org.smartaccounts.support.ApplicationTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.MessageSource;

/** What the engine would not notice before a request comes to it, or not at all. A message names the element. */
class ProcessModelTest extends ApplicationTest {

    private static final Path FILE = Path.of("processes", "smartAccountRequest.bpmn");
    private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
    private static final Pattern BEAN = Pattern.compile("\\$\\{(\\w+)(\\..*)?}");

    @Autowired
    ApplicationContext context;

    @Autowired
    MessageSource messages;

    @Autowired
    Languages languages;

    @Autowired
    RepositoryService repository;

    @Autowired
    FormService forms;

    private final BpmnModelInstance model = Bpmn.readModelFromFile(FILE.toFile());
    private final Process process =
            model.getModelElementsByType(Process.class).iterator().next();

    @Test
    void isNamedAsItsFileAndHasAVersionAndAnEndOfItsHistory() {
        assertThat(process.getId() + ".bpmn").isEqualTo(FILE.getFileName().toString());
        assertThat(process.isExecutable()).isTrue();
        assertThat(process.getCamundaVersionTag()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(process.getCamundaHistoryTimeToLiveString()).startsWith("P");
    }

    @Test
    void everyElementHasASpeakingIdAndAName() {
        for (FlowNode node : all(FlowNode.class)) {
            assertThat(node.getId()).matches("(Activity|Event|Gateway)_[a-z][A-Za-z]+");
            if (node instanceof Activity || node instanceof Event || isQuestion(node)) {
                assertThat(node.getName()).as(node.getId() + " has a name").isNotBlank();
            }
        }
        assertThat(model.getModelElementsByType(ScriptTask.class)).isEmpty();
        assertThat(model.getModelElementsByType(CamundaScript.class)).isEmpty();
    }

    private static boolean isQuestion(FlowNode node) {
        return node instanceof ExclusiveGateway && node.getOutgoing().size() > 1;
    }

    @Test
    void everyElementThatTheCodeKnowsExists() {
        for (String id : Set.of(
                ProcessElements.REVIEW_REQUEST,
                ProcessElements.AWAIT_CUSTOMER,
                ProcessElements.ACTIVATE_SMART_ACCOUNT,
                ProcessElements.CORRECT_CUSTOMER_EMAIL,
                ProcessElements.SEND_ACTIVATION_INSTRUCTIONS,
                ProcessElements.WAIT_EXPIRED,
                ProcessElements.REMINDER_DUE,
                ProcessElements.NEXT_REMINDER)) {
            assertThat(model.<ModelElementInstance>getModelElementById(id))
                    .as(id)
                    .isNotNull();
        }
        assertThat(process.getId()).isEqualTo(ProcessElements.PROCESS);
    }

    @Test
    void everyDelegateExists() {
        Stream.concat(
                        camundaAttributes("delegateExpression"),
                        all(MultiInstanceLoopCharacteristics.class).stream()
                                .map(MultiInstanceLoopCharacteristics::getCamundaCollection))
                .forEach(expression -> {
                    Matcher bean = BEAN.matcher(expression);
                    assertThat(bean.matches()).as(expression).isTrue();
                    assertThat(context.containsBean(bean.group(1)))
                            .as(expression)
                            .isTrue();
                });
        assertThat(camundaAttributes("class")).isEmpty();
        assertThat(camundaAttributes("expression")).isEmpty();
    }

    private Stream<String> camundaAttributes(String name) {
        return all(FlowNode.class).stream()
                .map(node -> node.getAttributeValueNs(CAMUNDA, name))
                .filter(Objects::nonNull);
    }

    @Test
    void everyFormExistsAndIsNamedAsItsFile() throws IOException {
        Set<String> forms = Stream.concat(
                        all(UserTask.class).stream().map(UserTask::getCamundaFormRef),
                        all(StartEvent.class).stream().map(StartEvent::getCamundaFormRef))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        assertThat(all(UserTask.class))
                .allSatisfy(task -> assertThat(task.getCamundaFormRef())
                        .as(task.getId() + " has a form")
                        .isNotNull());
        for (String form : forms) {
            Path file = Path.of("processes", form + ".form");
            assertThat(file).exists();
            assertThat(new ObjectMapper().readTree(file.toFile()).get("id").asText())
                    .isEqualTo(form);
        }
        assertThat(all(UserTask.class))
                .allSatisfy(task -> assertThat(task.getCamundaFormRefBinding())
                        .as(task.getId())
                        .isEqualTo("latest"));
    }

    @Test
    void everyFieldOfAFormIsAVariableThatItsStepTakesOrShows() throws IOException {
        Set<String> review = new HashSet<>(RequestVariables.DETAILS);
        review.addAll(Set.of(
                RequestVariables.REVIEW_DECISION,
                RequestVariables.REQUEST_NUMBER,
                RequestVariables.PROBLEMS,
                RequestVariables.REMARKS,
                RequestVariables.RETURN_REASON));
        Set<String> activation = new HashSet<>(RequestVariables.DETAILS);
        RequestVariables.ACTIVATION.values().forEach(activation::addAll);
        activation.add(RequestVariables.REQUEST_NUMBER);
        Set<String> correction = new HashSet<>(RequestVariables.DETAILS);
        RequestVariables.CORRECTIONS.values().forEach(correction::addAll);
        correction.add(RequestVariables.REQUEST_NUMBER);

        assertThat(RequestVariables.DETAILS).containsAll(fields("requestSmartAccount"));
        assertThat(review).containsAll(fields("reviewRequest"));
        assertThat(activation).containsAll(fields("activateSmartAccount"));
        assertThat(correction).containsAll(fields("correctCustomerEmail"));
    }

    private static List<String> fields(String form) throws IOException {
        List<String> keys = new ObjectMapper()
                .readTree(Path.of("processes", form + ".form").toFile())
                .findValuesAsText("key");
        assertThat(keys).isNotEmpty();
        return keys;
    }

    @Test
    void theFormsOfferEveryLanguageThatThereIs() throws IOException {
        String definition = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(ProcessElements.PROCESS)
                .latestVersion()
                .singleResult()
                .getId();
        try (InputStream form = forms.getDeployedStartForm(definition)) {
            assertThat(new ObjectMapper().readTree(form).findValuesAsText("value"))
                    .containsExactlyElementsOf(
                            languages.all().stream().map(Locale::toLanguageTag).toList());
        }
    }

    @Test
    void everySendTaskNamesATemplateAndAReader() {
        assertThat(all(SendTask.class)).isNotEmpty().allSatisfy(task -> {
            String template = input(task, RequestVariables.EMAIL_TEMPLATE);
            assertThat(Path.of("src/main/resources/templates/email", template + ".html"))
                    .as(task.getId())
                    .exists();
            assertThat(Path.of("src/main/resources/templates/email", template + ".txt"))
                    .as(task.getId())
                    .exists();
            assertThatCode(() -> messages.getMessage("email.%s.subject".formatted(template), null, Locale.ENGLISH))
                    .doesNotThrowAnyException();
            assertThat(input(task, RequestVariables.EMAIL_RECIPIENT))
                    .as(task.getId())
                    .isIn("requester", "approver", "addedUser", "support");
        });
    }

    private static String input(SendTask task, String name) {
        return descendants(task, CamundaInputParameter.class).stream()
                .filter(input -> input.getCamundaName().equals(name))
                .map(ModelElementInstance::getTextContent)
                .collect(Collectors.joining());
    }

    @Test
    void everySendTaskIsASavePointWithRetries() {
        assertThat(all(SendTask.class)).allSatisfy(task -> {
            boolean eachOfMany = descendants(task, MultiInstanceLoopCharacteristics.class).stream()
                    .anyMatch(MultiInstanceLoopCharacteristics::isCamundaAsyncBefore);
            assertThat(task.isCamundaAsyncBefore() || eachOfMany)
                    .as(task.getId() + " is a save point")
                    .isTrue();
            assertThat(descendants(task, CamundaFailedJobRetryTimeCycle.class))
                    .as(task.getId() + " has retries")
                    .extracting(ModelElementInstance::getTextContent)
                    .containsExactly("PT10S,PT1M,PT10M,PT1H");
        });
    }

    @Test
    void theResultOfACheckIsSeenAtOnce() {
        Arrays.asList("Activity_checkRequest", "Activity_createProvisionalAccount", "Activity_activateAccount")
                .forEach(id -> assertThat(((Activity) model.getModelElementById(id)).isCamundaAsyncBefore())
                        .as(id)
                        .isFalse());
    }

    @Test
    void theWaitHasATimerThatEndsIt() {
        FlowNode timer = model.getModelElementById(ProcessElements.WAIT_EXPIRED);
        assertThat(((BaseElement) timer.getParentElement()).getId()).isEqualTo(ProcessElements.AWAIT_CUSTOMER);
        assertThat(descendants(timer, TimeDuration.class)).hasSize(1);
        assertThat(timer.getSucceedingNodes().list())
                .singleElement()
                .satisfies(end ->
                        assertThat(descendants(end, ErrorEventDefinition.class)).hasSize(1));
    }

    @Test
    void whoeverWaitsForAnAddressToBeRefusedIsTold() {
        assertThat(all(BoundaryEvent.class))
                .filteredOn(event -> event.getAttachedTo() instanceof SendTask)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(descendants(event, ErrorEventDefinition.class))
                        .singleElement()
                        .satisfies(error -> assertThat(error.getError().getErrorCode())
                                .isEqualTo(ProcessElements.ADDRESS_REFUSED)));
        assertThat(all(Message.class)).extracting(Message::getName).containsExactly(ProcessElements.CANCEL_REQUEST);
    }

    @Test
    void theRemindersAreCountedInDays() {
        FlowNode event = model.getModelElementById(ProcessElements.REMINDER_DUE);
        assertThat(descendants(event, CamundaProperty.class)).singleElement().satisfies(property -> {
            assertThat(property.getCamundaName()).isEqualTo(Reminders.DAYS_LEFT);
            assertThat(property.getCamundaValue()).matches("\\d+(, *\\d+)*");
        });
    }

    @Test
    void everyBeanOfAConditionExists() {
        assertThat(all(ConditionExpression.class)).isNotEmpty().allSatisfy(condition -> {
            Matcher bean = Pattern.compile("\\$\\{!?(\\w+)\\..*}").matcher(condition.getTextContent());
            assertThat(!bean.matches() || context.containsBean(bean.group(1)))
                    .as(condition.getTextContent())
                    .isTrue();
        });
    }

    @Test
    void nothingWaitsForEver() {
        assertThat(all(UserTask.class)).allSatisfy(task -> {
            String scope = ((BaseElement) task.getParentElement()).getId();
            assertThat(scope.equals(ProcessElements.AWAIT_CUSTOMER)
                            || !interruptingTimers(task.getId()).isEmpty())
                    .as(task.getId() + " has an end")
                    .isTrue();
        });
    }

    private Collection<BoundaryEvent> interruptingTimers(String attachedTo) {
        return all(BoundaryEvent.class).stream()
                .filter(event -> event.getAttachedTo().getId().equals(attachedTo))
                .filter(BoundaryEvent::cancelActivity)
                .filter(event -> !descendants(event, TimeDuration.class).isEmpty())
                .toList();
    }

    @Test
    void everyDurationCanBeRead() {
        // PT90D is none: it deploys, and fails when a request comes to it.
        assertThat(all(TimeDuration.class)).isNotEmpty().allSatisfy(duration -> {
            String text = duration.getTextContent();
            String id = ((BaseElement) duration.getParentElement().getParentElement()).getId();
            assertThatCode(() -> DatatypeFactory.newInstance().newDuration(text))
                    .as(id + ": " + text)
                    .doesNotThrowAnyException();
            assertThat(DatatypeFactory.newInstance().newDuration(text).getSign())
                    .as(id + ": " + text)
                    .isPositive();
        });
    }

    private <T extends ModelElementInstance> Collection<T> all(Class<T> type) {
        return model.getModelElementsByType(type);
    }

    private static <T extends ModelElementInstance> Collection<T> descendants(ModelElementInstance of, Class<T> type) {
        return of.getModelInstance().getModelElementsByType(type).stream()
                .filter(element -> isInside(element, of))
                .toList();
    }

    private static boolean isInside(ModelElementInstance element, ModelElementInstance of) {
        for (ModelElementInstance above = element; above != null; above = above.getParentElement()) {
            if (above.equals(of)) {
                return true;
            }
        }
        return false;
    }
}
