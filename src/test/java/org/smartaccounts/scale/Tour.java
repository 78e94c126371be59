package org.smartaccounts.scale;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.smartaccounts.support.Visitor;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people look at, among however many requests: each page by a name. */
final class Tour {

    private static final String ENGINE = "/camunda/api/engine/engine/default";
    private static final String NEWEST_FIRST = "{\"sorting\":[{\"sortBy\":\"created\",\"sortOrder\":\"desc\"}]}";

    private final Node node;
    private final JdbcClient jdbc;
    private final Map<String, Visitor> people = new LinkedHashMap<>();

    /** @param jdbc the node's database */
    Tour(Node node, JdbcClient jdbc) {
        this.node = node;
        this.jdbc = jdbc;
    }

    private Visitor visitor(String person) {
        return people.computeIfAbsent(person, node::visitor);
    }

    /** The requests page, and what it leads to. */
    Map<String, Supplier<HttpResponse<String>>> pages() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("paula: hers", "/requests");
        pages.put("paula: her company's", "/requests?scope=company");
        pages.put("paula: pending", "/requests?scope=company&status=PENDING");
        pages.put("paula: a common word", "/requests?scope=company&search=gmbh");
        pages.put("paula: a rare word", "/requests?scope=company&search=" + domain("paula"));
        pages.put("paula: email failed", "/requests?scope=company&attention=EMAIL_FAILED");
        pages.put("paula: expiring", "/requests?scope=company&attention=EXPIRING");
        pages.put("paula: waits for her", "/requests?scope=company&attention=WAITS_FOR_ME");
        pages.put("paula: numbers", "/requests/numbers");
        pages.put("paula: one request", "/requests/" + number("paula"));
        pages.put("paula: where it stands", "/requests/%s/diagram.svg".formatted(number("paula")));
        pages.put("sam: all", "/requests");
        pages.put("sam: of one company", "/requests?company=alpine-reseller");
        pages.put("sam: pending", "/requests?status=PENDING");
        pages.put("sam: a common word", "/requests?search=gmbh");
        pages.put("sam: a rare word", "/requests?search=" + domain("paula"));
        pages.put("sam: email failed", "/requests?attention=EMAIL_FAILED");
        pages.put("sam: expiring", "/requests?attention=EXPIRING");
        pages.put("sam: waits for him", "/requests?attention=WAITS_FOR_ME");
        pages.put("sam: numbers", "/requests/numbers");
        pages.put("sam: one request", "/requests/" + number("paula"));
        Map<String, Supplier<HttpResponse<String>>> tour = new LinkedHashMap<>();
        pages.forEach((name, path) ->
                tour.put(name, () -> visitor(name.replaceFirst(":.*", "")).get(path)));
        return tour;
    }

    /** Of these a million requests may make nobody wait longer. */
    Map<String, Supplier<HttpResponse<String>>> tasklist() {
        Map<String, Supplier<HttpResponse<String>>> tour = new LinkedHashMap<>();
        tour.put("paula: My tasks", () -> list("paula", "My tasks"));
        tour.put("sam: My tasks", () -> list("sam", "My tasks"));
        tour.put("sam: Support", () -> list("sam", "Support"));
        tour.put("sam: Expiring within a day", () -> list("sam", "Expiring within a day"));
        tour.put("admin: Partners and support", () -> list("admin", "Partners and support"));
        return tour;
    }

    private HttpResponse<String> list(String person, String filter) {
        String id = jdbc.sql("SELECT id_ FROM act_ru_filter WHERE name_ = ?")
                .param(filter)
                .query(String.class)
                .single();
        return visitor(person)
                .call("POST", ENGINE + "/filter/%s/list?firstResult=0&maxResults=15".formatted(id), NEWEST_FIRST);
    }

    /** What administrators look at. */
    Map<String, Supplier<HttpResponse<String>>> operations() {
        Map<String, Supplier<HttpResponse<String>>> tour = new LinkedHashMap<>();
        Map.of(
                        "admin: running requests", "/operations/running-requests",
                        "admin: security checks", "/operations/security-checks",
                        "admin: feedback", "/operations/feedback",
                        "admin: what is wrong", "/operations/cockpit/wrong",
                        "admin: outcomes", "/operations/cockpit/definitions/%s/outcomes".formatted(definition()),
                        "admin: health", "/actuator/health")
                .forEach((name, path) -> tour.put(name, () -> visitor("admin").get(path)));
        return tour;
    }

    private String definition() {
        return jdbc.sql(
                        "SELECT id_ FROM act_re_procdef WHERE key_ = 'smartAccountRequest' ORDER BY version_ DESC LIMIT 1")
                .query(String.class)
                .single();
    }

    private String number(String requester) {
        return some("request_number", requester);
    }

    private String domain(String requester) {
        return some("account_domain", requester);
    }

    /** Of one of theirs, if possible one that waits; of one that there is not, as long as there is none. */
    private String some(String column, String requester) {
        return Objects.requireNonNull(jdbc.sql("""
                        SELECT coalesce((SELECT %s FROM smart_account WHERE requester_id = ?
                            ORDER BY status = 'PENDING' DESC, requested_at DESC LIMIT 1), 'none')""".formatted(column))
                .param(requester)
                .query(String.class)
                .single());
    }

    /** Presses the administrators' button; a check that is under way goes on. */
    void beginSecurityCheck() {
        press("/operations/security-checks", "/operations/security-checks/begin", 302, 409);
    }

    /** Presses the administrators' button that says what would become of requests that are moved to the newest version. */
    void tryToMove() {
        press("/operations/running-requests", "/operations/running-requests/try", 302);
    }

    /** Presses the administrators' button that moves requests to the newest version. */
    void move() {
        press("/operations/running-requests", "/operations/running-requests/move", 302);
    }

    private void press(String page, String button, Integer... expected) {
        Visitor admin = visitor("admin");
        int status = admin.submit(button, Map.of("_csrf", admin.token(page))).statusCode();
        if (!List.of(expected).contains(status)) {
            throw new IllegalStateException("%s answers with %d".formatted(button, status));
        }
    }

    /** Holds up a security check that is under way, so that nothing else goes on when something is timed; or lets it go on. */
    void holdUpSecurityCheck(boolean heldUp) {
        int status = visitor("admin")
                .call(
                        "PUT",
                        ENGINE + "/job-definition/suspended",
                        "{\"processDefinitionKey\": \"accountSecurityCheck\", \"suspended\": %s, \"includeJobs\": false}"
                                .formatted(heldUp))
                .statusCode();
        if (status != 204) {
            throw new IllegalStateException("Holding up answers with " + status);
        }
    }

    /** Whatever its window is. */
    void cleanUpHistory() {
        int status = visitor("admin")
                .call("POST", ENGINE + "/history/cleanup?immediatelyDue=true", "")
                .statusCode();
        if (status != 200) {
            throw new IllegalStateException("The cleanup answers with " + status);
        }
    }
}
