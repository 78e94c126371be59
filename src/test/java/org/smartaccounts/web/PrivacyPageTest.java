package org.smartaccounts.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.PAULA;

import org.junit.jupiter.api.Test;
import org.smartaccounts.development.Mailbox.Received;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.RequestForm;
import org.smartaccounts.support.Visitor;

/** What is kept about people, and where they are told. */
class PrivacyPageTest extends ApplicationTest {

    @Test
    void everybodyReadsWhatIsKeptForHowLongAndWhomToAsk() {
        assertThat(new Visitor(url).get("/privacy")).satisfies(page -> {
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body())
                    .contains("365 days after the end of a request", "mailto:licensing-support@smartaccounts.example");
        });
    }

    @Test
    void thePageOfTheLinkTheFormAndEveryEmailLeadThere() {
        RequestForm form = RequestForm.forNewCustomer();
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        Received instructions = mailbox.only(request, form.approver());

        assertThat(instructions.text()).contains(url + "/privacy?language=en");
        assertThat(instructions.html()).contains(url + "/privacy?language=en");
        assertThat(new Visitor(url)
                        .get(instructions.link().substring(url.length()))
                        .body())
                .contains("href=\"/privacy\"");
        assertThat(loggedIn(PAULA).get("/requests/new").body()).contains("href=\"/privacy\"");
    }
}
