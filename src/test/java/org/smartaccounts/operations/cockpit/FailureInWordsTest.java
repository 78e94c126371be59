package org.smartaccounts.operations.cockpit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.smartaccounts.support.Tasklist.PAULA;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.smartaccounts.operations.cockpit.FailureInWords.Failure;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.Releases;
import org.smartaccounts.support.RequestForm;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** What really fails, on the real engine, is said in words that somebody understands who has just been woken up. */
class FailureInWordsTest extends ApplicationTest {

    private static final String INSTRUCTIONS = "Activity_sendActivationInstructions";
    private static final String RECEIPT = "Activity_sendRequestReceipt";

    @Autowired
    FailedSteps failedSteps;

    @Autowired
    FailureInWords failures;

    @Autowired
    ManagementService management;

    @Autowired
    Releases releases;

    @Autowired
    MessageSource texts;

    @Autowired
    JavaMailSenderImpl mailSettings;

    private final RequestForm form = RequestForm.forNewCustomer();

    @AfterEach
    void takeAway() {
        releases.takeAway();
    }

    @Test
    void aMailServerThatIsDownIsNamedUntilItIsBack() {
        String request = tasklist.submit(PAULA, form);
        relay.goDown();
        try {
            fail(request, INSTRUCTIONS);
            assertThat(wrong(request)).singleElement().satisfies(failure -> {
                assertThat(failure.where()).isEqualTo("Send activation instructions");
                assertThat(failure.what())
                        .startsWith("The mail server refused the connection. It will be tried again at ")
                        .endsWith(".");
                assertThat(failure.toDo()).contains("MAIL_HOST and MAIL_PORT");
                assertThat(failure.stopped()).isFalse();
                assertThat(failure.since()).isEmpty();
            });
            for (int tries = 2; tries <= 5; tries++) {
                fail(request, INSTRUCTIONS);
            }
        } finally {
            relay.comeBack();
        }
        assertThat(wrong(request)).singleElement().satisfies(failure -> {
            assertThat(failure.what())
                    .startsWith("The mail server refused the connection. It has been tried several times");
            assertThat(failure.toDo()).contains("Increment Number of Retries");
            assertThat(failure.stopped()).isTrue();
            assertThat(failure.since()).startsWith("Stopped since ");
        });

        management.setJobRetries(jobs.only(request, INSTRUCTIONS).getId(), 1);
        assertThat(wrong(request))
                .singleElement()
                .satisfies(failure -> assertThat(failure.what()).contains("It will be tried again at "));
        jobs.run(request, INSTRUCTIONS);
        assertThat(wrong(request)).isEmpty();
    }

    @Test
    void theTimeIsThatOfTheReadersClock() {
        String request = tasklist.submit(PAULA, form);
        relay.refuse(form.approver(), "450 4.2.1 try later");
        fail(request, INSTRUCTIONS);
        management.setJobDuedate(
                jobs.only(request, INSTRUCTIONS).getId(), Date.from(Instant.parse("2040-01-31T23:30:00Z")));

        String tokyo = words(request, new Reader(texts, Locale.ENGLISH, ZoneId.of("Asia/Tokyo")))
                .get(0)
                .what();

        assertThat(tokyo.replace('\u202f', ' ')).contains("Feb 1, 2040, 8:30 AM");
    }

