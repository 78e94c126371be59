package org.smartaccounts.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.smartaccounts.support.Tasklist.SAM;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.smartaccounts.development.Mailbox.Received;
import org.smartaccounts.email.EmailLedger;
import org.smartaccounts.email.LedgerEntry;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** Every way a support case can go, on the diagram as it is: this class takes each path of it at least once. */
class SupportCaseTest extends ApplicationTest {

    private static final String TASK = "Activity_answerSupportCase";
    private static final AtomicInteger REPORTERS = new AtomicInteger();

    @Autowired
    TaskService tasks;

    @Autowired
    FormService forms;

    @Autowired
    RuntimeService runtime;

    @Autowired
    EmailLedger ledger;

    @Value("${SUPPORT_EMAIL}")
    String support = "";

    /** Nobody else's. */
    private final String reporter = "rita.%d@reporter.example".formatted(REPORTERS.incrementAndGet());

    @AfterAll
    static void everyPathIsTaken() {
        PathsTaken.shouldBeAll();
    }

    @Test
    void aCaseIsAcknowledgedAnsweredReopenedByAReplyAnsweredAgainAndClosedWhenNobodyReplies() {
        String number = report("The button does nothing.");
        jobs.run(number, "Activity_confirmReceipt");
        assertThat(mailbox.only(number, reporter).subject()).isEqualTo("We have received your message (%s)", number);
        assertThat(shown(number, "caseMessage")).isEqualTo("The button does nothing.");
        assertThat(shown(number, "caseReporter")).isEqualTo(reporter);
        assertThat(shown(number, "caseThread")).isEmpty();

        answer(number, "Please try another browser.");
        assertThat(statusOf(number)).isEqualTo("ANSWERED");
        jobs.run(number, "Activity_sendAnswer");
        Received first = lastTo(reporter, number);
        assertThat(first.text())
                .contains("Please try another browser.", "The button does nothing.", "you can reply until");

        Visitor visitor = new Visitor(url);
        String page = caseLink(first);
        assertThat(visitor.get(page).body())
                .contains("Please try another browser.", "The button does nothing.", "Send the reply");
        ReportForm reply = ReportForm.at(visitor, page, clock).with("words", "It does not help.");
        assertThat(reply.send().statusCode()).isEqualTo(303);
        assertThat(statusOf(number)).isEqualTo("OPEN");
        assertThat(visitor.get(page).body()).contains("It does not help.").doesNotContain("Send the reply");
        assertThat(shown(number, "caseMessage")).isEqualTo("It does not help.");
        assertThat(shown(number, "caseThread")).contains("The button does nothing.", "Please try another browser.");
        assertThat(shown(number, "caseAnswer")).isEqualTo("null");

        answer(number, "Then we mend it.");
        jobs.run(number, "Activity_sendAnswer");
        assertThat(lastTo(reporter, number).text()).contains("Then we mend it.", "It does not help.");
        assertThat(mailbox.about(number, reporter))
                .extracting(Received::template)
                .containsExactly("caseReceived", "caseAnswered", "caseAnswered");

        Instant end = jobs.only(number, "Event_replyTimePassed").getDuedate().toInstant();
        clock.travelTo(end.plusSeconds(5));
        jobs.run(number, "Event_replyTimePassed");
        assertEnded(number);
        assertThat(visitor.get(page).body()).contains("This case is closed").doesNotContain("Send the reply");
        ReportForm late = reply.with("words", "One more thing.");
        assertThat(late.send().statusCode()).isEqualTo(422);
        assertThat(ledger.of(number)).extracting(LedgerEntry::state).containsOnly(LedgerEntry.State.SENT);
    }

    @Test
    void theTimeToReplyIsWhatTheAnswerSays() {
        String number = report("A problem.");
        answer(number, "An answer.");
        jobs.run(number, "Activity_sendAnswer");

        Instant end = jobs.only(number, "Event_replyTimePassed").getDuedate().toInstant();
        String day = DateTimeFormatter.ofPattern("MMMM d, yyyy", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC)
                .format(end);
        assertThat(lastTo(reporter, number).text()).contains("you can reply until " + day);
    }

