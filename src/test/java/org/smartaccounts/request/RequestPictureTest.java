package org.smartaccounts.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.PAULA;
import static org.smartaccounts.support.Tasklist.SAM;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.smartaccounts.access.People;
import org.smartaccounts.account.DeclineReason;
import org.smartaccounts.overview.RequestFiles;
import org.smartaccounts.overview.Sight;
import org.smartaccounts.overview.Standing;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.Releases;
import org.smartaccounts.support.RequestForm;
import org.springframework.beans.factory.annotation.Autowired;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The picture of the process on which people see where a request stands. The pictures are kept in {@code target/pictures}. */
class RequestPictureTest extends ApplicationTest {

    private static final Path PICTURES = Path.of("target", "pictures");

    private static final Pattern FRAME = Pattern.compile("viewBox=\"(\\S+) (\\S+) (\\S+) (\\S+)\"");
    private static final Pattern RING = Pattern.compile(
            "data-marked=\"[^\"]+\"><g><rect x=\"([^\"]+)\" y=\"([^\"]+)\" width=\"([^\"]+)\" height=\"([^\"]+)\"");

    /** Where a request stands, for people: at what waits for somebody or has failed; else at what is being done; timers last. */
    private static final String RECEIPT = "Activity_sendRequestReceipt";

    @Autowired
    People people;

    @Autowired
    RequestFiles files;

    @Autowired
    RequestPicture pictures;

    @Autowired
    RequestProcess process;

    @Autowired
    RepositoryService repository;

    @Autowired
    Releases releases;

    private final RequestForm form = RequestForm.forNewCustomer();

    @AfterEach
    void takeAwayWhatWasDeployed() {
        releases.takeAway();
    }

    @Test
    void aRequestStandsWhereSomebodyHasToAct() throws Exception {
        String request = tasklist.request(PAULA, form);
        assertStands("01-review", request, ProcessElements.REVIEW_REQUEST);

        tasklist.review(PAULA, request, Map.of("reviewDecision", "submit"));
        assertStands("02-sending", request, ProcessElements.SEND_ACTIVATION_INSTRUCTIONS, RECEIPT);

        jobs.drain(request);
        assertStands("03-waiting", request, ProcessElements.ACTIVATE_SMART_ACCOUNT);

        assertThat(process.accept(new ActivationLink(request, 1))).isEqualTo(RequestProcess.Answer.RECORDED);
        jobs.drain(request);
        assertStands("04-active", request, "Event_accountActive");
    }

    @Test
    void whatIsBeingSentBesideDoesNotHideForWhomItWaitsButWhatHasFailedIsShown() throws Exception {
        String request = tasklist.submit(PAULA, form);
        relay.goDown();
        try {
            jobs.runAndLog(request, RECEIPT);
            assertStands("05-failed", request, RECEIPT, ProcessElements.SEND_ACTIVATION_INSTRUCTIONS);
        } finally {
            relay.comeBack();
        }
        jobs.run(request, ProcessElements.SEND_ACTIVATION_INSTRUCTIONS);
        assertStands("06-waiting-and-failed", request, ProcessElements.ACTIVATE_SMART_ACCOUNT, RECEIPT);

        jobs.run(request, RECEIPT);
        tasklist.activate(SAM, request, Map.of("activationOutcome", "resend"));
        assertThat(jobs.at(request, ProcessElements.SEND_ACTIVATION_INSTRUCTIONS))
                .hasSize(1);
        assertStands("07-sent-again", request, ProcessElements.ACTIVATE_SMART_ACCOUNT);
    }

    @Test
    void anUnusualDomainStandsWithLicensingSupport() throws Exception {
        String request = tasklist.submit(
                PAULA,
                form.with("customerEmail", "anna@holding-of-" + form.domain())
                        .with("justification", "The holding decides for all its companies."));

        assertStands("08-approval", request, ProcessElements.APPROVE_ACCOUNT_DOMAIN);
    }

    @Test
    void aRefusedAddressStandsAtItsCorrection() throws Exception {
        relay.refuse(form.approver(), "550 5.1.1 No such user");
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);

