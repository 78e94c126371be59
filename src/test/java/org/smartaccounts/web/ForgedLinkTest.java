package org.smartaccounts.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.PAULA;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.request.ActivationLink;
import org.smartaccounts.request.ActivationLinks;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.PlainHttp;
import org.smartaccounts.support.RequestForm;
import org.smartaccounts.support.Visitor;
import org.springframework.beans.factory.annotation.Autowired;

/** Somebody wants to sign for a customer whose email he has not got: he makes links up, changes those that he has, or has others click. */
class ForgedLinkTest extends ApplicationTest {

    private static final Map<String, String> ACCEPT = Map.of("decision", "accept", "authorised", "true");
    private static final Map<String, String> DECLINE = Map.of("decision", "decline", "reason", "NOT_WANTED");

    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final int FORGERIES = 100_000;
    private static final int WRONG_LINKS = 30;

    @Autowired
    ActivationLinks links;

    @Autowired
    SmartAccounts accounts;

    private final RequestForm form = RequestForm.forNewCustomer();

    @Test
    void ofAHundredThousandForgeriesNoneIsGenuine() {
        ActivationLink link = new ActivationLink("SAR-123456", 7);
        String genuine = token(link);
        Random random = new Random(1);
        assertThat(links.read(genuine)).contains(link);

        for (int i = 0; i < FORGERIES; i++) {
            String forged = i % 2 == 0 ? changed(genuine, random) : invented(random);
            if (!forged.equals(genuine)) {
                assertThat(links.read(forged)).as(forged).isEmpty();
            }
        }
    }