    @Test
    void whatIsSuspendedIsNotTriedAgain() {
        String request = tasklist.submit(PAULA, form);
        relay.refuse(form.approver(), "450 4.2.1 try later");
        fail(request, INSTRUCTIONS);

        management.suspendJobById(jobs.only(request, INSTRUCTIONS).getId());

        assertThat(wrong(request))
                .singleElement()
                .satisfies(failure -> assertThat(failure.what()).contains("It is suspended"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    450 4.2.1 the mailbox is full  | The mail server does not take the email now.
                    421 4.3.2 shutting down        | The mail server does not take the email now.
                    """)
    void aMailServerThatDoesNotWantToNow(String answer, String words) {
        String request = tasklist.submit(PAULA, form);
        relay.refuse(form.approver(), answer);
        fail(request, INSTRUCTIONS);
        assertThat(said(request)).startsWith(words);
    }

    @Test
    void aMailServerThatIsSilent() {
        String request = tasklist.submit(PAULA, form);
        relay.keepSilentAbout(form.approver());
        fail(request, INSTRUCTIONS);
        assertThat(said(request)).startsWith("The mail server did not answer in time.");
    }

    @Test
    void aConnectionThatBreaksOff() {
        String request = tasklist.submit(PAULA, form);
        relay.cutInTheMiddleOf(form.approver());
        fail(request, INSTRUCTIONS);
        assertThat(said(request)).startsWith("The connection to the mail server broke off.");
    }

    @Test
    void aMailServerThatNobodyKnows() {
        String request = tasklist.submit(PAULA, form);
        String host = Objects.requireNonNull(mailSettings.getHost());
        mailSettings.setHost("mail.invalid");
        try {
            relay.hangUp();
            fail(request, INSTRUCTIONS);
        } finally {
            mailSettings.setHost(host);
        }
        assertThat(said(request)).startsWith("Nobody knows the name of the mail server.");
    }

    @Test
    void aMailServerThatDoesNotLetUsIn() {
        String request = tasklist.submit(PAULA, form);
        Properties usual = mailSettings.getJavaMailProperties();
        Properties withLogin = new Properties();
        withLogin.putAll(usual);
        withLogin.put("mail.smtp.auth", "true");
        mailSettings.setJavaMailProperties(withLogin);
        mailSettings.setUsername("smart-accounts");
        mailSettings.setPassword("wrong");
        try {
            relay.hangUp();
            fail(request, INSTRUCTIONS);
        } finally {
            mailSettings.setUsername(null);
            mailSettings.setPassword(null);
            mailSettings.setJavaMailProperties(usual);
        }
        assertThat(said(request)).startsWith("The mail server does not let the application log in.");
    }

    /** In the first version nothing in the diagram waited for that. */
    @Test
    void anAddressThatIsRefusedForGoodWhereTheDiagramDoesNotCatchIt() {
        String request = submitted(Releases.released("1.0.0"));
        relay.refuse(form.approver(), "550 5.1.1 <%s>: nobody".formatted(form.approver()));
        fail(request, INSTRUCTIONS);
        assertThat(said(request)).startsWith("The mail server refuses the recipient’s address for good.");
        assertThat(wrong(request).get(0).toDo()).startsWith("Trying again is of no use");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    >requestReceipt<                               | >noSuchEmail<           | The template or a text of an email is missing.
                    (?s)(id="Activity_sendRequestReceipt".*?)sendEmailDelegate | $1noSuchDelegate | The diagram names something that the application does not have.
                    >requestReceipt<                               | >${1 + "x" * 2}<       | An expression in the diagram could not be evaluated.
                    """)
    void aDiagramWithAMistake(String pattern, String replacement, String words) {
        String request =
                submitted(Releases.change(Releases.sampleAs("8.0.0"), pattern, replacement.replace("${1", "\\${1")));
        fail(request, RECEIPT);
        assertThat(said(request)).startsWith(words);
    }

    @Test
    void anAccountThatIsNotAsTheStepExpects() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        database.sql("UPDATE smart_account SET status = 'EXPIRED', end_of_wait = now() WHERE request_number = ?")
                .param(request)
                .update();
        fail(request, "Event_waitExpired");
        assertThat(said(request)).startsWith("The account is not in the state that this step expects.");
    }

    @Test
    void aDatabaseThatDoesNotWrite() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        database.sql("""
                CREATE OR REPLACE FUNCTION out_of_order() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'out of order'; END $$""").update();
        database.sql("CREATE TRIGGER out_of_order BEFORE INSERT ON timeline_entry EXECUTE FUNCTION out_of_order()")
                .update();
        try {
            fail(request, "Event_waitExpired");
        } finally {
            database.sql("DROP TRIGGER out_of_order ON timeline_entry").update();
        }
        assertThat(said(request)).startsWith("The database refused to write or read something.");
    }

    @Test
    void whatFailsForManyInTheSameWayIsOneLineWithAnExample() {
        ProcessDefinition definition = releases.deploy(Releases.sampleAs("8.1.0"));
        relay.goDown();
        try {
            for (int count = 0; count < 3; count++) {
                String request = tasklist.request(PAULA, RequestForm.forNewCustomer(), definition.getId());
                tasklist.review(PAULA, request, Map.of("reviewDecision", "submit"));
                fail(request, RECEIPT);
            }
        } finally {
            relay.comeBack();
        }
        assertThat(failedSteps.ofProcess(definition.getKey()))
                .filteredOn(step -> step.definition().equals(definition.getId()))
                .singleElement()
                .satisfies(
                        step -> assertThat(failures.of(step, english()).times()).isEqualTo("3 steps wait"));
    }

    @ParameterizedTest
    @EnumSource
    void eachCauseHasWords(FailureCause cause) {
        assertThat(english().text("cockpit.cause." + cause)).endsWith(".");
        assertThat(english().text("cockpit.remedy." + cause)).isNotBlank();
    }

    @Test
    void whatNobodyForesawIsSaidHonestly() {
        assertThat(FailureCause.of("java.lang.NullPointerException: null")).isEqualTo(FailureCause.UNKNOWN);
        assertThat(FailureCause.of("")).isEqualTo(FailureCause.UNKNOWN);
    }

    private String submitted(String diagram) {
        ProcessDefinition definition = releases.deploy(diagram);
        String request = tasklist.request(PAULA, form, definition.getId());
        tasklist.review(PAULA, request, Map.of("reviewDecision", "submit"));
        return request;
    }

    private void fail(String request, String activity) {
        assertThatThrownBy(() -> jobs.run(request, activity)).isInstanceOf(RuntimeException.class);
    }

    private String said(String request) {
        return wrong(request).get(0).what();
    }

    /** None of it repeats what the request says. */
    private List<Failure> wrong(String request) {
        List<Failure> words = words(request, english());
        assertThat(words.toString()).doesNotContain(form.domain());
        return words;
    }

    private List<Failure> words(String request, Reader reader) {
        ProcessInstance instance = Objects.requireNonNull(tasklist.instance(request));
        return failedSteps.ofInstance(instance.getId()).stream()
                .map(step -> failures.of(step, reader))
                .toList();
    }

    private Reader english() {
        return new Reader(texts, Locale.ENGLISH, ZoneId.of("UTC"));
    }
}