        assertStands("09-correction", request, ProcessElements.CORRECT_CUSTOMER_EMAIL);
    }

    @Test
    void anEndedRequestStandsAtItsEnding() throws Exception {
        String withdrawn = tasklist.request(PAULA, form);
        tasklist.review(PAULA, withdrawn, Map.of("reviewDecision", "withdraw"));
        assertStands("10-withdrawn", withdrawn, "Event_requestWithdrawn");

        String declined = tasklist.submit(PAULA, form);
        jobs.drain(declined);
        process.decline(new ActivationLink(declined, 1), DeclineReason.NOT_A_CUSTOMER, "");
        assertStands("11-declining", declined, "Activity_sendDeclineNotice");
        jobs.drain(declined);
        assertStands("12-declined", declined, "Event_accountDeclined");

        String canceled = tasklist.submit(PAULA, form);
        jobs.drain(canceled);
        tasklist.as(PAULA, () -> process.cancel(Seen.anyhow(canceled), "Ordered twice."));
        jobs.drain(canceled);
        assertStands("13-canceled", canceled, "Event_accountCanceled");

        String expired = tasklist.submit(PAULA, form);
        jobs.drain(expired);
        clock.travelTo(jobs.only(expired, ProcessElements.WAIT_EXPIRED)
                .getDuedate()
                .toInstant()
                .plusSeconds(60));
        jobs.run(expired, ProcessElements.WAIT_EXPIRED);
        jobs.drain(expired);
        assertStands("14-expired", expired, "Event_accountExpired");
    }

    @Test
    void thePartAroundItHasItWhollyInsideWhateverItIs() throws Exception {
        String definition = present().getId();
        List<String> standing = all(document(whole(definition, List.of()))).stream()
                .filter(id -> id.matches("(Activity|Event|Gateway)_.*(?<!_label)"))
                .toList();
        assertThat(standing).hasSizeGreaterThan(50).contains(ProcessElements.AWAIT_CUSTOMER);

        for (String element : standing) {
            String part = pictures.around(definition, List.of(element)).orElseThrow();
            Box frame = box(FRAME, part);
            assertThat(frame.contains(box(RING, part)))
                    .as("%s in %s", element, frame)
                    .isTrue();
            if (element.equals(ProcessElements.AWAIT_CUSTOMER)) {
                assertThat(frame.width()).isGreaterThan(1000);
            } else {
                assertThat(frame.width()).as(element).isEqualTo(900);
                assertThat(frame.height()).as(element).isEqualTo(500);
            }
        }
    }

    @Test
    void whatIsNotInTheDiagramIsLeftOutAndWithoutAnythingThePartIsTheWhole() throws Exception {
        String definition = present().getId();
        String unmarked = whole(definition, List.of());

        assertThat(whole(definition, List.of("Activity_gone", "Flow_submit", "\"><script>")))
                .isEqualTo(unmarked);
        assertThat(pictures.around(definition, List.of("Activity_gone"))).contains(unmarked);
        assertThat(unmarked)
                .doesNotContain("<script", "<foreignObject")
                .contains("data-element-id=\"Activity_reviewRequest\"");
        assertThat(marked(document(unmarked))).isEmpty();
    }

    @Test
    void theElementsAreCalledAsInTheDiagram() {
        assertThat(pictures.namesOf(
                        present().getId(),
                        List.of(
                                ProcessElements.REVIEW_REQUEST,
                                "Gateway_receiptAndInstructions",
                                "Flow_submit",
                                "Activity_of2Words",
                                "")))
                .containsExactly("Review request", "Receipt and instructions", "submit", "Of2 words", "");
    }

    @Test
    void aVersionWithoutAPictureHasNoneButNames() {
        String old = releases.deploy(Releases.released("1.4.0")).getId();

        assertThat(pictures.whole(old, List.of(ProcessElements.REVIEW_REQUEST))).isEmpty();
        assertThat(pictures.around(old, List.of(ProcessElements.REVIEW_REQUEST)))
                .isEmpty();
        assertThat(pictures.namesOf(old, List.of(ProcessElements.REVIEW_REQUEST)))
                .containsExactly("Review request");
        assertThat(pictures.whole("smartAccountRequest:1:gone", List.of())).isEmpty();
    }

    /** What people see on the picture, the whole and the part; the first of the elements is in the middle. */
    private void assertStands(String name, String request, String... elements) throws Exception {
        Standing standing = files.standing(request, Sight.of(SAM, people)).orElseThrow();
        assertThat(standing.elements()).containsExactly(elements);
        String definition = standing.definition();

        String whole = whole(definition, List.of(elements));
        String part = pictures.around(definition, List.of(elements)).orElseThrow();
        Files.createDirectories(PICTURES);
        Files.writeString(PICTURES.resolve(name + ".svg"), whole);
        Files.writeString(PICTURES.resolve(name + "-part.svg"), part);
        for (String picture : List.of(whole, part)) {
            assertThat(marked(document(picture))).containsExactly(elements);
        }
        assertThat(pictures.namesOf(definition, List.of(elements))).noneMatch(String::isBlank);
    }

    private String whole(String definition, List<String> elements) {
        return pictures.whole(definition, elements).orElseThrow();
    }

    private ProcessDefinition present() {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(ProcessElements.PROCESS)
                .latestVersion()
                .singleResult();
    }

    private static Document document(String svg) throws ParserConfigurationException, SAXException, IOException {
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        // The picture names a DTD somewhere else.
        builder.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
        return builder.parse(new InputSource(new StringReader(svg)));
    }

    private static List<String> all(Document picture) {
        return elements(picture)
                .map(each -> each.getAttribute("data-element-id"))
                .filter(id -> !id.isEmpty())
                .toList();
    }

    private static List<Element> marks(Document picture) {
        return elements(picture)
                .filter(each -> each.hasAttribute("data-marked"))
                .toList();
    }

    private static List<String> marked(Document picture) {
        return marks(picture).stream()
                .map(each -> each.getAttribute("data-marked"))
                .toList();
    }

    private static Stream<Element> elements(Document picture) {
        var groups = picture.getElementsByTagName("g");
        return IntStream.range(0, groups.getLength()).mapToObj(at -> (Element) groups.item(at));
    }

    private record Box(double x, double y, double width, double height) {

        boolean contains(Box other) {
            return x <= other.x
                    && y <= other.y
                    && x + width >= other.x + other.width
                    && y + height >= other.y + other.height;
        }
    }

    private static Box box(Pattern pattern, String picture) {
        Matcher numbers = pattern.matcher(picture);
        assertThat(numbers.find()).isTrue();
        return new Box(number(numbers, 1), number(numbers, 2), number(numbers, 3), number(numbers, 4));
    }

    private static double number(Matcher numbers, int group) {
        return Double.parseDouble(numbers.group(group));
    }
}