    @Test
    void supportClosesACaseWithoutAnAnswer() {
        String number = report("Buy watches!");

        decide(SAM, number, Map.of("caseDecision", "close"));

        assertThat(statusOf(number)).isEqualTo("CLOSED");
        jobs.run(number, "Activity_confirmReceipt");
        assertEnded(number);
        assertThat(mailbox.about(number)).extracting(Received::template).containsExactly("caseReceived");
    }

    @Test
    void supportIsRemindedAndInTheEndTheReporterIsToldThatNobodyHasAnswered() {
        String number = report("Is anybody there?");
        jobs.run(number, "Activity_confirmReceipt");

        travelTo(number, "Event_answerDue");
        jobs.run(number, "Event_answerDue");
        jobs.run(number, "Activity_remindSupport");
        assertThat(mailbox.only(number, support).text()).contains("Is anybody there?", "/camunda/app/tasklist/");

        travelTo(number, "Event_answerOverdue");
        jobs.run(number, "Event_answerOverdue");
        assertThat(statusOf(number)).isEqualTo("CLOSED");
        jobs.run(number, "Activity_apologise");
        assertThat(lastTo(reporter, number).template()).isEqualTo("caseUnanswered");
        assertEnded(number);
    }

    @Test
    void whoeverAnswersBeforeTheReminderIsSentIsNotReminded() {
        String number = report("A problem.");
        travelTo(number, "Event_answerDue");
        jobs.run(number, "Event_answerDue");
        answer(number, "An answer.");

        jobs.run(number, "Activity_remindSupport");

        assertThat(mailbox.about(number, support)).isEmpty();
    }

    @Test
    void anAnswerThatReachesNobodyComesBackToSupport() {
        String number = report("A problem.");
        relay.refuse(reporter, "550 5.1.1 No such user here");
        answer(number, "An answer.");

        jobs.run(number, "Activity_sendAnswer");

        assertThat(statusOf(number)).isEqualTo("OPEN");
        assertThat(shown(number, "caseMessage")).isEqualTo("A problem.");
        assertThat(shown(number, "caseThread"))
                .contains("An answer.", "did not reach the reporter", "No such user here");
        relay.allow(reporter);
        decide(SAM, number, Map.of("caseDecision", "close"));
        assertThat(statusOf(number)).isEqualTo("CLOSED");
    }

    @Test
    void anAnswerThatNoMailServerTakesIsGivenUpAndCanBeSentAfterAll() {
        String number = report("A problem.");
        answer(number, "An answer.");
        relay.refuse(reporter, "450 4.2.1 Try again later");
        while (jobs.only(number, "Activity_sendAnswer").getRetries() > 0) {
            assertThat(lastEmail(number)).isEqualTo(LedgerEntry.State.WAITING);
            jobs.runAndLog(number, "Activity_sendAnswer");
        }
        assertThat(lastEmail(number)).isEqualTo(LedgerEntry.State.FAILED);

        relay.allow(reporter);
        jobs.run(number, "Activity_sendAnswer");
        assertThat(lastEmail(number)).isEqualTo(LedgerEntry.State.SENT);
    }

    private LedgerEntry.State lastEmail(String number) {
        List<LedgerEntry> all = ledger.of(number);
        return all.get(all.size() - 1).state();
    }

    @Test
    void anAddressIsWrittenToThreeTimesADayAndNotOnceMore() {
        for (int i = 0; i < 3; i++) {
            jobs.run(report("Once more."), "Activity_confirmReceipt");
        }

        Visitor visitor = new Visitor(url);
        String fourth = form(visitor, "And again.")
                .with("email", reporter.toUpperCase(Locale.ROOT))
                .report();

        assertThat(jobs.at(fourth, "Activity_confirmReceipt")).isEmpty();
        assertThat(tasklist.task(fourth, TASK)).isNotNull();
        travelTo(fourth, "Event_answerOverdue");
        jobs.run(fourth, "Event_answerOverdue");
        jobs.run(fourth, "Activity_apologise");
        assertThat(mailbox.about(fourth)).isEmpty();
    }

