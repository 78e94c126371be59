package org.smartaccounts.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.NINA;
import static org.smartaccounts.support.Tasklist.PAULA;
import static org.smartaccounts.support.Tasklist.PEDRO;
import static org.smartaccounts.support.Tasklist.SAM;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.RequestForm;
import org.smartaccounts.support.Visitor;
import org.springframework.beans.factory.annotation.Autowired;

/** Many requests at once, from a file: what its preview says, and what becomes of its rows. */
class ManyRequestsTest extends ApplicationTest {

    private static final String PAGE = "/requests/many";
    private static final String HEADER = "accountName,customerEmail,accountDomain";

    @Autowired
    Uploads uploads;

    @Autowired
    UploadWork work;

    @AfterEach
    void nothingStandsInTheWay() {
        database.sql("DROP TRIGGER IF EXISTS in_the_way ON upload_row").update();
        database.sql("DELETE FROM smart_account WHERE request_number LIKE 'SAR-77%'")
                .update();
    }

    @Test
    void theGoodRowsBecomeRequestsAndTheBadOnesSayWhy() {
        Visitor paula = loggedIn(PAULA);
        String good = newDomain();
        String upload = uploaded(
                paula,
                file(row(good), "Nobody,,no domain", row(good), "Rossi,rossi@gmail.com,gmail.com", row(newDomain())));

        assertThat(paula.get(upload).body())
                .contains(
                        "5 rows: 2 good, 3 bad",
                        "Customer email: please fill it in.",
                        "“no domain” is not a valid domain name",
                        good + " is in row 2 already",
                        "gmail.com belongs to a mail provider");
        assertThat(paula.get(upload + "?show=bad").body())
                .contains("no domain")
                .doesNotContain("anna@" + good + "</td>\n        <td>\n          <span class=\"chip\">");

        start(paula, upload);

        assertThat(states(upload)).containsExactly("CREATED", "BAD", "BAD", "BAD", "CREATED");
        assertThat(statusOf(good)).containsExactly("PENDING");
        String result = paula.get(upload).body();
        assertThat(result).contains("2 requests were made, 0 failed, 3 left out", numberOf(good));
        assertThat(paula.get(upload + "/result.csv").body()).contains(numberOf(good), "please fill it in");
    }

    @Test
    void aRequestOfAFileIsOneLikeAnyOther() {
        Visitor paula = loggedIn(PAULA);
        String domain = newDomain();
        start(paula, uploaded(paula, file(row(domain))));

        jobs.drain(numberOf(domain));

        assertThat(mailbox.about(numberOf(domain), "anna@" + domain)).hasSize(1);
    }

    @Test
    void whatLicensingSupportHasToSeeWaitsForThem() {
        Visitor paula = loggedIn(PAULA);
        String domain = newDomain();
        String upload = uploaded(
                paula,
                HEADER + ",justification\nElsewhere,anna@elsewhere.example," + domain + ",They keep our books.\n");

        assertThat(paula.get(upload).body()).contains("Waits for licensing support", "1 row: 1 good");
        start(paula, upload);

        assertThat(statusOf(domain)).containsExactly("IN_DOMAIN_APPROVAL");
    }