    /** One to three bits, characters or places of a link are not as they were. */
    private static String changed(String genuine, Random random) {
        StringBuilder token = new StringBuilder(genuine);
        for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
            int place = random.nextInt(token.length());
            switch (random.nextInt(5)) {
                case 0 -> token.setCharAt(place, (char) (token.charAt(place) ^ (1 << random.nextInt(8))));
                case 1 -> token.setCharAt(place, BASE64.charAt(random.nextInt(BASE64.length())));
                case 2 -> token.deleteCharAt(place);
                case 3 -> token.insert(place, BASE64.charAt(random.nextInt(BASE64.length())));
                default -> token.reverse();
            }
        }
        return token.toString();
    }

    /** What looks like a link, with a signature that somebody has guessed. */
    private static String invented(Random random) {
        String signature = IntStream.range(0, 43)
                .mapToObj(i -> String.valueOf(BASE64.charAt(random.nextInt(BASE64.length()))))
                .collect(Collectors.joining());
        return "SAR-%06d.%d.%s".formatted(random.nextInt(1, 200_000), random.nextInt(1, 9), signature);
    }

    @Test
    void aLinkHasOneSpelling() {
        String genuine = token(new ActivationLink("SAR-123456", 1));
        String other = token(new ActivationLink("SAR-123457", 1));
        String signature = genuine.substring(genuine.lastIndexOf('.') + 1);
        // The last character of the signature has four bits that mean something, and two that do not.
        Stream<String> sameBytes = BASE64.chars()
                .mapToObj(last -> genuine.substring(0, genuine.length() - 1) + (char) last)
                .filter(token -> !token.equals(genuine));
        Stream<String> spellings = Stream.of(
                genuine + "=",
                genuine + " ",
                " " + genuine,
                genuine + "\n",
                genuine + "\0",
                genuine + "/",
                genuine + "A",
                genuine.substring(0, genuine.length() - 1),
                genuine.substring(1),
                genuine.toLowerCase(Locale.ROOT),
                genuine.toUpperCase(Locale.ROOT),
                genuine.replace('S', '\uff33'),
                genuine.replace("123456", "１２３４５６"),
                genuine.replace(".1.", ".01."),
                genuine.replace(".1.", ".+1."),
                genuine.replace(".1.", ".1.1."),
                genuine.replace(".1.", ".2147483648."),
                genuine.replace("SAR-123456", "SAR-0123456"),
                genuine.replace("SAR-123456", "SAR-123457"),
                "SAR-123457.1." + signature,
                other.replace("SAR-123457", "SAR-123456"),
                "SAR-123456.1.",
                "SAR-123456.1." + "A".repeat(43),
                signature,
                genuine + genuine,
                "");

        assertThat(Stream.concat(sameBytes, spellings))
                .hasSize(63 + 26)
                .allSatisfy(token -> assertThat(links.read(token)).as(token).isEmpty());
    }

    @Test
    void aForgedLinkShowsAndDecidesNothing() {
        String request = pending(form);
        String another = pending(RequestForm.forNewCustomer());
        String genuine = token(new ActivationLink(request, 1));
        Set<String> forgeries = new LinkedHashSet<>(List.of(
                genuine.substring(0, genuine.length() - 1),
                genuine + "A",
                genuine.replace(".1.", ".2."),
                genuine.replace(".1.", ".0."),
                token(new ActivationLink(another, 1)).replace(another, request),
                request + ".1." + "A".repeat(43)));
        Random random = new Random(2);
        while (forgeries.size() < WRONG_LINKS / 2) {
            forgeries.add(request + "." + invented(random).replaceFirst("^[^.]*\\.", ""));
        }

        for (String forged : forgeries) {
            HttpResponse<String> page = new Visitor(url).get(path(forged));
            assertThat(page.statusCode()).as(forged).isEqualTo(404);
            assertThat(page.body()).doesNotContain(form.domain(), "Alpine");
            assertThat(new Visitor(url).submit(path(forged), ACCEPT).statusCode())
                    .as(forged)
                    .isEqualTo(404);
        }
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.PENDING);
        assertThat(accounts.get(another).status()).isEqualTo(AccountStatus.PENDING);
    }

    @Test
    void whoWasReplacedCannotDecideAnyMore() {
        String request = pending(form);
        Visitor approver = new Visitor(url);
        String link = path(token(new ActivationLink(request, 1)));
        assertThat(approver.submit(link, Map.of("decision", "passOn", "email", "boss@" + form.domain()))
                        .statusCode())
                .isEqualTo(303);

        for (Map<String, String> decision :
                List.of(ACCEPT, DECLINE, Map.of("decision", "passOn", "email", "x@y.example"))) {
            approver.submit(link, decision);
        }

        assertThat(approver.get(link).statusCode()).isEqualTo(410);
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.PENDING);
        assertThat(accounts.get(request).details().customerEmail()).isEqualTo("boss@" + form.domain());
    }

    @Test
    void aDecisionThatIsSentAgainIsNotTakenAgain() {
        String request = pending(form);
        Visitor customer = new Visitor(url);
        String link = path(token(new ActivationLink(request, 1)));
        customer.submit(link, DECLINE);

        for (int i = 0; i < 3; i++) {
            customer.submit(link, ACCEPT);
            customer.submit(link, Map.of("decision", "passOn", "email", "boss@" + form.domain()));
        }

        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.DECLINED);
        assertThat(accounts.get(request).approverVersion()).isEqualTo(1);
    }

    @Test
    void whoTriesLinksIsStoppedAndTheCustomerBesideHimIsNot() {
        String request = pending(form);
        String genuine = path(token(new ActivationLink(request, 1)));
        Visitor guesser = new Visitor(url);
        Random random = new Random(3);
        for (int i = 0; i < WRONG_LINKS; i++) {
            assertThat(guesser.get(path(invented(random))).statusCode()).isEqualTo(404);
        }

        HttpResponse<String> stopped = guesser.get(path(invented(random)));
        assertThat(stopped.statusCode()).isEqualTo(429);
        assertThat(stopped.body()).contains("please wait ten minutes");
        assertThat(guesser.submit(path(invented(random)), ACCEPT).statusCode()).isEqualTo(429);
        // What a client says of its own address counts for nothing.
        for (String header : List.of("X-Forwarded-For", "Forwarded", "X-Real-IP", "Client-IP")) {
            assertThat(guesser.send(HttpRequest.newBuilder(guesser.at(path(invented(random))))
                                    .header(header, header.equals("Forwarded") ? "for=203.0.113.7" : "203.0.113.7"))
                            .statusCode())
                    .as(header)
                    .isEqualTo(429);
        }

        assertThat(guesser.get(genuine).body()).contains("Accept the Smart Account");
        assertThat(guesser.submit(genuine, ACCEPT).statusCode()).isEqualTo(303);
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.ACTIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "CROSS-SITE", "nonsense", ""})
    void aPageOfSomebodyElseCannotDecideInTheCustomersBrowser(String site) {
        String request = pending(form);
        Visitor customer = new Visitor(url);
        String link = path(token(new ActivationLink(request, 1)));
        customer.get(link);

        HttpResponse<String> refused = customer.send(accepting(customer, link).header("Sec-Fetch-Site", site));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.PENDING);

        // An older browser does not say where a form comes from.
        assertThat(customer.send(accepting(customer, link)).statusCode()).isEqualTo(303);
        assertThat(accounts.get(request).status()).isEqualTo(AccountStatus.ACTIVE);
    }

    @Test
    void theLinkInTheEmailLeadsHereWhateverHostWasAskedFor() {
        String request = pending(form);
        String link = path(token(new ActivationLink(request, 1)));
        String boss = "boss@" + form.domain();
        String body = "decision=passOn&email=" + URLEncoder.encode(boss, StandardCharsets.UTF_8);

        String answer = PlainHttp.send(URI.create(url), """
                POST %s HTTP/1.1
                Host: evil.example
                X-Forwarded-Host: evil.example
                Content-Type: application/x-www-form-urlencoded
                Content-Length: %d
                Connection: close

                %s""".formatted(link, body.length(), body));

        assertThat(answer).startsWith("HTTP/1.1 303");
        jobs.drain(request);
        assertThat(mailbox.only(request, boss).link()).startsWith(url + "/activation/");
        assertThat(mailbox.only(request, boss).html()).doesNotContain("evil.example");
    }

    private static HttpRequest.Builder accepting(Visitor customer, String link) {
        return HttpRequest.newBuilder(customer.at(link))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("decision=accept&authorised=true"));
    }

    private String pending(RequestForm request) {
        String requestNumber = tasklist.submit(PAULA, request);
        jobs.drain(requestNumber);
        return requestNumber;
    }

    private String token(ActivationLink link) {
        String path = links.to(link).getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String path(String token) {
        return "/activation/" + token;
    }
}
