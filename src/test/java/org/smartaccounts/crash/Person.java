package org.smartaccounts.crash;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody at a browser, before a load balancer: each click goes to some node that is up, in one session. */
final class Person {

    /** No answer came, or one that says nothing: it may have been done, or not. */
    static final class NobodyKnows extends Exception {

        private static final long serialVersionUID = 1L;

        NobodyKnows(String why) {
            super(why);
        }
    }

    /** What came back from some path. */
    record Answer(String path, int status, String body, String location) {

        /** The path without what tells one request from another. */
        String page() {
            return path.replaceAll("\\?.*|[^/]*[0-9][^/]*", "");
        }

        /** The value of a form's hidden field; empty if there is none. */
        String field(String name) {
            Matcher field = Pattern.compile("name=\"%s\" value=\"([^\"]*)\"".formatted(Pattern.quote(name)))
                    .matcher(body);
            return field.find() ? field.group(1) : "";
        }

        boolean hasForm() {
            return !field("version").isEmpty();
        }
    }

    private static final Pattern TASK =
            Pattern.compile("\"id\":\"([0-9a-f-]{36})\"(?:(?!\"id\":).)*?\"taskDefinitionKey\":\"(\\w+)\"");
    private static final String ENGINE = "/camunda/api/engine/engine/default";

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(cookies)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final String user;
    private final Supplier<Node> loadBalancer;
    private String address = "10.1.1.1";
    private boolean loggedIn;

    /** @param user empty for somebody without a login */
    Person(String user, Supplier<Node> loadBalancer) {
        this.user = user;
        this.loadBalancer = loadBalancer;
        loggedIn = user.isEmpty();
    }

    String user() {
        return user;
    }

    /** From now on it is somebody else, at that IP address. */
    Person at(String elsewhere) {
        address = elsewhere;
        return this;
    }

    Answer get(String path) throws NobodyKnows {
        logIn();
        return known(send(path, HttpRequest.newBuilder().GET()));
    }

    /** Sends a form that a page has shown. */
    Answer submit(String path, Answer shown, Map<String, String> typed) throws NobodyKnows {
        Map<String, String> fields = new HashMap<>(typed);
        for (String hidden : new String[] {"_csrf", "version", "lastDeed", "seal"}) {
            if (!shown.field(hidden).isEmpty()) {
                fields.put(hidden, shown.field(hidden));
            }
        }
        return known(send(
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(encoded(fields)))));
    }

    /**
     * Looks for a task in Tasklist.
     *
     * @param about   the number of a request or a case
     * @param element of the diagram
     * @return its id
     */
    Optional<String> task(String about, String element) throws NobodyKnows {
        Matcher task = TASK.matcher(
                call("GET", "/task?processInstanceBusinessKey=" + about, "").body());
        return task.results()
                .filter(found -> found.group(2).equals(element))
                .map(found -> found.group(1))
                .findFirst();
    }

    /** Looks for a task of a group in Tasklist, and takes it; otherwise as {@link #task}. */
    Optional<String> claim(String about, String element) throws NobodyKnows {
        Optional<String> task = task(about, element);
        if (task.isPresent()) {
            call("POST", "/task/%s/claim".formatted(task.get()), "{\"userId\": \"%s\"}".formatted(user));
        }
        return task;
    }

    /** Completes a task with its form; whether that was done. */
    boolean complete(String task, Map<String, String> form) throws NobodyKnows {
        return call("POST", "/task/%s/submit-form".formatted(task), json(form)).status() == 204;
    }

    /** Fields as the forms of Tasklist send them. */
    static String json(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> "\"%s\": {\"value\": \"%s\", \"type\": \"String\"}"
                        .formatted(field.getKey(), field.getValue().replace("\n", "\\n")))
                .collect(Collectors.joining(", ", "{\"variables\": {", "}}"));
    }

    /** Calls the engine as Tasklist does. */
    Answer call(String method, String path, String json) throws NobodyKnows {
        logIn();
        return known(send(
                ENGINE + path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .header("X-XSRF-TOKEN", cookie("XSRF-TOKEN"))
                        .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json))));
    }

    private void logIn() throws NobodyKnows {
        if (loggedIn) {
            return;
        }
        cookies.getCookieStore().removeAll();
        Answer page = known(send("/login", HttpRequest.newBuilder().GET()));
        Answer answer = known(send(
                "/login",
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(encoded(
                                Map.of("_csrf", page.field("_csrf"), "username", user, "password", Node.PASSWORD))))));
        if (answer.status() != 302) {
            throw new NobodyKnows("The login of %s answers %d".formatted(user, answer.status()));
        }
        // With a page of theirs the web applications begin.
        send("/camunda/app/welcome/default/", HttpRequest.newBuilder().GET());
        loggedIn = true;
    }

    private Answer known(Answer answer) throws NobodyKnows {
        if (answer.status() == 401
                || (answer.status() == 302 && answer.location().contains("/login"))) {
            loggedIn = false;
            throw new NobodyKnows(user + " is not logged in any more");
        }
        if (answer.status() >= 500 || answer.status() == 429) {
            throw new NobodyKnows("%d from %s: %s".formatted(answer.status(), answer.page(), answer.body()));
        }
        return answer;
    }

    private Answer send(String path, HttpRequest.Builder request) throws NobodyKnows {
        Node node = loadBalancer.get();
        try {
            HttpResponse<String> answer = http.send(
                    request.uri(node.at(path))
                            .header("X-Forwarded-For", address)
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    BodyHandlers.ofString());
            return new Answer(
                    path,
                    answer.statusCode(),
                    answer.body(),
                    answer.headers().firstValue("Location").orElse(""));
        } catch (IOException e) {
            throw new NobodyKnows(node.name() + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NobodyKnows("It is over");
        }
    }

    private String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
