package org.smartaccounts.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.NINA;
import static org.smartaccounts.support.Tasklist.PAULA;
import static org.smartaccounts.support.Tasklist.PEDRO;
import static org.smartaccounts.support.Tasklist.SAM;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.RequestForm;
import org.smartaccounts.support.Statements;
import org.smartaccounts.support.Visitor;

/** The list of requests: who sees which, how they are found again, and what a page costs. */
class RequestListTest extends ApplicationTest {

    private static final Pattern NUMBER = Pattern.compile("href=\"/requests/(SAR-[0-9]+)\"");
    private static final Pattern OLDER = Pattern.compile("<a rel=\"next\" href=\"([^\"]+)\"");

    private final RequestForm form = RequestForm.forNewCustomer();

    @Test
    void ownRequestsComeFirstAndThoseOfTheCompanyAreOneChoiceAway() {
        String request = tasklist.request(PAULA, form);

        assertThat(numbers(loggedIn(PAULA).get("/requests").body())).contains(request);
        Visitor pedro = loggedIn(PEDRO);
        assertThat(numbers(pedro.get("/requests").body())).doesNotContain(request);
        assertThat(numbers(pedro.get("/requests?scope=company").body())).contains(request);
        assertThat(numbers(loggedIn(SAM).get("/requests").body())).contains(request);
    }

    @Test
    void anotherCompanyFindsItNowhere() {
        String request = tasklist.submit(PAULA, form);
        String own = tasklist.request(NINA, RequestForm.forNewCustomer());
        String foreignPage = "&after=9999999999999999-" + request;
        Visitor nina = loggedIn(NINA);

        for (String query : List.of(
                "scope=company",
                "scope=mine",
                "scope=company&search=" + request,
                "scope=company&search=" + form.domain(),
                "scope=company&company=alpine-reseller",
                "scope=company&status=PENDING",
                "scope=company&attention=WAITS_FOR_ME",
                "scope=company&attention=EXPIRING",
                "scope=company&attention=EMAIL_FAILED",
                "scope=company" + foreignPage,
                "scope=company&search=" + form.domain() + foreignPage)) {
            assertThat(numbers(nina.get("/requests?" + query).body())).as(query).doesNotContain(request);
            assertThat(nina.get("/requests/export.csv?" + query).body())
                    .as(query)
                    .doesNotContain(request, form.domain());
        }
        assertThat(nina.get("/requests/export.csv?scope=company").body()).contains(own);
    }

    @Test
    void pagesGoOnWhereTheLastOneEndedWhateverComesMeanwhile() {
        List<String> requests = requests(60);
        Visitor paula = loggedIn(PAULA);
        String address = "/requests?search=" + form.domain();
        List<String> read = new ArrayList<>();
        int pages = 0;

        while (!address.isEmpty()) {
            String page = paula.get(address).body();
            read.addAll(numbers(page));
            address = older(page);
            pages++;
            tasklist.request(PAULA, RequestForm.forNewCustomer().with("accountName", form.domain()));
        }

        assertThat(pages).isEqualTo(3);
        assertThat(read).isEqualTo(requests);
    }

