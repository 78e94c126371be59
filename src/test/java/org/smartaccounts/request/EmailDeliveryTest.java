package org.smartaccounts.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.smartaccounts.support.Tasklist.PAULA;
import static org.smartaccounts.support.Tasklist.SAM;

import jakarta.mail.MessagingException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.Test;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.development.Mailbox.Received;
import org.smartaccounts.email.EmailKey;
import org.smartaccounts.email.EmailLedger;
import org.smartaccounts.email.LedgerEntry;
import org.smartaccounts.email.LedgerEntry.State;
import org.smartaccounts.email.Occurrence;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.Races;
import org.smartaccounts.support.RequestForm;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.MailException;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of an email when mail servers, networks and nodes do what they do, and what the ledger says of it. */
class EmailDeliveryTest extends ApplicationTest {

    private static final String INSTRUCTIONS = "Activity_sendActivationInstructions";

    @Autowired
    EmailLedger ledger;

    @Autowired
    SmartAccounts accounts;

    @Autowired
    RequestProcess process;

    @Autowired
    ManagementService management;

    @Autowired
    RuntimeService runtime;

    @Autowired
    Races races;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private final RequestForm form = RequestForm.forNewCustomer();

    @Test
    void anEmailIsInTheLedgerFromTheStepThatMakesItDue() {
        String request = tasklist.submit(PAULA, form.with("customerLanguage", "it"));

        assertThat(ledger.of(request)).extracting(LedgerEntry::state).containsOnly(State.WAITING);
        LedgerEntry waiting = instructions(request);
        assertThat(waiting.key()).isEqualTo(new EmailKey(request, "activationInstructions", form.approver()));
        assertThat(waiting.occurrence()).isEqualTo(new Occurrence(1, 0, 0));
        assertThat(waiting.language()).isEqualTo(Locale.ITALIAN);
        assertThat(waiting.tries()).isZero();

        jobs.run(request, INSTRUCTIONS);

        LedgerEntry sent = instructions(request);
        assertThat(sent.state()).isEqualTo(State.SENT);
        assertThat(sent.tries()).isEqualTo(1);
        assertThat(sent.lastAnswer()).startsWith("250");
        assertThat(messageId(mailbox.only(request, form.approver()))).isEqualTo(sent.messageId());
    }