    @Test
    void aReplyBeforeTheAnswerIsSentIsKeptForLater() {
        String number = report("A problem.");
        answer(number, "An answer.");
        jobs.run(number, "Activity_sendAnswer");
        Visitor visitor = new Visitor(url);
        String page = caseLink(lastTo(reporter, number));
        ReportForm.at(visitor, page, clock).with("words", "No.").send();
        answer(number, "Another answer.");

        // The mail server is slow: the second answer is recorded, but not on its way yet.
        var answer = ReportForm.at(visitor, page, clock)
                .with("words", "I know already.")
                .send();

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("still on its way", ">I know already.</textarea>");
    }

    @Test
    void onlyLicensingSupportDecides() {
        String number = report("A problem.");
        String task = tasklist.task(number, TASK).getId();

        assertThatThrownBy(() -> decide("admin", number, Map.of("caseDecision", "close")))
                .hasMessageContaining("Only licensing support");
        assertThatThrownBy(() -> decide(SAM, number, Map.of())).hasMessageContaining("Please choose");
        assertThatThrownBy(() -> decide(SAM, number, Map.of("caseDecision", "answer", "caseAnswer", " ")))
                .hasMessageContaining("Please write an answer");
        assertThatThrownBy(() -> decide(SAM, number, Map.of("caseDecision", "answer", "caseAnswer", "x".repeat(5000))))
                .hasMessageContaining("Please write an answer");
        assertThatThrownBy(() -> tasklist.as("admin", () -> runtime.startProcessInstanceByKey("supportCase")))
                .hasMessageContaining("begins on the page");
        assertThatThrownBy(() -> tasklist.as("admin", () -> runtime.startProcessInstanceByKey("supportCase", number)))
                .hasMessageContaining("begins on the page");
        assertThat(tasks.getVariables(task)).doesNotContainKey("caseAnswer");

        decide(SAM, number, Map.of("caseDecision", "close", "caseNumber", "CASE-000000", "evil", "x"));
        assertThat(statusOf(number)).isEqualTo("CLOSED");
    }

    @Test
    void aCaseThatIsDeletedIsClosed() {
        String number = report("A problem.");

        runtime.deleteProcessInstance(tasklist.task(number, TASK).getProcessInstanceId(), "A test");

        assertThat(statusOf(number)).isEqualTo("CLOSED");
        assertThat(ledger.of(number)).extracting(LedgerEntry::state).containsOnly(LedgerEntry.State.DROPPED);
    }

    private String report(String words) {
        return form(new Visitor(url), words).report();
    }

    private ReportForm form(Visitor visitor, String words) {
        return ReportForm.at(visitor, "/report", clock).with("words", words).with("email", reporter);
    }

    private void answer(String number, String words) {
        decide(SAM, number, Map.of("caseDecision", "answer", "caseAnswer", words));
    }

    private void decide(String user, String number, Map<String, Object> form) {
        Task task = tasklist.task(number, TASK);
        tasklist.as(user, () -> forms.submitTaskForm(task.getId(), form));
    }

    private String shown(String number, String variable) {
        return String.valueOf(tasks.getVariable(tasklist.task(number, TASK).getId(), variable));
    }

    private Received lastTo(String address, String number) {
        List<Received> all = mailbox.about(number, address);
        return all.get(all.size() - 1);
    }

    private String caseLink(Received email) {
        Matcher link = Pattern.compile("https?://[^/\\s]+(/case/\\S+)").matcher(email.text());
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    private void travelTo(String number, String timer) {
        clock.travelTo(jobs.only(number, timer).getDuedate().toInstant().plus(Duration.ofSeconds(5)));
    }

    private String statusOf(String number) {
        return database.sql("SELECT status FROM support_case WHERE case_number = ?")
                .param(number)
                .query(String.class)
                .single();
    }

    private void assertEnded(String number) {
        assertThat(tasklist.instance(number)).isNull();
        assertThat(statusOf(number)).isEqualTo("CLOSED");
    }
}
