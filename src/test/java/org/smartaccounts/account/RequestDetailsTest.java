package org.smartaccounts.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestDetailsTest {

    @Test
    void whatWasTypedIsTidied() {
        RequestDetails details = RequestDetails.typed(
                "  Muster \n AG\t", " Anna@MUSTER.example ", "MÜNCHEN.example", " Hello,\n  there ", "", "", "", "");

        assertThat(details.accountName()).isEqualTo("Muster   AG");
        assertThat(details.customerEmail()).isEqualTo("Anna@muster.example");
        assertThat(details.accountDomain()).isEqualTo("xn--mnchen-3ya.example");
        assertThat(details.noteToCustomer()).isEqualTo("Hello,\n  there");
    }

    @Test
    void whatCannotBeReadStaysAsTyped() {
        RequestDetails details = RequestDetails.typed("", "anna at muster", "Not A Domain", "", "", "", "", "");

        assertThat(details.customerEmail()).isEqualTo("anna at muster");
        assertThat(details.accountDomain()).isEqualTo("Not A Domain");
    }

    @Test
    void addedUsersAreReadOnePerLineOrWithCommasOrSemicolonsAndNoneTwice() {
        RequestDetails details = RequestDetails.typed(
                "",
                "",
                "",
                "",
                "bruno@a.example\r\ncarla@a.example, dora@a.example;\n\n BRUNO@A.example ;wrong",
                "",
                "",
                "");

        assertThat(details.addedUsers())
                .containsExactly("bruno@a.example", "carla@a.example", "dora@a.example", "wrong");
        assertThat(details.userEmails()).isEqualTo("bruno@a.example\ncarla@a.example\ndora@a.example\nwrong");
    }
}
