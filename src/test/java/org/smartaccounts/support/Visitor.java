package org.smartaccounts.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Somebody who speaks HTTP to the application, as a browser or an attacker does: keeps cookies, follows no redirect, and sends what it is
 * told.
 */
public final class Visitor {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private final String url;

    /** @param url of the application, such as {@code http://localhost:8080} */
    public Visitor(String url) {
        this.url = url;
    }

    /** Logs in on the login page; its answer. */
    public HttpResponse<String> logIn(String user, String password) {
        return submit("/login", Map.of("_csrf", token("/login"), "username", user, "password", password));
    }

    /** The token against forged forms that a page shows. */
    public String token(String page) {
        Matcher token = TOKEN.matcher(get(page).body());
        if (!token.find()) {
            throw new AssertionError("No token at " + page);
        }
        return token.group(1);
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(at(path)));
    }

    /** Sends a form. */
    public HttpResponse<String> submit(String path, Map<String, String> fields) {
        return send(HttpRequest.newBuilder(at(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded(fields))));
    }

    /** Calls the interface of the web applications, with their token against forged requests. */
    public HttpResponse<String> call(String method, String path, String json) {
        return send(HttpRequest.newBuilder(at(path))
                .header("Content-Type", "application/json")
                // As Tasklist does: only so it gets the variables of tasks in its lists.
                .header("Accept", "application/hal+json, application/json; q=0.9, */*; q=0.5")
                .header("Accept-Language", "en")
                .header("X-XSRF-TOKEN", cookie("XSRF-TOKEN"))
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public URI at(String path) {
        return URI.create(url + path);
    }

    /** The value of a cookie; empty if there is none. */
    public String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    /** Sends a cookie of that value from now on, wherever it has it from. */
    public void carry(String name, String value) {
        try {
            cookies.put(at("/"), Map.of("Set-Cookie", List.of("%s=%s; Path=/".formatted(name, value))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void forgetCookies() {
        cookies.getCookieStore().removeAll();
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
