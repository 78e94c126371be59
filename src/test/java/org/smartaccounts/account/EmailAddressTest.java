package org.smartaccounts.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @CsvSource({
        "anna@example.com, anna@example.com",
        "' anna@example.com ', anna@example.com",
        "Anna.Weber+sar@Example.COM, Anna.Weber+sar@example.com",
        "o'neil@example.com, o'neil@example.com",
        "anna@straße.example, anna@xn--strae-oqa.example",
        "anna@mail.example.co.uk, anna@mail.example.co.uk",
    })
    void isReadInItsOneSpelling(String typed, String address) {
        assertThat(EmailAddress.parse(typed).map(EmailAddress::toString)).contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "anna",
                "@example.com",
                "anna@",
                "anna@example",
                "anna@@example.com",
                "an na@example.com",
                ".anna@example.com",
                "anna.@example.com",
                "an..na@example.com",
                "\"an na\"@example.com",
                "anna@example..com",
                "anna@-example.com",
                "anna@example.123",
                "anna@[127.0.0.1]",
                "anna@127.0.0.1",
                "anna@exa_mple.com",
                "anna,bruno@example.com",
                "anna@example.com>",
                "anna\r\nBcc: bruno@example.com",
                "änna@example.com",
            })
    void isRefused(String typed) {
        assertThat(EmailAddress.parse(typed)).isEmpty();
    }

    @Test
    void mayNotBeLongerThanAPath() {
        String domain = "a".repeat(60) + "." + "b".repeat(60) + "." + "c".repeat(60) + ".example";
        assertThat(EmailAddress.parse("x".repeat(64) + "@" + domain)).isEmpty();
        assertThat(EmailAddress.parse("x".repeat(63) + "@" + domain)).isPresent();
        assertThat(EmailAddress.parse("x".repeat(65) + "@example.com")).isEmpty();
    }

    @Test
    void isTheSameMailboxInCapitals() {
        assertThat(address("Anna@example.com").isSameMailboxAs(address("ANNA@EXAMPLE.COM")))
                .isTrue();
        assertThat(address("anna@example.com").isSameMailboxAs(address("anna@example.org")))
                .isFalse();
    }

    @Test
    void domainsAreRelatedIfOneIsBelowTheOther() {
        assertThat(domain("example.com").isRelatedTo(domain("example.com"))).isTrue();
        assertThat(domain("mail.example.com").isRelatedTo(domain("example.com")))
                .isTrue();
        assertThat(domain("example.com").isRelatedTo(domain("mail.example.com")))
                .isTrue();
        assertThat(domain("notexample.com").isRelatedTo(domain("example.com"))).isFalse();
    }

    @Test
    void domainsAreReadWhateverTheLanguageOfTheServer() {
        Locale before = Locale.getDefault();
        try {
            // Where the lower case of I is not i.
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(DomainName.parse("MAIL.EXAMPLE")).contains(domain("mail.example"));
        } finally {
            Locale.setDefault(before);
        }
    }

    private static EmailAddress address(String text) {
        return EmailAddress.parse(text).orElseThrow();
    }

    private static DomainName domain(String text) {
        Optional<DomainName> domain = DomainName.parse(text);
        return domain.orElseThrow();
    }
}
