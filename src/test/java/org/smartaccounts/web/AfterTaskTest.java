package org.smartaccounts.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.NINA;
import static org.smartaccounts.support.Tasklist.PAULA;
import static org.smartaccounts.support.Tasklist.PEDRO;
import static org.smartaccounts.support.Tasklist.SAM;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.smartaccounts.request.ProcessElements;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.RequestForm;
import org.smartaccounts.support.Visitor;

/** What Tasklist shows of ours after a task was completed in it, and the way from there to the other pages. */
class AfterTaskTest extends ApplicationTest {

    private static final String SUBMIT = """
            {"variables": {"reviewDecision": {"value": "submit"}}}""";

    private final RequestForm form = RequestForm.forNewCustomer();

    @Test
    void whoHasSubmittedReadsThatTheAccountIsProvisionalAndSoonUntilWhen() {
        String request = tasklist.request(PAULA, form);
        String review = task(request, ProcessElements.REVIEW_REQUEST);
        Visitor paula = loggedIn(PAULA);
        assertThat(afterTask(paula, review).statusCode()).isEqualTo(204);

        assertThat(paula.call(
                                "POST",
                                "/camunda/api/engine/engine/default/task/%s/submit-form".formatted(review),
                                SUBMIT)
                        .statusCode())
                .isEqualTo(204);

        HttpResponse<String> notice = afterTask(paula, review);
        assertThat(notice.statusCode()).isEqualTo(200);
        assertThat(notice.body())
                .contains(
                        "Smart Account Request Complete",
                        "Request number " + request,
                        "A provisional Smart Account has been created for Customer at " + form.domain(),
                        form.approver() + " has to accept it",
                        "time begins when the email",
                        "data-undated=\"true\"",
                        "href=\"/requests/%s\"".formatted(request));

        jobs.drain(request);
        assertThat(afterTask(paula, review).body())
                .contains("Smart Account Request Complete", "The customer can decide until ", " UTC")
                .doesNotContain("data-undated", "time begins when");
    }

    @Test
    void whatLicensingSupportLooksAtFirstIsNotCalledComplete() {
        String request = tasklist.request(
                PAULA,
                form.with("customerEmail", "anna@holding-of-" + form.domain())
                        .with("justification", "The holding decides for all its companies."));
        String review = task(request, ProcessElements.REVIEW_REQUEST);
        tasklist.review(PAULA, request, Map.of("reviewDecision", "submit"));

        assertThat(afterTask(loggedIn(PAULA), review).body())
                .contains(
                        "Sent to licensing support",
                        "Request number " + request,
                        "looks at its domain " + form.domain())
                .doesNotContain("Complete", "data-undated", "can decide until");

        String approval = task(request, ProcessElements.APPROVE_ACCOUNT_DOMAIN);
        tasklist.approve(SAM, request, Map.of("domainDecision", "approve"));
        assertThat(afterTask(loggedIn(SAM), approval).statusCode()).isEqualTo(204);
    }

    @Test
    void thereIsNothingToTellOfAReviewThatGoesOnOrHasEnded() {
        String taken = tasklist.submit(PAULA, form);
        String request = tasklist.request(PAULA, form);
        String first = task(request, ProcessElements.REVIEW_REQUEST);
        tasklist.review(PAULA, request, Map.of("reviewDecision", "change"));
        String second = task(request, ProcessElements.REVIEW_REQUEST);
        tasklist.review(PAULA, request, Map.of("reviewDecision", "withdraw"));
        Visitor paula = loggedIn(PAULA);

        assertThat(taken).isNotEqualTo(request);
        assertThat(first).isNotEqualTo(second);
        assertThat(afterTask(paula, first).statusCode()).isEqualTo(204);
        assertThat(afterTask(paula, second).statusCode()).isEqualTo(204);
    }

    @Test
    void aColleagueAndSupportMayKnowAndAnotherCompanyDoesNotLearnWhichTasksThereAre() {
        String request = tasklist.request(PAULA, form);
        String review = task(request, ProcessElements.REVIEW_REQUEST);
        tasklist.review(PAULA, request, Map.of("reviewDecision", "submit"));

        assertThat(afterTask(loggedIn(PEDRO), review).body()).contains(request);
        assertThat(afterTask(loggedIn(SAM), review).body()).contains(request);
        Visitor nina = loggedIn(NINA);
        HttpResponse<String> refused = afterTask(nina, review);
        HttpResponse<String> unknown = afterTask(nina, "6e4e5f4c-0000-0000-0000-000000000000");
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(withoutTimeAndPlace(refused)).isEqualTo(withoutTimeAndPlace(unknown));
        assertThat(afterTask(new Visitor(url), review).statusCode()).isEqualTo(302);
        assertThat(afterTask(loggedIn("aiko"), review).statusCode()).isEqualTo(403);
    }

    @Test
    void theMenuOfTasklistLeadsToOurPagesInTheReadersLanguage() {
        Visitor paula = loggedIn(PAULA);

        assertThat(paula.get("/requests/tasklist-menu").body())
                .contains("lang=\"en\"", "href=\"/requests\">Requests<", "href=\"/help\">Help<");
        assertThat(paula.send(HttpRequest.newBuilder(paula.at("/requests/tasklist-menu"))
                                .header("Accept-Language", "ja"))
                        .body())
                .contains("lang=\"ja\"");
        assertThat(paula.get("/camunda/app/tasklist/scripts/config.js").body()).contains("\"../../../tasklist\"");
        assertThat(paula.get("/tasklist.js").body()).contains("/requests/tasklist-menu", "/requests/after-task/");
    }

    private static String withoutTimeAndPlace(HttpResponse<String> answer) {
        return answer.body().replaceAll("\"(timestamp|path)\":\"[^\"]*\"", "");
    }

    private String task(String request, String activity) {
        return tasklist.task(request, activity).getId();
    }

    private static HttpResponse<String> afterTask(Visitor visitor, String task) {
        return visitor.get("/requests/after-task/" + task);
    }
}
