package org.smartaccounts.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.PAULA;
import static org.smartaccounts.support.Tasklist.SAM;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.smartaccounts.account.DeclineReason;
import org.smartaccounts.account.EmailAddress;
import org.smartaccounts.account.Members;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.request.ActivationLink;
import org.smartaccounts.request.RequestProcess;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.RequestForm;
import org.smartaccounts.support.Visitor;
import org.springframework.beans.factory.annotation.Autowired;

/** Licensing support forgets somebody who asks for it. */
class ErasureTest extends ApplicationTest {

    private static final String PAGE = "/operations/erase";

    @Autowired
    Erasure erasure;

    @Autowired
    SmartAccounts accounts;

    @Autowired
    Members members;

    @Autowired
    RequestProcess process;

    private final RequestForm form = RequestForm.forNewCustomer();

    @Test
    void whoDeclinedIsForgottenEverywhereAndItIsWrittenDownThatThisWasDone() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        process.decline(new ActivationLink(request, 1), DeclineReason.OTHER, "Call me, Anna of " + form.domain());
        jobs.drain(request);
        Visitor sam = loggedIn(SAM);

        assertThat(look(sam, form.approver()).body())
                .contains("1 request that has ended", "/requests/" + request, "Erase for good")
                .doesNotContain("Erased before");
        HttpResponse<String> done = erase(sam, form.approver(), "CASE-4711");

        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(done.body()).contains("1 request has forgotten the person").doesNotContain(form.approver());
        assertThat(Everywhere.tablesThatSay(form.approver(), database)).isEmpty();
        assertThat(Everywhere.tablesThatSay("Call me, Anna", database)).isEmpty();
        assertThat(look(sam, "ANNA@" + form.domain()).body())
                .contains("There is nothing about this address", "Erased before", "CASE-4711", "by sam");
        assertThat(look(sam, "somebody.else@" + form.domain()).body()).doesNotContain("CASE-4711");
    }

    @Test
    void aSupportCaseIsForgottenOnceItIsClosed() {
        String anna = form.approver();
        supportCase("CASE-900001", "OPEN", anna);
        Visitor sam = loggedIn(SAM);

        assertThat(look(sam, anna).body())
                .contains("1 support case that is open", "CASE-900001")
                .doesNotContain("Erase for good");
        assertThat(erase(sam, anna, "CASE-4714").statusCode()).isEqualTo(409);

        database.sql("UPDATE support_case SET status = 'CLOSED', closed_at = now() WHERE case_number = 'CASE-900001'")
                .update();
        assertThat(look(sam, anna).body()).contains("1 case that is closed");
        assertThat(erase(sam, anna, "CASE-4714").body()).contains("1 support case has forgotten the person");

        assertThat(Everywhere.tablesThatSay(anna, database)).isEmpty();
        assertThat(Everywhere.tablesThatSay("I am Anna", database)).isEmpty();
    }

    private void supportCase(String number, String status, String reporter) {
        database.sql("""
                        INSERT INTO support_case (case_number, form, status, request_named, reporter_email, reporter_id, language, acknowledged, reported_at)
                        VALUES (?, gen_random_uuid(), ?, '', ?, '', 'en', true, now())""").params(number, status, reporter).update();
        database.sql(
                        "INSERT INTO case_message (case_number, author, author_id, written_at, words) VALUES (?, 'REPORTER', '', now(), 'I am Anna')")
                .param(number)
                .update();
    }

    @Test
    void nobodyIsForgottenWhomARequestUnderWayNeeds() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        Visitor sam = loggedIn(SAM);

        assertThat(look(sam, form.approver()).body())
                .contains("What has to be done first", "1 request under way", "Cancel them")
                .doesNotContain("Erase for good");
        HttpResponse<String> refused = erase(sam, form.approver(), "CASE-4711");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("Nothing was erased");
        assertThat(accounts.get(request).details().customerEmail()).isEqualTo(form.approver());
    }

    @Test
    void theAdministratorOfAnActiveAccountStaysAndAnAddedUserLosesAccess() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        process.accept(new ActivationLink(request, 1));
        jobs.drain(request);
        String bruno = "bruno@" + form.domain();
        Visitor sam = loggedIn(SAM);

        assertThat(look(sam, form.approver()).body())
                .contains("with the person as administrator", "It has to be closed first")
                .doesNotContain("Erase for good");
        assertThat(look(sam, bruno).body()).contains("The person loses access");
        assertThat(erase(sam, bruno, "CASE-4712").statusCode()).isEqualTo(200);

        assertThat(Everywhere.tablesThatSay(bruno, database)).isEmpty();
        assertThat(members.of(request))
                .extracting(Members.Member::email)
                .containsExactly(form.approver(), "carla@" + form.domain());
        assertThat(accounts.get(request).details().addedUsers()).containsExactly("carla@" + form.domain());
        assertThat(loggedIn(PAULA).get("/requests/" + request).body())
                .contains("somebody whose address is forgotten")
                .doesNotContain(bruno);
    }

    @Test
    void whoPassedTheDecisionOnIsForgottenWhileItGoesOn() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        String boss = "boss@" + form.domain();
        process.passOn(new ActivationLink(request, 1), boss);
        jobs.drain(request);

        assertThat(erasure.erase(EmailAddress.parse(form.approver()).orElseThrow(), SAM, "CASE-4713"))
                .isPresent();

        assertThat(Everywhere.tablesThatSay(form.approver(), database)).isEmpty();
        assertThat(accounts.get(request).details().customerEmail()).isEqualTo(boss);
        assertThat(process.accept(new ActivationLink(request, 2))).isEqualTo(RequestProcess.Answer.RECORDED);
        jobs.drain(request);
        assertThat(tasklist.instance(request)).isNull();
    }

    @Test
    void whoAskedIsForgottenWhereItHasEndedAndTheRestStays() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        process.decline(new ActivationLink(request, 1), DeclineReason.OTHER, "");
        jobs.drain(request);
        String gone = "gone@" + form.domain();
        database.sql(
                        "UPDATE smart_account SET requester_id = 'gone', requester_name = 'Greta Gone', requester_email = ? "
                                + "WHERE request_number = ?")
                .params(gone, request)
                .update();
        database.sql(
                        "UPDATE timeline_entry SET actor_name = 'gone' WHERE request_number = ? AND actor_role = 'REQUESTER'")
                .param(request)
                .update();

        assertThat(erasure.erase(EmailAddress.parse(gone).orElseThrow(), SAM, "CASE-4714"))
                .isPresent();

        assertThat(Everywhere.tablesThatSay("Greta Gone", database)).isEmpty();
        assertThat(Everywhere.tablesThatSay(gone, database)).isEmpty();
        assertThat(accounts.get(request).details().accountDomain()).isEqualTo(form.domain());
        assertThat(loggedIn(SAM).get("/requests/" + request).body()).contains("by the requester");
    }

    @Test
    void anotherAddressThatContainsItIsAnotherPerson() {
        form.with("userEmails", "joanna@%1$s\nan_a@%1$s".formatted(form.domain()));
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);

        assertThat(erasure.find(EmailAddress.parse("nna@" + form.domain()).orElseThrow())
                        .isEmpty())
                .isTrue();
        assertThat(erasure.find(EmailAddress.parse("an_a@" + form.domain()).orElseThrow())
                        .underWay())
                .containsExactly(request);
        assertThat(erasure.find(EmailAddress.parse("anxa@" + form.domain()).orElseThrow())
                        .isBlocked())
                .isFalse();
    }

    @Test
    void whoeverTypesNonsenseIsToldSoBesideTheField() {
        Visitor sam = loggedIn(SAM);

        assertThat(look(sam, "anna")).satisfies(page -> {
            assertThat(page.statusCode()).isEqualTo(422);
            assertThat(page.body()).contains("aria-describedby=\"addressMistake\"", "This is no mail address");
        });
        assertThat(erase(sam, form.approver(), " "))
                .satisfies(page -> assertThat(page.statusCode()).isEqualTo(422));
        assertThat(erase(sam, form.approver(), "x".repeat(Erasure.MAX_REFERENCE + 1)))
                .satisfies(page -> assertThat(page.statusCode()).isEqualTo(422));
    }

    @Test
    void onlySupportAndAdministratorsCome() {
        assertThat(loggedIn(PAULA).get(PAGE).statusCode()).isEqualTo(403);
        assertThat(loggedIn("aiko").get(PAGE).statusCode()).isEqualTo(403);
        assertThat(loggedIn("admin").get(PAGE).statusCode()).isEqualTo(200);
        assertThat(loggedIn(SAM)
                        .submit(PAGE, Map.of("address", form.approver(), "reference", "x"))
                        .statusCode())
                .as("without a token")
                .isEqualTo(403);
        assertThat(loggedIn(SAM).get("/requests").body()).contains("href=\"/operations/erase\"");
        assertThat(loggedIn(PAULA).get("/requests").body()).doesNotContain("/operations/erase");
    }

    private static HttpResponse<String> look(Visitor visitor, String address) {
        return visitor.submit(PAGE + "/look", Map.of("_csrf", visitor.token(PAGE), "address", address));
    }

    private static HttpResponse<String> erase(Visitor visitor, String address, String reference) {
        return visitor.submit(PAGE, Map.of("_csrf", visitor.token(PAGE), "address", address, "reference", reference));
    }
}