    @Test
    void theLedgerKeepsNeitherWordsNorLinks() {
        String request = tasklist.submit(PAULA, form.with("noteToCustomer", "Between you and me"));
        jobs.drain(request);

        List<String> rows = jdbc.sql("SELECT row_to_json(email)::text FROM email WHERE request_number = ?")
                .param(request)
                .query(String.class)
                .list();
        assertThat(rows)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row)
                        .doesNotContain(
                                "activation/",
                                "Between you and me",
                                "<p",
                                mailbox.only(request, form.approver()).link()));
    }

    @Test
    void whatWasAcceptedIsNotSentAgainWhenTheNodeDiesBeforeTheJobIsDone() {
        String request = tasklist.submit(PAULA, form);
        String job = jobs.only(request, INSTRUCTIONS).getId();

        transaction.executeWithoutResult(status -> {
            management.executeJob(job);
            status.setRollbackOnly();
        });
        assertThat(jobs.at(request, INSTRUCTIONS)).as("the job is still there").hasSize(1);
        assertThat(instructions(request).state()).isEqualTo(State.SENT);

        jobs.run(request, INSTRUCTIONS);

        assertThat(mailbox.about(request, form.approver())).hasSize(1);
        assertThat(accounts.get(request).deadline()).isNotNull();
    }

    @Test
    void whatMayHaveBeenAcceptedIsSentAgainAsTheSameMessage() {
        String request = tasklist.submit(PAULA, form);
        relay.cutAfterAcceptanceOf(form.approver());

        assertThatThrownBy(() -> jobs.run(request, INSTRUCTIONS)).isInstanceOf(MailException.class);
        assertThat(instructions(request).state()).isEqualTo(State.WAITING);
        jobs.run(request, INSTRUCTIONS);

        assertThat(mailbox.about(request, form.approver())).hasSize(2);
        assertThat(messageIds(request)).hasSize(1);
        assertThat(instructions(request).tries()).isEqualTo(2);
    }

    @Test
    void anEmailThatBreaksOffIsSentWholeTheNextTime() {
        String request = tasklist.submit(PAULA, form);
        relay.cutInTheMiddleOf(form.approver());

        assertThatThrownBy(() -> jobs.run(request, INSTRUCTIONS)).isInstanceOf(MailException.class);
        jobs.run(request, INSTRUCTIONS);

        assertThat(mailbox.only(request, form.approver()).html()).contains("</html>");
    }

    @Test
    void aServerThatFallsSilentIsNotWaitedForForEver() {
        String request = tasklist.submit(PAULA, form);
        relay.keepSilentAbout(form.approver());

        assertThatThrownBy(() -> jobs.run(request, INSTRUCTIONS)).isInstanceOf(MailException.class);

        assertThat(instructions(request).lastAnswer()).containsIgnoringCase("read");
        assertThat(jobs.only(request, INSTRUCTIONS).getRetries()).isEqualTo(4);
    }

    @Test
    void whoeverCannotTakeItNowIsAskedAgain() {
        String request = tasklist.submit(PAULA, form);
        relay.refuse(form.approver(), "450 4.2.1 Greylisted, come back later");

        assertThatThrownBy(() -> jobs.run(request, INSTRUCTIONS)).isInstanceOf(MailException.class);
        assertThat(instructions(request)).satisfies(entry -> {
            assertThat(entry.state()).isEqualTo(State.WAITING);
            assertThat(entry.lastAnswer()).isEqualTo("450 4.2.1 Greylisted, come back later");
        });
        relay.allow(form.approver());
        jobs.run(request, INSTRUCTIONS);

        assertThat(instructions(request).state()).isEqualTo(State.SENT);
    }

    @Test
    void aRefusalForGoodCostsOneTry() {
        String request = tasklist.submit(PAULA, form);
        relay.refuse(form.approver(), "550 5.1.1 No such user");

        jobs.run(request, INSTRUCTIONS);

        assertThat(jobs.at(request, INSTRUCTIONS)).isEmpty();
        assertThat(instructions(request)).satisfies(entry -> {
            assertThat(entry.state()).isEqualTo(State.FAILED);
            assertThat(entry.tries()).isEqualTo(1);
            assertThat(entry.lastAnswer()).isEqualTo("550 5.1.1 No such user");
        });
    }

    @Test
    void whatTheEngineGivesUpHasFailedUntilAnAdministratorRetries() {
        String request = tasklist.submit(PAULA, form);
        relay.refuse(form.approver(), "450 4.2.1 Greylisted, come back later");
        for (int tries = 1; tries <= 5; tries++) {
            assertThat(instructions(request).state()).isEqualTo(State.WAITING);
            assertThatThrownBy(() -> jobs.run(request, INSTRUCTIONS)).isInstanceOf(MailException.class);
        }
        assertThat(instructions(request).state()).isEqualTo(State.FAILED);
        assertThat(instructions(request).tries()).isEqualTo(5);

        relay.allow(form.approver());
        management.setJobRetries(jobs.only(request, INSTRUCTIONS).getId(), 1);
        jobs.run(request, INSTRUCTIONS);

        assertThat(instructions(request).state()).isEqualTo(State.SENT);
        assertThat(accounts.get(request).deadline()).isNotNull();
    }

    @Test
    void aTypoIsCorrectedWhileTheMailServerIsStillTryingIt() {
        String request = tasklist.submit(PAULA, form);
        relay.refuse(form.approver(), "451 4.4.3 Domain does not answer");
        for (int tries = 1; tries <= 5; tries++) {
            assertThatThrownBy(() -> jobs.run(request, INSTRUCTIONS)).isInstanceOf(MailException.class);
        }
        String right = "right@" + form.domain();

        tasklist.as(SAM, () -> process.changeApprover(Seen.anyhow(request), right));

        assertThat(jobs.only(request, INSTRUCTIONS).getRetries()).isEqualTo(5);
        assertThat(runtime.createIncidentQuery()
                        .processInstanceId(Objects.requireNonNull(tasklist.instance(request))
                                .getId())
                        .count())
                .isZero();
        jobs.run(request, INSTRUCTIONS);
        assertThat(mailbox.only(request, right).template()).isEqualTo("activationInstructions");
        jobs.run(request, "Activity_sendApproverChanged");
        assertThat(mailbox.about(request, "paula@alpine-reseller.example"))
                .extracting(Received::template)
                .containsExactly("approverChanged");
        assertThat(process.accept(new ActivationLink(request, 2))).isEqualTo(RequestProcess.Answer.RECORDED);
        jobs.drain(request);
        assertThat(tasklist.instance(request)).isNull();
    }

    @Test
    void whoBecomesTheApproverWhileTheFirstIsBeingWrittenToIsWrittenToAsWell() {
        String request = tasklist.submit(PAULA, form);
        String job = jobs.only(request, INSTRUCTIONS).getId();
        String right = "right@" + form.domain();

        relay.holdAnswerTo(form.approver());
        Throwable outcome = races.meanwhile(
                () -> management.executeJob(job),
                relay::isHolding,
                () -> tasklist.as(PAULA, () -> process.changeApprover(Seen.anyhow(request), right)),
                relay::letGo);

        assertThat(outcome).as("the job has to be run again").isInstanceOf(OptimisticLockingException.class);
        jobs.run(request, INSTRUCTIONS);
        assertThat(mailbox.only(request, right).template()).isEqualTo("activationInstructions");
        assertThat(process.accept(new ActivationLink(request, 2))).isEqualTo(RequestProcess.Answer.RECORDED);
    }

    @Test
    void whoeverCancelsWhileTheInstructionsAreOnTheirWayHasTheApproverToldOfBoth() {
        String request = tasklist.submit(PAULA, form);
        String job = jobs.only(request, INSTRUCTIONS).getId();

        relay.holdAnswerTo(form.approver());
        Throwable outcome = races.meanwhile(
                () -> management.executeJob(job),
                relay::isHolding,
                () -> tasklist.as(PAULA, () -> process.cancel(Seen.anyhow(request), "Too late.")),
                relay::letGo);

        assertThat(outcome).isInstanceOf(OptimisticLockingException.class);
        jobs.drain(request);
        assertThat(mailbox.about(request, form.approver()))
                .extracting(Received::template)
                .containsExactly("activationInstructions", "requestCanceledForApprover");
    }

    @Test
    void aFormerApproverWhoIsRefusedMeanwhileTroublesNobody() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        String boss = "boss@" + form.domain();
        tasklist.as(PAULA, () -> process.resend(Seen.anyhow(request)));
        String job = jobs.only(request, INSTRUCTIONS).getId();
        relay.refuse(form.approver(), "550 5.1.1 No such user");

        relay.holdAnswerTo(form.approver());
        Throwable outcome = races.meanwhile(
                () -> management.executeJob(job),
                relay::isHolding,
                () -> process.passOn(new ActivationLink(request, 1), boss),
                relay::letGo);
        if (outcome != null) {
            // The engine runs the job again.
            assertThat(outcome).isInstanceOf(OptimisticLockingException.class);
        }

        jobs.drain(request);
        assertThat(jobs.at(request, "Event_correctionOverdue"))
                .as("asked to correct")
                .isEmpty();
        assertThat(mailbox.only(request, boss).template()).isEqualTo("activationInstructions");
        assertThat(mailbox.about(request, "paula@alpine-reseller.example"))
                .extracting(Received::template)
                .doesNotContain("addressRefused");
    }

    @Test
    void ofManyEmailsOfOneKindTheOneThatIsGivenUpHasFailed() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        process.accept(new ActivationLink(request, 1));
        relay.refuse("bruno@" + form.domain(), "450 4.2.1 Greylisted, come back later");
        for (Job welcome : jobs.at(request, "Activity_sendWelcome")) {
            for (int tries = 1; tries <= 5; tries++) {
                races.elsewhere(() -> management.executeJob(welcome.getId()));
            }
        }

        assertThat(ledger.of(request))
                .filteredOn(entry -> entry.key().template().equals("welcome"))
                .extracting(entry -> entry.key().recipient(), LedgerEntry::state)
                .containsExactly(
                        tuple("bruno@" + form.domain(), State.FAILED), tuple("carla@" + form.domain(), State.SENT));
    }

    @Test
    void whatIsNotNeededAnyMoreIsNotSent() {
        String request = tasklist.submit(PAULA, form);
        jobs.run(request, INSTRUCTIONS);
        tasklist.as(PAULA, () -> process.resend(Seen.anyhow(request)));

        process.accept(new ActivationLink(request, 1));

        assertThat(ledger.of(request))
                .filteredOn(entry -> entry.occurrence().resend() == 1
                        && entry.key().template().equals("activationInstructions"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.state()).isEqualTo(State.DROPPED));
        jobs.drain(request);
        assertThat(mailbox.about(request, form.approver())).hasSize(1);
        assertThat(ledger.of(request)).extracting(LedgerEntry::state).doesNotContain(State.WAITING);
    }

    @Test
    void twoNodesDoNotSendTheSameEmail() {
        String request = tasklist.submit(PAULA, form);
        EmailKey key = instructions(request).key();

        // One node is at it.
        transaction.executeWithoutResult(status -> {
            jdbc.sql("SELECT id FROM email WHERE request_number = ? AND template = ? FOR UPDATE")
                    .params(request, key.template())
                    .query(Long.class)
                    .single();
            assertThat(races.elsewhere(() -> jobs.run(request, INSTRUCTIONS)))
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("could not obtain lock");
        });

        assertThat(mailbox.about(request, form.approver())).isEmpty();
        jobs.run(request, INSTRUCTIONS);
        assertThat(mailbox.about(request, form.approver())).hasSize(1);
    }

    @Test
    void whatWasAcceptedWhileTheDatabaseWasLostIsWrittenDownBeforeAnybodyCanSendItAgain() {
        String request = tasklist.submit(PAULA, form);
        String job = jobs.only(request, INSTRUCTIONS).getId();

        relay.holdAnswerTo(form.approver());
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> management.executeJob(job));
        await().until(relay::isHolding);
        assertThat(cut("backend_xid IS NOT NULL"))
                .as("the one that has claimed the email")
                .isEqualTo(1);
        relay.letGo();
        sending.join();

        assertThat(instructions(request)).satisfies(entry -> {
            assertThat(entry.state()).isEqualTo(State.SENT);
            assertThat(entry.tries()).isEqualTo(1);
        });
        assertThat(mailbox.about(request, form.approver())).hasSize(1);
        assertThat(accounts.get(request).deadline()).isNotNull();
    }

    @Test
    void whatWasAcceptedIsWrittenDownEvenIfItsJobHasLostTheDatabaseToo() {
        String request = tasklist.submit(PAULA, form);
        String job = jobs.only(request, INSTRUCTIONS).getId();

        relay.holdAnswerTo(form.approver());
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> management.executeJob(job));
        await().until(relay::isHolding);
        assertThat(cut("TRUE")).as("and the one of the job").isEqualTo(2);
        relay.letGo();
        assertThatThrownBy(sending::join).isInstanceOf(CompletionException.class);

        assertThat(instructions(request).state()).isEqualTo(State.SENT);
        jobs.run(request, INSTRUCTIONS);
        assertThat(mailbox.about(request, form.approver())).hasSize(1);
        assertThat(accounts.get(request).deadline()).isNotNull();
    }

    /** Cuts the connections of those transactions that wait for something else than the database; how many. */
    private int cut(String which) {
        return jdbc.sql("""
                SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                WHERE datname = current_database() AND state = 'idle in transaction' AND\s""" + which).query(Integer.class).single();
    }

    @Test
    void connectionsAreUsedAgainAndDeadOnesReplaced() {
        String request = tasklist.submit(PAULA, form);
        jobs.run(request, INSTRUCTIONS);
        int before = relay.connections();

        process.accept(new ActivationLink(request, 1));
        jobs.drain(request);
        assertThat(mailbox.about(request)).hasSize(5);
        assertThat(relay.connections()).as("for four more emails").isEqualTo(before);

        relay.hangUp();
        String next = tasklist.submit(PAULA, RequestForm.forNewCustomer());
        jobs.run(next, INSTRUCTIONS);
        assertThat(instructions(next).tries()).as("nobody noticed").isEqualTo(1);
        assertThat(relay.connections()).isEqualTo(before + 1);
    }

    private LedgerEntry instructions(String request) {
        List<LedgerEntry> entries = ledger.of(request).stream()
                .filter(entry -> entry.key().template().equals("activationInstructions"))
                .toList();
        assertThat(entries).hasSize(1);
        return entries.get(0);
    }

    private Set<String> messageIds(String request) {
        return mailbox.about(request, form.approver()).stream()
                .map(EmailDeliveryTest::messageId)
                .collect(Collectors.toSet());
    }

    private static String messageId(Received email) {
        try {
            return email.message().getMessageID();
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }
}
