package org.smartaccounts.bounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.PAULA;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Flags.Flag;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.bounce.ReturnMailbox.Verdict;
import org.smartaccounts.development.Mailbox.Received;
import org.smartaccounts.email.EmailLedger;
import org.smartaccounts.email.LedgerEntry;
import org.smartaccounts.email.LedgerEntry.State;
import org.smartaccounts.request.ActivationLink;
import org.smartaccounts.request.ProcessElements;
import org.smartaccounts.request.RequestProcess;
import org.smartaccounts.request.ReturnedEmails;
import org.smartaccounts.request.Seen;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.Races;
import org.smartaccounts.support.RequestForm;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.health.Status;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of an email that a mail server took, and another one did not. The notices are as mail servers write them. */
class ReturnMailboxTest extends ApplicationTest {

    private static final Path NOTICES = Path.of("src/test/resources/bounces");
    private static final String PAULAS_ADDRESS = "paula@alpine-reseller.example";
    private static final String INSTRUCTIONS = "activationInstructions";

    @Autowired
    EmailLedger ledger;

    @Autowired
    SmartAccounts accounts;

    @Autowired
    RequestProcess process;

    @Autowired
    ReturnedEmails returned;

    @Autowired
    TaskService tasks;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Races races;

    private final RequestForm form = RequestForm.forNewCustomer();
    private final GreenMail server =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP).dynamicPort());

    private GreenMailUser bounces = server.setUser("bounces@smartaccounts.example", "bounces", "secret");

    private ReturnMailbox mailbox() {
        return new ReturnMailbox(
                new ReturnMailboxProperties(
                        "127.0.0.1", server.getImap().getPort(), "bounces", "secret", false, "INBOX"),
                returned,
                jdbc,
                transaction);
    }

    @BeforeEach
    void start() {
        server.start();
        bounces = server.setUser("bounces@smartaccounts.example", "bounces", "secret");
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void administratorsSeeThatItCannotBeRead() {
        ReturnMailbox mailbox = mailbox();
        ReturnMailboxHealthIndicator health = new ReturnMailboxHealthIndicator(mailbox);
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);

        bounces.setPassword("changed");
        mailbox.look();
        Object since = health.health().getDetails().get("since");
        assertThat(since).isNotNull();
        mailbox.look();
        assertThat(health.health()).satisfies(ill -> {
            assertThat(ill.getStatus()).as("which makes nobody ill").isEqualTo(Status.UNKNOWN);
            assertThat(ill.getDetails()).containsEntry("since", since);
            assertThat(ill.getDetails().get("error"))
                    .asString()
                    .contains("AuthenticationFailed")
                    .doesNotContain("secret");
        });

        bounces.setPassword("secret");
        mailbox.look();
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postfix", "exchange", "gmail"})
    void whatComesBackFromTheApproverIsCorrectedByTheRequester(String notice) {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        Instant deadline = Objects.requireNonNull(accounts.get(request).deadline());

        arrives(notice, email(request, INSTRUCTIONS));
        assertThat(mailbox().look()).isEqualTo(Map.of(Verdict.OURS, 1));

        assertThat(email(request, INSTRUCTIONS)).satisfies(entry -> {
            assertThat(entry.state()).isEqualTo(State.FAILED);
            assertThat(entry.cameBackAt()).isNotNull();
            assertThat(entry.lastAnswer()).startsWith("550").contains("5.1.1").doesNotContain("\n");
        });
        assertThat(tasklist.task(request, ProcessElements.CORRECT_CUSTOMER_EMAIL)
                        .getAssignee())
                .isEqualTo(PAULA);
        jobs.drain(request);
        assertThat(mailbox.about(request, PAULAS_ADDRESS))
                .filteredOn(email -> email.template().equals("addressRefused"))
                .singleElement()
                .satisfies(email -> assertThat(email.text()).contains(form.approver(), "550"));
        assertThat(stored()).as("left in the mailbox").isEmpty();

        String right = "right@" + form.domain();
        tasklist.as(PAULA, () -> process.changeApprover(Seen.anyhow(request), right));
        jobs.drain(request);
        assertThat(mailbox.only(request, right).template()).isEqualTo(INSTRUCTIONS);
        assertThat(accounts.get(request).deadline()).isEqualTo(deadline);
        assertThat(process.accept(new ActivationLink(request, 2))).isEqualTo(RequestProcess.Answer.RECORDED);
        jobs.drain(request);
        assertThat(tasklist.instance(request)).isNull();
    }

    @Test
    void theSameNoticeTwiceChangesNothingTheSecondTime() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        LedgerEntry sent = email(request, INSTRUCTIONS);

        arrives("postfix", sent);
        arrives("postfix", sent);
        mailbox().look();
        jobs.drain(request);
        LedgerEntry once = email(request, INSTRUCTIONS);
        arrives("gmail", sent);
        assertThat(mailbox().look()).isEqualTo(Map.of(Verdict.OURS, 1));

        jobs.drain(request);
        assertThat(email(request, INSTRUCTIONS)).isEqualTo(once);
        assertThat(corrections(request)).isEqualTo(1);
        assertThat(mailbox.about(request, PAULAS_ADDRESS))
                .extracting(Received::template)
                .containsOnlyOnce("addressRefused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"delayed", "outOfOffice", "readReceipt"})
    void whatIsNoRefusalStaysWithoutConsequences(String message) {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);

        arrives(message, email(request, INSTRUCTIONS));

        assertThat(mailbox().look()).isEqualTo(Map.of(Verdict.SOMETHING_ELSE, 1));
        assertThat(email(request, INSTRUCTIONS).state()).isEqualTo(State.SENT);
        assertThat(corrections(request)).isZero();
        assertThat(mailbox().look()).as("read once").isEmpty();
    }

    @Test
    void whatAServerGaveUpAfterDaysHasComeBackButTheAddressMayBeRight() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);

        arrives("gaveUp", email(request, INSTRUCTIONS));

        assertThat(mailbox().look()).isEqualTo(Map.of(Verdict.OURS, 1));
        assertThat(email(request, INSTRUCTIONS).cameBackAt()).isNotNull();
        assertThat(corrections(request)).isZero();
    }

    @Test
    void nobodyIsBelievedWhoDoesNotKnowTheEmailAndItsRecipient() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        String id = email(request, INSTRUCTIONS).messageId();

        arrives("postfix", id, "somebody@else.example");
        arrives("postfix", "<00000000-0000-4000-8000-000000000000@smartaccounts.example>", form.approver());
        arrives("exchange", request, form.approver());

        assertThat(mailbox().look()).isEqualTo(Map.of(Verdict.SOMETHING_ELSE, 3));
        assertThat(email(request, INSTRUCTIONS).state()).isEqualTo(State.SENT);
    }

    @Test
    void whatCannotBeUnderstoodIsSetAsideAndHoldsUpNothing() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        LedgerEntry sent = email(request, INSTRUCTIONS);

        arrives("withoutStatus", sent);
        arrives("brokenOff", sent);
        deliver(notice("postfix", sent.messageId(), form.approver()) + "x".repeat(1_000_000));
        deliver("");
        deliver("Content-Type: multipart/report; boundary=\n\n\0\u00ff");
        arrives("postfix", sent);

        Map<Verdict, Integer> seen = mailbox().look();

        assertThat(seen).containsEntry(Verdict.OURS, 1).containsEntry(Verdict.SET_ASIDE, 4);
        assertThat(corrections(request)).isEqualTo(1);
        assertThat(mailbox().look()).as("read once").isEmpty();
        assertThat(stored())
                .filteredOn(left -> left.getFlags().contains(Flag.FLAGGED))
                .hasSize(4);
    }

    @Test
    void aReminderThatComesBackIsTheAddressComingBack() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        jobs.run(request, "Event_reminderDue");
        jobs.drain(request);

        arrives("postfix", email(request, "reminder"));
        mailbox().look();

        assertThat(corrections(request)).isEqualTo(1);
    }

    @Test
    void aFormerApproversEmailTroublesNobody() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        LedgerEntry first = email(request, INSTRUCTIONS);
        process.passOn(new ActivationLink(request, 1), "boss@" + form.domain());
        jobs.drain(request);

        arrives("postfix", first);
        assertThat(mailbox().look()).isEqualTo(Map.of(Verdict.OURS, 1));

        assertThat(corrections(request)).isZero();
        assertThat(ledger.find(first.messageId()).orElseThrow().cameBackAt()).isNotNull();
    }

    @Test
    void whenTheRequestHasEndedOnlyTheLedgerKnows() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        tasklist.as(PAULA, () -> process.cancel(Seen.anyhow(request), "A mistake."));
        jobs.drain(request);
        int told = mailbox.about(request).size();

        arrives("postfix", email(request, INSTRUCTIONS));
        assertThat(mailbox().look()).isEqualTo(Map.of(Verdict.OURS, 1));

        assertThat(email(request, INSTRUCTIONS).cameBackAt()).isNotNull();
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.CANCELED);
        returned.tellOfUsers();
        assertThat(mailbox.about(request)).hasSize(told);
    }

    @Test
    void theRequesterIsToldTogetherOfAddedUsersWhoseEmailsComeBack() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        process.accept(new ActivationLink(request, 1));
        jobs.drain(request);
        List<LedgerEntry> welcomes = ledger.of(request).stream()
                .filter(entry -> entry.key().template().equals("welcome"))
                .toList();
        assertThat(welcomes).hasSizeGreaterThan(1);

        arrives("postfix", welcomes.get(0));
        mailbox().look();
        returned.tellOfUsers();
        returned.tellOfUsers();
        assertThat(summaries(request))
                .singleElement()
                .satisfies(summary -> assertThat(summary.text())
                        .contains(welcomes.get(0).key().recipient())
                        .doesNotContain("- " + welcomes.get(1).key().recipient()));

        arrives("gmail", welcomes.get(1));
        mailbox().look();
        returned.tellOfUsers();
        assertThat(summaries(request))
                .hasSize(2)
                .last()
                .satisfies(summary -> assertThat(summary.text())
                        .contains(
                                welcomes.get(0).key().recipient(),
                                welcomes.get(1).key().recipient()));
    }

    @Test
    void aSummaryThatNoMailServerTakesIsTriedAgain() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        process.accept(new ActivationLink(request, 1));
        jobs.drain(request);
        arrives("postfix", email(request, "welcome"));
        mailbox().look();
        relay.refuse(PAULAS_ADDRESS, "450 4.2.1 Come back later");
        try {
            returned.tellOfUsers();
            returned.tellOfUsers();
            assertThat(email(request, "usersRefused").tries()).as("not at once").isEqualTo(1);
        } finally {
            relay.allow(PAULAS_ADDRESS);
        }

        clock.travel(Duration.ofMinutes(11));
        returned.tellOfUsers();

        assertThat(email(request, "usersRefused").state()).isEqualTo(State.SENT);
    }

    @Test
    void oneNodeReadsAtATimeAndWhatItLeavesTheNextReads() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        arrives("postfix", email(request, INSTRUCTIONS));

        AtomicReference<Map<Verdict, Integer>> other = new AtomicReference<>(Map.of());
        transaction.executeWithoutResult(status -> {
            jdbc.sql("SELECT pg_advisory_xact_lock(?)")
                    .param(7_240_014L)
                    .query()
                    .singleRow();
            assertThat(races.elsewhere(() -> other.set(mailbox().look()))).isNull();
        });

        assertThat(other.get()).isEmpty();
        assertThat(mailbox().look()).isEqualTo(Map.of(Verdict.OURS, 1));
    }

    @Test
    void whatIsNotYetKnownToBeSentIsReadAgain() {
        String request = tasklist.submit(PAULA, form);
        arrives("postfix", email(request, INSTRUCTIONS));

        assertThat(mailbox().look()).isEqualTo(Map.of(Verdict.LATER, 1));
        jobs.drain(request);

        assertThat(mailbox().look()).isEqualTo(Map.of(Verdict.OURS, 1));
        assertThat(corrections(request)).isEqualTo(1);
    }

    @Test
    void aMailboxThatCannotBeReachedIsReadWhenItCan() {
        ReturnMailbox nobody = new ReturnMailbox(
                new ReturnMailboxProperties("127.0.0.1", 1, "bounces", "secret", false, "INBOX"),
                returned,
                jdbc,
                transaction);

        assertThat(nobody.look()).isEmpty();
    }

    @Test
    void thePageOfTheRequestSaysSo() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        arrives("postfix", email(request, INSTRUCTIONS));
        mailbox().look();

        assertThat(loggedIn(PAULA).get("/requests/" + request).body())
                .contains(">Came back</span>", "User unknown", "has to be corrected");
    }

    private List<StoredMessage> stored() {
        try {
            return server.getManagers().getImapHostManager().getInbox(bounces).getMessages();
        } catch (FolderException e) {
            throw new AssertionError(e);
        }
    }

    private long corrections(String request) {
        return tasks.createTaskQuery()
                .processInstanceBusinessKey(request)
                .taskDefinitionKey(ProcessElements.CORRECT_CUSTOMER_EMAIL)
                .count();
    }

    private List<Received> summaries(String request) {
        return mailbox.about(request, PAULAS_ADDRESS).stream()
                .filter(email -> email.template().equals("usersRefused"))
                .toList();
    }

    private LedgerEntry email(String request, String template) {
        return ledger.of(request).stream()
                .filter(entry -> entry.key().template().equals(template))
                .findFirst()
                .orElseThrow();
    }

    private void arrives(String notice, LedgerEntry about) {
        arrives(notice, about.messageId(), about.key().recipient());
    }

    private void arrives(String notice, String messageId, String recipient) {
        deliver(notice(notice, messageId, recipient));
    }

    private static String notice(String name, String messageId, String recipient) {
        try {
            return Files.readString(NOTICES.resolve(name + ".eml"))
                    .replace("RECIPIENT", recipient)
                    .replace("MESSAGE_ID", messageId)
                    .replace("ENVELOPE_ID", messageId.replaceAll("[<>]", ""))
                    .replace("\n", "\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void deliver(String message) {
        try {
            bounces.deliver(new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(message.getBytes(StandardCharsets.ISO_8859_1))));
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }
}