    @Test
    void theSameFileTwiceIsOneUploadHoweverItIsWritten() {
        Visitor paula = loggedIn(PAULA);
        String domain = newDomain();
        String upload = uploaded(paula, file(row(domain)));

        HttpResponse<String> again = upload(
                paula,
                "other.csv",
                ("\uFEFF" + file(row(domain)).replace(",", ";").replace("\n", "\r\n\r\n"))
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(location(again)).isEqualTo(upload + "?before");
        assertThat(paula.get(upload + "?before").body()).contains("It has been checked anew");
        start(paula, upload);
        again = upload(paula, "third.csv", bytes(file(row(domain))));

        assertThat(location(again)).isEqualTo(upload + "?before");
        assertThat(paula.get(upload + "?before").body()).contains("was sent then. Nothing is sent twice");
        start(paula, upload);
        assertThat(statusOf(domain)).hasSize(1);
    }

    @Test
    void aCorrectedFileAsksOnlyForWhatWasLeftOut() {
        Visitor paula = loggedIn(PAULA);
        String domain = newDomain();
        String wrong = newDomain();
        start(paula, uploaded(paula, file(row(domain), "Wrong,no address," + wrong)));

        String corrected = uploaded(paula, file(row(domain), row(wrong)));

        assertThat(paula.get(corrected).body())
                .contains(
                        "2 rows: 1 good, 1 bad",
                        "your company has asked for %s already, in %s".formatted(domain, numberOf(domain)));
        start(paula, corrected);
        assertThat(statusOf(domain)).hasSize(1);
        assertThat(statusOf(wrong)).hasSize(1);
    }

    @Test
    void twoAtTheSameMomentAreOne() {
        Visitor paula = loggedIn(PAULA);
        Visitor pedro = loggedIn(PEDRO);
        List<String> domains = IntStream.range(0, 5).mapToObj(i -> newDomain()).toList();
        byte[] file = bytes(file(domains.stream().map(ManyRequestsTest::row).toArray(String[]::new)));
        Map<Visitor, String> tokens = Map.of(paula, token(paula), pedro, token(pedro));

        List<CompletableFuture<String>> both = Stream.of(paula, pedro)
                .map(visitor -> CompletableFuture.supplyAsync(
                        () -> location(upload(visitor, "same.csv", file, Objects.requireNonNull(tokens.get(visitor))))))
                .toList();
        List<String> places = both.stream()
                .map(CompletableFuture::join)
                .map(place -> place.replace("?before", ""))
                .distinct()
                .toList();

        assertThat(places).hasSize(1);
        Visitor uploader = paula.get(places.get(0)).body().contains("many-start") ? paula : pedro;
        String token = token(uploader);
        Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> uploader.submit(places.get(0) + "/start", Map.of("_csrf", token))
                                .statusCode()))
                .limit(4)
                .toList()
                .forEach(click -> assertThat(click.join()).isEqualTo(302));
        settle();
        domains.forEach(domain -> assertThat(statusOf(domain)).containsExactly("PENDING"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RAISE EXCEPTION 'in the way'", "PERFORM pg_terminate_backend(pg_backend_pid())"})
    void afterACrashInTheMiddleTheNextLookGoesOnWhereItWas(String crash) {
        Visitor paula = loggedIn(PAULA);
        List<String> domains = IntStream.range(0, 6).mapToObj(i -> newDomain()).toList();
        String upload =
                uploaded(paula, file(domains.stream().map(ManyRequestsTest::row).toArray(String[]::new)));
        inTheWay(crash, id(upload), 5);

        start(paula, upload);

        assertThat(states(upload)).containsExactly("CREATED", "CREATED", "CREATED", "GOOD", "GOOD", "GOOD");
        assertThat(statusOf(domains.get(3))).as("no half request").isEmpty();
        assertThat(paula.get(upload).body()).contains("3 of 6 so far", "every 2s");

        database.sql("DROP TRIGGER in_the_way ON upload_row").update();
        work.look();
        settle();

        assertThat(states(upload)).containsOnly("CREATED");
        domains.forEach(domain -> assertThat(statusOf(domain)).containsExactly("PENDING"));
        assertThat(paula.get(upload).body()).doesNotContain("every 2s").contains("6 requests were made, 0 failed");
    }

    @Test
    void aRowThatAlwaysHasAnErrorOfOursHoldsUpNobodyForEver() {
        Visitor paula = loggedIn(PAULA);
        String upload = uploaded(paula, file(row(newDomain()), row(newDomain()), row(newDomain())));
        inTheWay("RAISE EXCEPTION 'in the way'", id(upload), 3);

        start(paula, upload);
        work.look();
        settle();
        work.look();
        settle();

        assertThat(states(upload)).containsExactly("CREATED", "FAILED", "CREATED");
        assertThat(paula.get(upload).body()).contains("An error of ours");
    }

    @Test
    void whatIsFoundOnlyAtTheStartFailsAndLeavesNoHalfRequest() {
        Visitor paula = loggedIn(PAULA);
        RequestForm stranger = RequestForm.forNewCustomer();
        String upload = uploaded(paula, file(row(stranger.domain()), row(newDomain())));
        tasklist.submit(NINA, stranger);

        start(paula, upload);

        assertThat(states(upload)).containsExactly("FAILED", "CREATED");
        assertThat(statusOf(stranger.domain())).hasSize(1);
        assertThat(paula.get(upload).body()).contains(stranger.domain() + " cannot be requested");
    }

    @Test
    void aDomainThatAStrangerHasCannotBeRequested() {
        RequestForm stranger = RequestForm.forNewCustomer();
        tasklist.submit(NINA, stranger);
        Visitor paula = loggedIn(PAULA);

        String page = paula.get(uploaded(paula, file(row(stranger.domain())))).body();

        assertThat(page)
                .contains("1 row: 0 good", stranger.domain() + " cannot be requested", "No row can be sent")
                .doesNotContain("many-start");
    }

    @Test
    void theRowsBeforeCountForTheLimitOfOpenRequests() {
        Visitor nina = loggedIn(NINA);
        String one = tasklist.request(NINA, RequestForm.forNewCustomer());
        int open = database.sql("""
                        SELECT count(*) FROM smart_account WHERE requester_company_id = 'nordic-distribution'
                        AND status IN ('IN_REVIEW', 'IN_DOMAIN_APPROVAL', 'PENDING')""").query(Integer.class).single();
        database.sql("""
                        INSERT INTO smart_account SELECT (jsonb_populate_record(one, jsonb_build_object('request_number',
                            'SAR-77' || lpad(i::text, 6, '0'), 'account_domain', ''))).*
                        FROM smart_account one, generate_series(1, ?) i WHERE one.request_number = ?""").params(9998 - open, one).update();

        String page = nina.get(uploaded(nina, file(row(newDomain()), row(newDomain()), row(newDomain()))))
                .body();

        assertThat(page)
                .contains("3 rows: 2 good, 1 bad", "Your company has 9,999 other open requests. Please cancel")
                .contains("Your company has 10,000 other open requests, and more are not possible");
    }

    @Test
    void fiveThousandRowsAreJudgedAtOnceAndOneMoreIsRefused() {
        Visitor paula = loggedIn(PAULA);
        String[] rows = IntStream.range(0, 5000).mapToObj(i -> row(newDomain())).toArray(String[]::new);
        long begun = System.nanoTime();

        String upload = uploaded(paula, file(rows));

        Duration taken = Duration.ofNanos(System.nanoTime() - begun);
        assertThat(taken).isLessThan(Duration.ofMinutes(3));
        assertThat(paula.get(upload + "?page=50").body())
                .contains("5,000 rows: 5,000 good, 0 bad", "Row 5,001", "Page 50 of 50")
                .doesNotContain("Row 2<");
        HttpResponse<String> tooMany = upload(paula, "x.csv", bytes(file(rows) + row(newDomain())));
        assertThat(tooMany.statusCode()).isEqualTo(422);
        assertThat(tooMany.body()).contains("The file has more than 5,000 rows");
    }

    @Test
    void sixtyAreSent() {
        Visitor paula = loggedIn(PAULA);
        List<String> domains = IntStream.range(0, 60).mapToObj(i -> newDomain()).toList();
        String upload =
                uploaded(paula, file(domains.stream().map(ManyRequestsTest::row).toArray(String[]::new)));

        start(paula, upload);

        assertThat(paula.get(upload).body()).contains("60 requests were made, 0 failed, 0 left out");
        assertThat(paula.get(upload + "/result.csv").body().lines().filter(line -> line.contains("SAR-")))
                .hasSize(60);
    }

    @ParameterizedTest
    @CsvSource({"UTF-8,',',LF", "UTF-8,;,CRLF", "UTF-8,TAB,LF", "BOM,;,LF", "BOM,',',CRLF"})
    void aSpreadsheetMayWriteItAsItLikes(String encoding, String separator, String ends) {
        Visitor paula = loggedIn(PAULA);
        String domain = newDomain();
        String text =
                "CustomerEmail,ACCOUNTDOMAIN,noteToCustomer, accountName\n\nanna@%1$s,%1$s,\"Two\nlines, \"\"quoted\"\"; and so on\",Zoë\n,,,\n"
                        .formatted(domain);
        String written = separator.equals(",")
                ? text
                : text.replace("ines,", "ines")
                        .replace("\"; and", "\" and")
                        .replace(",", separator.equals("TAB") ? "\t" : separator);
        written = ends.equals("CRLF") ? written.replace("\n", "\r\n") : written;

        String upload = uploaded(paula, encoding.equals("BOM") ? "\uFEFF" + written : written);

        assertThat(paula.get(upload).body()).contains("1 row: 1 good", "Zoë", "Row 3");
        start(paula, upload);
        assertThat(database.sql("SELECT note_to_customer FROM smart_account WHERE account_domain = ?")
                        .param(domain)
                        .query(String.class)
                        .single())
                .startsWith("Two")
                .contains("\"quoted\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ISO-8859-1 | accountName,customerEmail,accountDomain\\nA,a@a.example,a.example\\nZoë,b@b.example,b.example | Line 3 of the file is not in UTF-8
            UTF-16     | accountName,customerEmail,accountDomain\\nA,a@a.example,a.example | Line 1 of the file is not in UTF-8
            UTF-8      | accountName,accountDomain\\nA,a.example          | These columns are missing in the first row: customerEmail
            UTF-8      | accountName,customerEmail,accountDomain,<b>colour\\nA,a@a.example,a.example,x | not known: “&lt;b&gt;colour”
            UTF-8      | accountName,customerEmail,accountDomain,AccountName\\nA,a@a.example,a.example,x | there twice: accountName
            UTF-8      | accountName,customerEmail,accountDomain\\n,,\\n\\n | There is no row below the header
            UTF-8      | accountName,customerEmail,accountDomain\\nA,a@a.example,a.example\\n"B"x,b@b.example,b.example | begins in line 3
            UTF-8      | accountName,customerEmail,accountDomain\\n"A,a@a.example,a.example\\nB,b,b | begins in line 2
            UTF-8      | %PDF-1.7 and so on                              | This is no CSV file
            UTF-8      | Dear all,\\nplease find the customers attached. | The first row has to name the columns
            UTF-8      | \\n \\n                                         | The file is empty
            """)
    void whatCannotBeReadIsSaidSo(Charset encoding, String text, String words) {
        HttpResponse<String> refused =
                upload(loggedIn(PAULA), "x.csv", text.replace("\\n", "\n").getBytes(encoding));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains(words).contains("many-form");
    }

    @Test
    void naughtyCellsAreTextAndNothingElse() {
        Visitor paula = loggedIn(PAULA);
        String domain = newDomain();
        String upload = uploaded(
                paula,
                file(
                        "=HYPERLINK(\"\"x\"\"),anna@%1$s,%1$s".formatted(domain),
                        "\"<script>alert(1)</script>\",@SUM(1),-1+1",
                        "Nul\0l,\u202Eanna@" + newDomain() + "," + newDomain(),
                        "\"" + "x".repeat(2_000_000) + "\",a,b",
                        "a,b,c,d,e"));

        String page = paula.get(upload).body();
        String result = paula.get(upload + "/result.csv").body();

        assertThat(page)
                .contains("5 rows", "far too long", "more cells than the header")
                .doesNotContain("<script>alert", "\0", "\u202E");
        assertThat(result).contains(",\"'=HYPERLINK(", ",'@SUM(1),", ",'-1+1,");
    }

    @Test
    void theTemplateCountsForNothingUntilSomebodyFillsItIn() {
        Visitor paula = loggedIn(PAULA);
        String template = paula.get(PAGE + "/template.csv").body();
        assertThat(template).startsWith("\uFEFFaccountName,customerEmail,accountDomain,justification");

        assertThat(upload(paula, "template.csv", bytes(template)).body()).contains("There is no row below the header");
        String domain = newDomain();
        String upload = uploaded(paula, template + "Customer,anna@%1$s,%1$s,,,,,\n".formatted(domain));
        assertThat(paula.get(upload).body()).contains("1 row: 1 good");

        Visitor german = loggedIn(PAULA);
        german.carry("language", "de");
        assertThat(german.get(PAGE + "/template.csv").body()).contains("accountName;customerEmail");
    }

    @Test
    void othersSeeNothingOfIt() {
        Visitor paula = loggedIn(PAULA);
        Visitor nina = loggedIn(NINA);
        Visitor sam = loggedIn(SAM);
        String upload = uploaded(paula, file(row(newDomain())));

        for (String page : List.of(upload, upload + "/result.csv", PAGE + "/none", PAGE + "/" + UUID.randomUUID())) {
            assertThat(nina.get(page).statusCode()).as(page).isEqualTo(404);
        }
        assertThat(nina.get(PAGE).body()).doesNotContain(id(upload).toString());
        assertThat(nina.submit(upload + "/start", Map.of("_csrf", token(nina))).statusCode())
                .isEqualTo(404);
        assertThat(sam.get(upload).body())
                .contains("1 row: 1 good", "who alone can start")
                .doesNotContain("many-start");
        assertThat(sam.get(PAGE).body())
                .contains("Only partners can ask", id(upload).toString())
                .doesNotContain("many-form");
        assertThat(sam.submit(upload + "/start", Map.of("_csrf", token(sam))).statusCode())
                .isEqualTo(403);
        assertThat(loggedIn(PEDRO).get(upload).body())
                .contains("Paula Romano, who alone can start")
                .doesNotContain("many-start");
        assertThat(uploads.find(id(upload)).orElseThrow().state()).isEqualTo(Upload.State.PREVIEWED);
    }

    @Test
    void partsThatAreBrokenTooLargeOrForgedAreAnsweredInWords() {
        Visitor paula = loggedIn(PAULA);
        byte[] file = bytes(file(row(newDomain())));

        assertThat(upload(paula, "x.csv", new byte[3_150_000]).statusCode()).isEqualTo(413);
        HttpResponse<String> tooLarge = upload(paula, "x.csv", new byte[8_000_000]);
        assertThat(tooLarge.statusCode()).isEqualTo(413);
        assertThat(tooLarge.body()).contains("A file may have 3 MB");
        assertThat(upload(paula, "x.csv", new byte[0]).statusCode()).isEqualTo(422);
        assertThat(upload(paula, "x.csv", file, "forged").statusCode()).isEqualTo(403);
        assertThat(upload(new Visitor(url), "x.csv", file, "").statusCode()).isEqualTo(403);
        assertThat(upload(loggedIn("aiko"), "x.csv", file, "").statusCode()).isEqualTo(403);
        for (String type : List.of(
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=b",
                "Multipart/Mixed; boundary=b")) {
            for (String page : List.of(PAGE, PAGE + "/none/start", "/requests", "/login", "/logout", "/activation/x")) {
                HttpResponse<String> answer = paula.send(HttpRequest.newBuilder(paula.at(page))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n%zz")));
                assertThat(answer.statusCode()).as(page + " " + type).isIn(400, 403, 415);
                assertThat(answer.body()).as(page + " " + type).containsAnyOf("could not be read", "Once more, please");
                if (!page.equals(PAGE)) {
                    assertThat(answer.statusCode()).as(page + " " + type).isEqualTo(415);
                }
            }
        }
    }

    @Test
    void whoHasLeftTheCompanySendsNothingMore() {
        Visitor paula = loggedIn(PAULA);
        String domain = newDomain();
        String upload = uploaded(paula, file(row(domain)));
        database.sql("UPDATE upload SET company_id = 'another' WHERE id = ?")
                .param(id(upload))
                .update();

        uploads.start(id(upload));
        work.look();
        settle();

        assertThat(states(upload)).containsExactly("FAILED");
        assertThat(statusOf(domain)).isEmpty();
    }

    @Test
    void oldUploadsAreForgotten() {
        Visitor paula = loggedIn(PAULA);
        String previewed = uploaded(paula, file(row(newDomain())));
        String finished = uploaded(paula, file(row(newDomain())));
        start(paula, finished);

        clock.travel(Duration.ofDays(8));
        work.forget();
        assertThat(uploads.find(id(previewed))).isEmpty();
        assertThat(uploads.find(id(finished))).isPresent();
        clock.travel(Duration.ofDays(90));
        work.forget();
        assertThat(uploads.find(id(finished))).isEmpty();
    }

    private void inTheWay(String act, UUID upload, int row) {
        database.sql("""
                CREATE OR REPLACE FUNCTION in_the_way() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  IF NEW.upload_id = '%s' AND NEW.number = %d AND NEW.state = 'CREATED' THEN %s; END IF;
                  RETURN NEW;
                END $$""".formatted(upload, row, act)).update();
        database.sql("CREATE TRIGGER in_the_way BEFORE UPDATE ON upload_row FOR EACH ROW EXECUTE FUNCTION in_the_way()")
                .update();
    }

    private static String newDomain() {
        return RequestForm.forNewCustomer().domain();
    }

    private static String row(String domain) {
        return "Customer at %1$s,anna@%1$s,%1$s".formatted(domain);
    }

    private static String file(String... rows) {
        return HEADER + "\n" + Stream.of(rows).map(row -> row + "\n").collect(Collectors.joining());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String uploaded(Visitor visitor, String text) {
        HttpResponse<String> answer = upload(visitor, "customers.csv", bytes(text));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        return location(answer);
    }

    private HttpResponse<String> upload(Visitor visitor, String name, byte[] content) {
        return upload(visitor, name, content, token(visitor));
    }

    private HttpResponse<String> upload(Visitor visitor, String name, byte[] content, String token) {
        return visitor.send(HttpRequest.newBuilder(visitor.at(PAGE))
                .header("Content-Type", "multipart/form-data; boundary=----parts")
                .POST(BodyPublishers.concat(
                        BodyPublishers.ofString("------parts\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n"
                                + token
                                + "\r\n------parts\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                                + "\"\r\nContent-Type: text/csv\r\n\r\n"),
                        BodyPublishers.ofByteArray(content),
                        BodyPublishers.ofString("\r\n------parts--\r\n"))));
    }

    private String token(Visitor visitor) {
        return visitor.token("/logout");
    }

    private String location(HttpResponse<String> answer) {
        String location = answer.headers().firstValue("Location").orElseThrow();
        return location.startsWith(url) ? location.substring(url.length()) : location;
    }

    private void start(Visitor visitor, String upload) {
        assertThat(visitor.submit(upload + "/start", Map.of("_csrf", token(visitor)))
                        .statusCode())
                .isEqualTo(302);
        settle();
    }

    private void settle() {
        try {
            work.lastLook().get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static UUID id(String upload) {
        Matcher id = Pattern.compile("[0-9a-f-]{36}").matcher(upload);
        assertThat(id.find()).as(upload).isTrue();
        return UUID.fromString(id.group());
    }

    private List<String> states(String upload) {
        return uploads.rows(id(upload), false, 0, 5000).stream()
                .map(row -> row.state().name())
                .toList();
    }

    private List<String> statusOf(String domain) {
        return database.sql("SELECT status FROM smart_account WHERE account_domain = ?")
                .param(domain)
                .query(String.class)
                .list();
    }

    private String numberOf(String domain) {
        return database.sql("SELECT request_number FROM smart_account WHERE account_domain = ?")
                .param(domain)
                .query(String.class)
                .single();
    }
}