    @Test
    void aPageCostsTheSameStatementsWhateverIsOnIt() {
        tasklist.request(PAULA, form);
        Visitor paula = loggedIn(PAULA);
        String one = "/requests?search=" + form.domain();
        assertThat(numbers(paula.get(one).body())).hasSize(1);
        List<String> costOfOne = Statements.of(paula, one);

        requests(21);
        assertThat(numbers(paula.get(one).body())).hasSize(20);
        List<String> costOfMany = Statements.of(paula, one);

        assertThat(costOfMany).isEqualTo(costOfOne).hasSizeLessThan(20);
        assertThat(costOfMany).filteredOn(sql -> sql.contains("timeline_entry")).hasSize(1);
        Visitor sam = loggedIn(SAM);
        sam.get("/requests");
        assertThat(Statements.of(sam, "/requests")).hasSameSizeAs(Statements.of(sam, one));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Straße zum Glück %s     | STRASSE ZUM glück %s
            ΟΔΟΣ %s                 | οδος %s
            株式会社日本 %s         | 日本 %s
            Москва %s               | МОСКВА %s
            İstanbul %s             | istanbul %s
            ＡＢＣ %s               | abc %s
            100%% of_it \\ %s       | 100%% OF_it \\ %s
            "Quotes" and O'Neil %s  | o'neil %s
            """)
    void aPartOfAWordIsFoundInAnyScript(String name, String search) {
        String mark = form.domain().replaceAll("[^0-9]", "") + "0";
        String request = tasklist.request(PAULA, form.with("accountName", name.formatted(mark)));

        List<String> numbers = numbers(loggedIn(PAULA)
                .get("/requests?search=" + encoded(search.formatted(mark)))
                .body());

        assertThat(numbers).containsExactly(request);
    }

    @Test
    void whatStandsForAnythingElsewhereStandsForItselfHere() {
        tasklist.request(PAULA, form);
        Visitor paula = loggedIn(PAULA);

        assertThat(numbers(paula.get("/requests?search=" + encoded(form.domain().replace('-', '_')))
                        .body()))
                .isEmpty();
        assertThat(numbers(paula.get("/requests?search=" + encoded("%" + form.domain()))
                        .body()))
                .isEmpty();
    }

    @Test
    void aCorrectedAddressIsFoundAndTheOneBeforeNotAnyMore() {
        String request = tasklist.request(PAULA, form.with("customerEmail", "berta@" + form.domain()));
        Visitor paula = loggedIn(PAULA);
        assertThat(numbers(paula.get("/requests?search=berta@" + form.domain()).body()))
                .containsExactly(request);

        tasklist.review(PAULA, request, Map.of("reviewDecision", "change", "customerEmail", "clara@" + form.domain()));

        assertThat(numbers(paula.get("/requests?search=CLARA@" + form.domain()).body()))
                .containsExactly(request);
        assertThat(numbers(paula.get("/requests?search=berta@" + form.domain()).body()))
                .isEmpty();
    }

    @Test
    void everyFilterFindsItsOwnAndAllGoTogether() {
        String inReview = tasklist.request(PAULA, form);
        RequestForm second = RequestForm.forNewCustomer().with("accountName", form.domain());
        String pending = tasklist.submit(PAULA, second);
        jobs.drain(pending);
        RequestForm third = RequestForm.forNewCustomer().with("accountName", form.domain());
        String failed = tasklist.submit(PAULA, third);
        jobs.drain(failed);
        database.sql("UPDATE smart_account SET deadline = now() + interval '3 days' WHERE request_number = ?")
                .param(pending)
                .update();
        database.sql(
                        "UPDATE email SET state = 'FAILED' WHERE request_number = ? AND template = 'activationInstructions'")
                .param(failed)
                .update();
        Visitor paula = loggedIn(PAULA);
        String here = "/requests?search=" + form.domain();

        assertThat(numbers(paula.get(here).body())).containsExactly(failed, pending, inReview);
        assertThat(numbers(paula.get(here + "&status=PENDING").body())).containsExactly(failed, pending);
        assertThat(numbers(paula.get(here + "&attention=WAITS_FOR_ME").body())).containsExactly(inReview);
        assertThat(numbers(paula.get(here + "&attention=EXPIRING").body())).containsExactly(pending);
        assertThat(numbers(paula.get(here + "&attention=EMAIL_FAILED").body())).containsExactly(failed);
        assertThat(numbers(paula.get(here + "&attention=EMAIL_FAILED&status=PENDING&scope=company")
                        .body()))
                .containsExactly(failed);
        assertThat(numbers(paula.get(here + "&attention=EMAIL_FAILED&status=ACTIVE")
                        .body()))
                .isEmpty();
        assertThat(numbers(loggedIn(SAM)
                        .get(here + "&attention=EMAIL_FAILED&company=alpine-reseller")
                        .body()))
                .containsExactly(failed);
        assertThat(numbers(
                        loggedIn(SAM).get(here + "&company=nordic-distribution").body()))
                .isEmpty();
    }

    @Test
    void anEmailToAnApproverWhoIsNotAnyMoreNeedsNoAttention() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);
        database.sql(
                        "UPDATE email SET state = 'FAILED' WHERE request_number = ? AND template = 'activationInstructions'")
                .param(request)
                .update();
        Visitor paula = loggedIn(PAULA);
        String failed = "/requests?attention=EMAIL_FAILED&search=" + form.domain();
        assertThat(numbers(paula.get(failed).body())).containsExactly(request);

        database.sql("UPDATE smart_account SET approver_version = approver_version + 1 WHERE request_number = ?")
                .param(request)
                .update();

        assertThat(numbers(paula.get(failed).body())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=NONSENSE",
                "status=PENDING&status=ACTIVE",
                "attention=%00",
                "scope=%F0%9F%92%A9",
                "after=9999999999999999-SAR-999999999999",
                "after=99999999999999999999-SAR-000001",
                "after=-1-SAR-000001",
                "after='",
                "search=%00%ED%A0%80%27%22%5C%25",
                "search=a",
                "company=nobody",
                "language=xx"
            })
    void nonsenseInTheAddressIsNoFault(String query) {
        for (String person : List.of(PAULA, SAM)) {
            Visitor visitor = loggedIn(person);
            for (String more : Stream.of("", "&attention=EXPIRING", "&attention=EMAIL_FAILED", "&search=x")
                    .toList()) {
                assertThat(visitor.get("/requests?" + query + more).statusCode())
                        .as(person + " " + query + more)
                        .isEqualTo(200);
            }
            assertThat(visitor.get("/requests/export.csv?" + query).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aRequestWhoseNameNobodyCanReadIsCalledByItsNumber() {
        String request = tasklist.request(PAULA, form.with("accountName", "\u00A0"));

        assertThat(loggedIn(PAULA).get("/requests").body()).contains("<strong>" + request + "</strong>");
    }

    @Test
    void aSearchThatIsFarTooLongIsCut() {
        tasklist.request(PAULA, form);
        HttpResponse<String> page = loggedIn(PAULA).get("/requests?search=" + "qj".repeat(2000));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("value=\"" + "qj".repeat(50) + "\"").contains("No request is like that");
    }

    @Test
    void theExportHasEveryRowAndNoFormula() {
        requests(30);
        String request = tasklist.request(
                PAULA, form.with("accountName", "=HYPERLINK(\"http://evil.example\") " + form.domain()));

        HttpResponse<String> file = loggedIn(PAULA).get("/requests/export.csv?search=" + form.domain());

        assertThat(file.headers().firstValue("Content-Type")).contains("text/csv;charset=UTF-8");
        assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
                .matches("attachment; filename=\"smart-account-requests-\\d{4}-\\d\\d-\\d\\d\\.csv\"");
        assertThat(file.body()).startsWith("\uFEFFRequest number,Status,Account name,");
        assertThat(file.body().lines()).hasSize(32);
        assertThat(file.body())
                .contains(request + ",In review,\"'=HYPERLINK(\"\"http://evil.example\"\") " + form.domain());
    }

    @Test
    void theNumbersCountWhatIsSeen() {
        Visitor paula = loggedIn(PAULA);
        String alpine = tile(paula.get("/requests").body(), "IN_REVIEW");
        String nordic = tile(loggedIn(NINA).get("/requests").body(), "IN_REVIEW");

        tasklist.request(PAULA, form);

        assertThat(Integer.parseInt(tile(paula.get("/requests").body(), "IN_REVIEW")))
                .isEqualTo(Integer.parseInt(alpine) + 1);
        assertThat(tile(loggedIn(NINA).get("/requests").body(), "IN_REVIEW")).isEqualTo(nordic);
        assertThat(paula.get("/requests/numbers").body()).contains("Week from").containsPattern("<td>[1-9]\\d*</td>");
        assertThat(loggedIn(SAM).get("/requests").body()).contains("Email failed", "As of ");
    }

    private List<String> requests(int length) {
        List<String> newestFirst = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            newestFirst.add(
                    0,
                    tasklist.request(PAULA, RequestForm.forNewCustomer().with("accountName", "Of " + form.domain())));
        }
        return newestFirst;
    }

    private static List<String> numbers(String page) {
        return NUMBER.matcher(page).results().map(match -> match.group(1)).toList();
    }

    private static String older(String page) {
        Matcher link = OLDER.matcher(page);
        return link.find() ? link.group(1).replace("&amp;", "&") : "";
    }

    private static String tile(String page, String status) {
        Matcher tile = Pattern.compile("class=\"tile " + status + "\"[^>]*>\\s*<strong>([\\d,]+)<")
                .matcher(page);
        assertThat(tile.find()).isTrue();
        return tile.group(1).replace(",", "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
