package org.smartaccounts.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smartaccounts.account.DomainName;

/** Which domains people can take for each other. */
class DomainLookTest {

    @ParameterizedTest
    @CsvSource({
        "exarnple.com, example.com",
        "examp1e.com, example.com",
        "g00gle.com, google.com",
        "аcme.com, acme.com",
        "xn--cme-5cd.com, acme.com",
        "bücher.example, bücher.example.",
    })
    void theyLookTheSame(String one, String other) {
        DomainLook first = look(one);
        DomainLook second = look(other.replaceFirst("\\.$", ""));

        assertThat(first.look()).isEqualTo(second.look());
        assertThat(Collections.disjoint(first.marks(), second.marks())).isFalse();
        assertThat(first.looksLike(second)).isEqualTo(!first.name().equals(second.name()));
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, exampel.com",
        "example.com, exmple.com",
        "example.com, examplee.com",
        "example.com, exanple.com",
        "my-company.com, mycompany.com",
        "bücher.com, bucher.com",
    })
    void theyAreOneLetterApart(String one, String other) {
        DomainLook first = look(one);
        DomainLook second = look(other);

        assertThat(first.isOneLetterFrom(second)).isTrue();
        assertThat(second.isOneLetterFrom(first)).isTrue();
        assertThat(Collections.disjoint(first.marks(), second.marks())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, example.org",
        "example.com, example.co",
        "customer-1.example, customer-2.example",
        "customer-1.example, customer-12.example",
        "acme.com, acne.com",
        "example.com, another.com",
    })
    void theyAreNotAlike(String one, String other) {
        assertThat(Collections.disjoint(look(one).marks(), look(other).marks())).isTrue();
        assertThat(look(one).looksLike(look(other))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"example.com, xeample.co.com", "abcdef.com, bcdefa.com", "example.com, example.com"})
    void moreThanOneLetterIsNotOne(String one, String other) {
        assertThat(look(one).isOneLetterFrom(look(other))).isFalse();
    }

    private static DomainLook look(String typed) {
        return DomainLook.of(DomainName.parse(typed).orElseThrow().value());
    }
}
