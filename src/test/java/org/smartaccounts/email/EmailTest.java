package org.smartaccounts.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.PAULA;
import static org.smartaccounts.support.Tasklist.SAM;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.smartaccounts.account.DeclineReason;
import org.smartaccounts.development.Mailbox.Received;
import org.smartaccounts.request.ActivationLink;
import org.smartaccounts.request.RequestProcess;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.RequestForm;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** What the emails say, and that nobody who types into a form can make them say more. */
class EmailTest extends ApplicationTest {

    private static final String NASTY =
            "Mal <b>& \"Co\"</b> ${1000003*7} [[${1000003*7}]] [(${1000003*7})] #{product} {0} ünï 日本 'x'";

    @Autowired
    RequestProcess process;

    @Value("${SUPPORT_EMAIL}")
    String support = "";

    private final RequestForm form = RequestForm.forNewCustomer();

    @Test
    void everyEmailHasAnHtmlAndAPlainPartThatSayTheSame() {
        for (Received email : allEmails(form)) {
            assertThat(email.html())
                    .as(email.template())
                    .contains("<h1", "</html>")
                    .doesNotContain("??", " th:");
            assertThat(email.text()).as(email.template()).doesNotContain("??", "[(", "[#", "<p", "<h1", "&amp;");
            String heading = email.text().lines().findFirst().orElse("");
            assertThat(email.html()).as(email.template()).contains(heading);
            assertThat(email.text()).as(email.template()).contains(form.domain());
        }
    }

    @Test
    void onlyTheApproverGetsTheActivationLink() {
        for (Received email : allEmails(form)) {
            boolean mayDecide = List.of("activationInstructions", "reminder").contains(email.template());
            assertThat(email.text().contains("/activation/"))
                    .as(email.template())
                    .isEqualTo(mayDecide);
            assertThat(email.html().contains("/activation/"))
                    .as(email.template())
                    .isEqualTo(mayDecide);
            if (mayDecide) {
                assertThat(email.to()).isEqualTo(form.approver());
            }
        }
    }

    /** The page is for the partner and for support; a customer has no login, and added users need none. */
    @Test
    void whoMaySeeTheRequestIsLedToIt() {
        for (Received email : allEmails(form)) {
            boolean maySee = email.to().startsWith("paula@") || email.to().equals(support);
            assertThat(email.text().contains(url + "/requests/SAR-"))
                    .as(email.template())
                    .isEqualTo(maySee);
            assertThat(email.html().contains("href=\"%s/requests/SAR-".formatted(url)))
                    .as(email.template())
                    .isEqualTo(maySee);
        }
    }

    @Test
    void everyEmailEndsWithTheHelpForItsReader() {
        for (Received email : allEmails(form)) {
            String reader = switch (email.template()) {
                case "welcome" -> "addedUser";
                case "approvalOverdue" -> "support";
                default -> email.to().startsWith("paula@") ? "requester" : "approver";
            };
            String help = "%s/help?language=en#%s".formatted(url, reader);
            assertThat(email.text().strip()).as(email.template()).contains(help).endsWith(url + "/privacy?language=en");
            assertThat(email.html()).as(email.template()).contains("href=\"%s\"".formatted(help));
        }
    }

    @Test
    void namesAndNotesAreShownLiterally() {
        form.with("accountName", NASTY)
                .with("noteToCustomer", NASTY + "\r\n.\r\nSecond line")
                .with("noteToUsers", NASTY);
        for (Received email : allEmails(form)) {
            assertThat(email.subject()).as(email.template()).contains(NASTY);
            assertThat(email.text()).as(email.template()).contains(NASTY).doesNotContain("7000021");
            assertThat(email.html())
                    .as(email.template())
                    .contains(
                            "Mal &lt;b&gt;&amp; &quot;Co&quot;&lt;/b&gt; ${1000003*7} [[${1000003*7}]] [(${1000003*7})] #{product} {0} ünï 日本")
                    .doesNotContain("<b>", "7000021");
        }
    }

    @Test
    void aNameWithLineBreaksBecomesNoHeader() throws MessagingException {
        form.with("accountName", "Mal\r\nBcc: evil@evil.example\r\n\r\n<p>Body</p>\u2028X-Evil: 1");
        for (Received email : allEmails(form)) {
            assertThat(email.subject()).contains("Mal Bcc: evil@evil.example <p>Body</p> X-Evil: 1");
            assertThat(email.message().getAllRecipients()).hasSize(1);
            assertThat(Collections.list(email.message().getAllHeaders()))
                    .extracting(Header::getName)
                    .doesNotContain("Bcc", "X-Evil");
        }
    }

    @Test
    void everyLineOfANoteIsALineOfTheEmail() {
        form.with("noteToCustomer", "First\n\nThird\tand <i>more</i>");
        Received email = allEmails(form).stream()
                .filter(one -> one.template().equals("activationInstructions"))
                .findFirst()
                .orElseThrow();

        assertThat(email.text()).contains("First\n\nThird\tand <i>more</i>\n");
        assertThat(email.html()).contains("<span>First</span><br><span></span><br>");
    }

    /** One of each template, from four requests. */
    private List<Received> allEmails(RequestForm form) {
        String accepted = tasklist.submit(PAULA, form);
        jobs.drain(accepted);
        process.accept(new ActivationLink(accepted, 1));
        jobs.drain(accepted);
        String declined = tasklist.submit(PAULA, form.with("accountDomain", "declined." + form.domain()));
        jobs.drain(declined);
        process.decline(new ActivationLink(declined, 1), DeclineReason.NOT_WANTED, "No, thank you.");
        jobs.drain(declined);
        String expired = tasklist.submit(PAULA, form.with("accountDomain", "expired." + form.domain()));
        jobs.drain(expired);
        // Seven days before the end both sides are reminded.
        clock.travelTo(jobs.only(expired, "Event_waitExpired")
                .getDuedate()
                .toInstant()
                .minus(Duration.ofDays(7))
                .plusSeconds(5));
        jobs.run(expired, "Event_reminderDue");
        jobs.drain(expired);
        jobs.run(expired, "Event_waitExpired");
        jobs.drain(expired);
        clock.returnToPresent();
        String returned = tasklist.submit(
                PAULA,
                form.with("accountDomain", "returned." + form.domain())
                        .with("customerEmail", "anna@elsewhere.example")
                        .with("justification", "A reason."));
        jobs.run(returned, "Event_approvalDue");
        tasklist.approve(SAM, returned, Map.of("domainDecision", "refuse", "refusalReason", "Nobody knows Anna."));
        jobs.run(returned, "Event_reviewAbandoned");
        jobs.drain(returned);
        List<Received> emails = new ArrayList<>(mailbox.about(accepted));
        emails.addAll(mailbox.about(declined, "paula@alpine-reseller.example").subList(1, 2));
        emails.addAll(mailbox.about(expired).stream()
                .filter(email -> !email.template().equals("requestReceipt")
                        && !email.template().equals("activationInstructions"))
                .toList());
        emails.addAll(mailbox.about(returned));
        assertThat(emails)
                .extracting(Received::template)
                .containsExactlyInAnyOrder(
                        "requestReceipt",
                        "activationInstructions",
                        "accountActivated",
                        "welcome",
                        "welcome",
                        "requestDeclined",
                        "expiryWarning",
                        "reminder",
                        "requestExpired",
                        "requestExpiredForApprover",
                        "approvalOverdue",
                        "requestReturned",
                        "requestWithdrawn");
        return emails;
    }
}
