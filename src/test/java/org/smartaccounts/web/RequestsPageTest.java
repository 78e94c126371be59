package org.smartaccounts.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.NINA;
import static org.smartaccounts.support.Tasklist.PAULA;
import static org.smartaccounts.support.Tasklist.PEDRO;
import static org.smartaccounts.support.Tasklist.SAM;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.Timeline;
import org.smartaccounts.account.TimelineEntry;
import org.smartaccounts.request.ProcessElements;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.RequestForm;
import org.smartaccounts.support.Visitor;
import org.springframework.beans.factory.annotation.Autowired;

/** What waits in the list of requests: the people of a company see theirs, and take over what waits for a colleague. */
class RequestsPageTest extends ApplicationTest {

    @Autowired
    Timeline timeline;

    private final RequestForm form = RequestForm.forNewCustomer();

    @Test
    void aColleagueTakesOverAndSubmitsInTheirOwnName() {
        String request = tasklist.request(PAULA, form);
        Visitor pedro = loggedIn(PEDRO);
        assertThat(pedro.get("/requests?scope=company").body()).contains(form.domain(), "Waits for Paula Romano");

        HttpResponse<String> taken = takeOver(pedro, request);

        String task = tasklist.task(request, ProcessElements.REVIEW_REQUEST).getId();
        assertThat(taken.headers().firstValue("Location").orElseThrow()).endsWith("/#/?task=" + task);
        assertThat(tasklist.requestsSeenBy(PEDRO)).contains(request);
        assertThat(pedro.call("GET", "/camunda/api/engine/engine/default/task/%s/form-variables".formatted(task), "")
                        .body())
                .contains(form.domain());

        tasklist.review(PEDRO, request, Map.of("reviewDecision", "submit"));

        assertThat(timeline.of(request))
                .filteredOn(entry -> entry.status() == AccountStatus.PENDING)
                .extracting(TimelineEntry::actor)
                .containsExactly(Actor.requester(PEDRO));
    }

    @Test
    void whoGaveItAwayCannotSubmitItAnyMore() {
        String request = tasklist.request(PAULA, form);
        takeOver(loggedIn(PEDRO), request);
        Visitor paula = loggedIn(PAULA);

        HttpResponse<String> refused = paula.call(
                "POST",
                "/camunda/api/engine/engine/default/task/%s/submit-form"
                        .formatted(tasklist.task(request, ProcessElements.REVIEW_REQUEST)
                                .getId()),
                """
                {"variables": {"reviewDecision": {"value": "submit"}}}""");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(tasklist.task(request, ProcessElements.REVIEW_REQUEST).getAssignee())
                .isEqualTo(PEDRO);
    }

    @Test
    void anotherCompanySeesNothingAndTakesNothing() {
        String request = tasklist.request(PAULA, form);
        Visitor nina = loggedIn(NINA);

        assertThat(nina.get("/requests?scope=company").body()).doesNotContain(form.domain(), request);
        HttpResponse<String> refused = takeOver(nina, request);
        HttpResponse<String> unknown = takeOver(nina, "SAR-999999999");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("Only the requester of " + request).doesNotContain(form.domain());
        assertThat(unknown.body().replace("SAR-999999999", request))
                .as("Nobody learns which numbers there are")
                .contains("Only the requester of " + request);
        assertThat(tasklist.task(request, ProcessElements.REVIEW_REQUEST).getAssignee())
                .isEqualTo(PAULA);
    }

    @Test
    void supportSeesAllOfThemAndTakesOverToo() {
        String request = tasklist.request(PAULA, form);
        Visitor sam = loggedIn(SAM);

        assertThat(sam.get("/requests").body()).contains(form.domain());
        assertThat(takeOver(sam, request).statusCode()).isEqualTo(302);
        assertThat(tasklist.task(request, ProcessElements.REVIEW_REQUEST).getAssignee())
                .isEqualTo(SAM);
    }

    @Test
    void whatWaitsForNobodyThereCannotBeTakenOver() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);

        HttpResponse<String> refused = takeOver(loggedIn(PEDRO), request);

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("Nothing of request " + request + " waits", "days left");
    }

    private HttpResponse<String> takeOver(Visitor visitor, String request) {
        return visitor.submit("/requests/%s/take-over".formatted(request), Map.of("_csrf", visitor.token("/logout")));
    }
}
