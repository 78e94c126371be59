package org.smartaccounts.operations.cockpit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.smartaccounts.support.Tasklist.PAULA;
import static org.smartaccounts.support.Tasklist.SAM;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.RequestForm;
import org.smartaccounts.support.Visitor;
import org.springframework.beans.factory.annotation.Autowired;

/** What our tabs in Cockpit are told, and who is told what. */
class CockpitControllerTest extends ApplicationTest {

    private static final String INSTRUCTIONS = "Activity_sendActivationInstructions";
    private static final String TABS = "/operations/cockpit";

    @Autowired
    ObjectMapper json;

    @Autowired
    IdentityService identity;

    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService runtime;

    private final RequestForm form = RequestForm.forNewCustomer();

    @Test
    void anAdministratorSeesTheWholeRequest() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);

        JsonNode tab = shown(loggedIn("admin"), instance(request));

        assertThat(tab.path("lead").asText()).isEqualTo(request + ": Pending");
        assertThat(tab.path("address").asText()).isEqualTo("/requests/" + request);
        assertThat(tab.path("withheld").asText()).isEmpty();
        assertThat(tab.path("wrong")).isEmpty();
        assertThat(tab.path("facts").toString())
                .contains("Customer at " + form.domain(), form.approver(), "Paula Romano of Alpine Reseller")
                .contains("90 days left, until ");
        assertThat(tab.path("timeline").findValuesAsText("what"))
                .containsExactly("Request begun", "Sent; the provisional account exists");
        assertThat(tab.path("emails").findValuesAsText("to"))
                .containsExactlyInAnyOrder("paula@alpine-reseller.example", form.approver());
        assertThat(tab.path("emails").findValuesAsText("delivery")).containsOnly("Accepted by the mail server");
    }

    @Test
    void anAnalystSeesWhereItStandsAndNotWhoItIsAbout() {
        String request = tasklist.submit(PAULA, form);
        jobs.run(request, "Activity_sendRequestReceipt");
        relay.refuse(form.approver(), "450 4.2.1 <%s>: busy".formatted(form.approver()));
        fail(request);

        JsonNode tab = shown(loggedIn("aiko"), instance(request));

        assertThat(tab.path("lead").asText()).isEqualTo(request + ": Pending");
        assertThat(tab.path("withheld").asText()).contains("left out");
        assertThat(tab.path("address").isNull()).isTrue();
        assertThat(tab.path("wrong").get(0).path("what").asText())
                .startsWith("The mail server does not take the email now.");
        assertThat(tab.path("timeline").findValuesAsText("by")).contains("by the requester, or a colleague");
        assertThat(tab.path("emails").findValuesAsText("delivery")).anyMatch(words -> words.contains("tried once"));
        assertThat(tab.toString()).doesNotContain(form.domain(), "Paula", "paula", "4.2.1", "Exception");
    }

    @Test
    void anAnalystWhoIsAlsoOfTheRequestersCompanyOrOfSupportSeesAll() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        for (String group : List.of("alpine-reseller", "licensing-support")) {
            identity.createMembership("aiko", group);
            try {
                assertThat(shown(loggedIn("aiko"), instance(request)).toString())
                        .contains(form.approver());
            } finally {
                identity.deleteMembership("aiko", group);
            }
        }
    }

    @Test
    void whatHasFailedIsOnTopForTheInstanceForTheProcessAndAtItsIncident() {
        String request = tasklist.submit(PAULA, form);
        relay.goDown();
        try {
            for (int tries = 1; tries <= 5; tries++) {
                fail(request);
            }
        } finally {
            relay.comeBack();
        }
        String instance = instance(request);
        String definition = Objects.requireNonNull(tasklist.instance(request)).getProcessDefinitionId();
        String incident = runtime.createIncidentQuery()
                .processInstanceId(instance)
                .singleResult()
                .getId();
        for (String person : List.of("admin", "aiko")) {
            Visitor visitor = loggedIn(person);
            JsonNode wrong = shown(visitor, instance).path("wrong").get(0);
            assertThat(wrong.path("stopped").asBoolean()).isTrue();
            assertThat(wrong.path("what").asText()).startsWith("The mail server refused the connection.");
            assertThat(read(visitor.get(TABS + "/incidents/" + incident)).path("what"))
                    .isEqualTo(wrong.path("what"));
            JsonNode outcomes = read(visitor.get(TABS + "/definitions/" + definition + "/outcomes"));
            assertThat(outcomes.path("wrong").findValuesAsText("where")).contains("Send activation instructions");
            assertThat(outcomes.path("counts").findValuesAsText("name"))
                    .contains("In review", "Pending", "Active", "Declined", "Expired", "Canceled");
            assertThat(outcomes.path("times").asText()).isNotEmpty();
            assertThat(outcomes.toString()).doesNotContain(form.domain());
            assertThat(read(visitor.get(TABS + "/wrong")).findValuesAsText("where"))
                    .contains("Send activation instructions");
        }
    }

    @Test
    void whatIsNotAboutARequestSaysSo() {
        Deployment deployment =
                repository.createDeployment().addString("other.bpmn", """
                        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="x">
                          <process id="somethingElse" isExecutable="true" camunda:historyTimeToLive="P1D">
                            <startEvent id="start"/><sequenceFlow id="flow" sourceRef="start" targetRef="wait"/><userTask id="wait"/>
                          </process>
                        </definitions>""").deploy();
        try {
            ProcessInstance other = runtime.startProcessInstanceByKey("somethingElse", "no number");
            Visitor admin = loggedIn("admin");

            JsonNode tab = shown(admin, other.getId());
            assertThat(tab.path("lead").asText()).isEqualTo("This instance is not about a Smart Account request.");
            assertThat(tab.path("facts")).isEmpty();
            JsonNode outcomes = read(admin.get(TABS + "/definitions/" + other.getProcessDefinitionId() + "/outcomes"));
            assertThat(outcomes.path("lead").asText()).contains("another process");
            assertThat(outcomes.path("counts")).isEmpty();
        } finally {
            repository.deleteDeployment(deployment.getId(), true);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PAULA, SAM, "ingo"})
    void whoeverCannotOpenCockpitIsToldNothing(String person) {
        String request = tasklist.submit(PAULA, form);

        HttpResponse<String> answer = loggedIn(person).get(TABS + "/instances/" + instance(request));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(read(answer).path("message").asText()).isEqualTo("This is not open to your group.");
    }

    @Test
    void whoeverIsNotLoggedInIsToldSoInJson() {
        HttpResponse<String> answer = new Visitor(url).get(TABS + "/words");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(read(answer).path("message").asText()).isEqualTo("Please log in.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/instances/none", "/instances/%00", "/definitions/none/outcomes", "/incidents/none"})
    void whatDoesNotExistIsSaidInWords(String path) {
        HttpResponse<String> answer = loggedIn("admin").get(TABS + path);

        assertThat(answer.statusCode()).isIn(400, 404);
        if (!path.contains("%")) {
            assertThat(read(answer).path("message").asText()).startsWith("There is nothing to show.");
        }
    }

    @Test
    void aTimeZoneThatNobodyKnowsDoesNoHarm() {
        String request = tasklist.submit(PAULA, form);

        HttpResponse<String> answer =
                loggedIn("admin").get(TABS + "/instances/" + instance(request) + "?zone=%3Cb%3EMoon");

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void whoeverIsWokenAtNightFindsOutInTheHealthWhereToBegin() {
        assertThat(loggedIn("admin").get("/actuator/health").body())
                .contains("/camunda/app/cockpit/default/#/processes says on top what is wrong");
        assertThat(loggedIn(PAULA).get("/actuator/health").body()).doesNotContain("cockpit");
    }

    private void fail(String request) {
        assertThatThrownBy(() -> jobs.run(request, INSTRUCTIONS)).isInstanceOf(RuntimeException.class);
    }

    private String instance(String request) {
        return Objects.requireNonNull(tasklist.instance(request)).getId();
    }

    private JsonNode shown(Visitor visitor, String instance) {
        HttpResponse<String> answer = visitor.get(TABS + "/instances/" + instance);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(cache -> assertThat(cache).contains("no-store"));
        return read(answer);
    }

    private JsonNode read(HttpResponse<String> answer) {
        try {
            return json.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer.body(), e);
        }
    }
}
