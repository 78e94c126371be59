package org.smartaccounts.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A partner at an application that runs as in production, where an administrator has to let her in first. */
public final class Partner {

    /** Who begins with the first administrator's name and password. */
    public static final String ADMINISTRATOR = "admin";

    public static final String ADMINISTRATORS_PASSWORD = "not-a-default-1A";

    private static final String NAME = "paula";
    private static final String COMPANY = "alpine-reseller";
    private static final String PASSWORD = "Her-own-2026";
    private static final String ENGINE = "/camunda/api/engine/engine/default";
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final Pattern NUMBER = Pattern.compile("\"businessKey\":\"([^\"]+)\"");

    /**
     * A request of hers.
     *
     * @param number   by which everybody knows it
     * @param instance by which the engine does
     */
    public record Asked(String number, String instance) {}

    private final Visitor visitor;
    private final String process;

    private Partner(Visitor visitor) {
        this.visitor = visitor;
        this.process = first(
                ID,
                visitor.get(ENGINE + "/process-definition?key=smartAccountRequest&latestVersion=true")
                        .body());
    }

    /** An administrator creates the company and her in Admin; then she logs in. */
    public static Partner isLetIn(String url) {
        Visitor admin = entered(url, ADMINISTRATOR, ADMINISTRATORS_PASSWORD);
        done(admin.call("POST", ENGINE + "/group/create", """
                {"id": "%s", "name": "Alpine Reseller", "type": "PARTNER"}""".formatted(COMPANY)));
        done(admin.call("POST", ENGINE + "/user/create", """
                {"profile": {"id": "%1$s", "firstName": "Paula", "lastName": "Romano", "email": "paula@%2$s.example"},
                 "credentials": {"password": "%3$s"}}""".formatted(NAME, COMPANY, PASSWORD)));
        for (String group : new String[] {"partners", COMPANY}) {
            done(admin.call("PUT", ENGINE + "/group/%s/members/%s".formatted(group, NAME), ""));
        }
        return logsIn(url);
    }

    /** She has been let in before. */
    public static Partner logsIn(String url) {
        return new Partner(entered(url, NAME, PASSWORD));
    }

    private static Visitor entered(String url, String user, String password) {
        Visitor visitor = new Visitor(url);
        assertThat(visitor.logIn(user, password).statusCode()).isEqualTo(302);
        // With a page of theirs the web applications begin.
        visitor.get("/camunda/app/welcome/default/");
        return visitor;
    }

    /** She asks for an account at a domain; its approver is {@code anna} there. */
    public Asked asks(String domain) {
        String answer = done(visitor.call(
                "POST", ENGINE + "/process-definition/%s/submit-form".formatted(process), """
                {"variables": {
                  "accountName": {"value": "Customer at %1$s", "type": "String"},
                  "customerEmail": {"value": "anna@%1$s", "type": "String"},
                  "accountDomain": {"value": "%1$s", "type": "String"}}}""".formatted(domain)));
        return new Asked(first(NUMBER, answer), first(ID, answer));
    }

    /** She submits a request that waits for her review. */
    public void submits(Asked request) {
        String review = first(
                ID,
                visitor.get(ENGINE + "/task?processInstanceId=" + request.instance())
                        .body());
        done(visitor.call("POST", ENGINE + "/task/%s/submit-form".formatted(review), """
                {"variables": {"reviewDecision": {"value": "submit", "type": "String"}}}"""));
    }

    /** The page about a request. */
    public String sees(Asked request) {
        return visitor.get("/requests/" + request.number()).body();
    }

    private static String done(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return answer.body();
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }
}
