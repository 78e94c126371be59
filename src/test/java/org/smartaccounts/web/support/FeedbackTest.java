package org.smartaccounts.web.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smartaccounts.access.RateLimits;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.PageVotes;
import org.smartaccounts.support.Visitor;
import org.springframework.beans.factory.annotation.Autowired;

/** "Was this page helpful?": readers say it without a login or a script, administrators read it. */
class FeedbackTest extends ApplicationTest {

    @Autowired
    PageVotes votes;

    @Autowired
    RateLimits limits;

    @BeforeEach
    void nobodyHasSaidAnything() {
        database.sql("DELETE FROM page_vote").update();
    }

    @Test
    void aVoteAndACommentAreCountedByPageAndLanguage() {
        assertThat(vote("/help?language=de", Map.of("helpful", "no", "comment", "Zu <b>lang</b>."))
                        .statusCode())
                .isEqualTo(303);
        assertThat(vote("/activation/unknown?language=en", Map.of("helpful", "yes"))
                        .statusCode())
                .isEqualTo(303);

        String page = loggedIn("admin").get("/operations/feedback").body();
        assertThat(page)
                .containsPattern(
                        "<td>Activation page</td>\\s*<td>English</td>\\s*<td>.*?>1</span></td>\\s*<td>.*?>0</span></td>")
                .containsPattern("<td>Help</td>\\s*<td>German</td>\\s*<td>.*?>0</span></td>\\s*<td>.*?>1</span></td>")
                .contains("Zu &lt;b&gt;lang&lt;/b&gt;.");
    }

    @Test
    void whoeverSendsTheSameFormAgainHasChangedTheirMind() {
        Visitor visitor = new Visitor(url);
        Map<String, String> form = hidden(visitor, "/help");
        clock.travel(Duration.ofSeconds(5));
        form.put("helpful", "no");
        visitor.submit("/feedback", form);
        form.put("helpful", "yes");
        visitor.submit("/feedback", form);

        assertThat(votes.counts()).singleElement().satisfies(count -> {
            assertThat(count.helpful()).isEqualTo(1);
            assertThat(count.not()).isZero();
        });
    }

    @Test
    void whatIsWrongIsSaidAndNothingIsLost() {
        String tooLong = "x".repeat(1001);
        HttpResponse<String> answer = vote("/help", Map.of("helpful", "yes", "comment", tooLong));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("room for 1,000 characters", ">" + tooLong + "</textarea>", "checked=\"checked\"");

        assertThat(vote("/help", Map.of("comment", "Good.")).body())
                .contains("Please choose yes or no", ">Good.</textarea>");
        assertThat(vote("/help", Map.of("helpful", "yes", "website", "x")).statusCode())
                .isEqualTo(422);
        assertThat(vote("/help", Map.of("helpful", "yes", "page", "<script>")).statusCode())
                .isEqualTo(400);
        assertThat(votes.counts()).isEmpty();
    }

    @Test
    void whoeverVotesVeryOftenIsToldToWait() {
        while (limits.tryFeedback("127.0.0.1")) {
            // All tests come from one address.
        }

        HttpResponse<String> answer = vote("/help", Map.of("helpful", "yes", "comment", "Good."));
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).contains("very often in a short time", ">Good.</textarea>");
    }

    @Test
    void commentsAreReadTheNewestFirstAPageAtATime() {
        for (int i = 1; i <= 23; i++) {
            votes.give(UUID.randomUUID(), "help", Locale.ENGLISH, true, "Comment %d.".formatted(i));
        }
        votes.give(UUID.randomUUID(), "help", Locale.ENGLISH, true, "");

        Visitor admin = loggedIn("admin");
        String first = admin.get("/operations/feedback").body();
        assertThat(first).contains("Comment 23.", "Comment 4.").doesNotContain("Comment 3.");
        Matcher older =
                Pattern.compile("href=\"(/operations/feedback\\?before=\\d+)\"").matcher(first);
        assertThat(older.find()).isTrue();
        assertThat(admin.get(older.group(1)).body())
                .contains("Comment 3.", "Comment 1.", "Back to the newest")
                .doesNotContain("Comment 4.", ">Older<");
    }

    @Test
    void onlyPublicPagesAsk() {
        assertThat(new Visitor(url).get("/login").body()).doesNotContain("Was this page helpful?");
        assertThat(loggedIn("paula").get("/requests").body()).doesNotContain("Was this page helpful?");
    }

    private HttpResponse<String> vote(String page, Map<String, String> typed) {
        Visitor visitor = new Visitor(url);
        Map<String, String> form = hidden(visitor, page);
        form.putAll(typed);
        clock.travel(Duration.ofSeconds(5));
        return visitor.submit("/feedback", form);
    }

    private static Map<String, String> hidden(Visitor visitor, String page) {
        Map<String, String> fields = new HashMap<>();
        Pattern.compile("type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")
                .matcher(visitor.get(page).body())
                .results()
                .forEach(field -> fields.put(field.group(1), field.group(2)));
        return fields;
    }
}
