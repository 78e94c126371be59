package org.smartaccounts.support;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The form of a page, to be filled in and sent as a browser does, with everything that it carries unseen. */
public final class ShownForm {

    private static final Pattern HIDDEN = Pattern.compile("type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");

    private final Visitor visitor;
    private final String path;
    private final Map<String, String> fields = new LinkedHashMap<>();

    private ShownForm(Visitor visitor, String path) {
        this.visitor = visitor;
        this.path = path;
        HIDDEN.matcher(visitor.get(path).body()).results().forEach(field -> fields.put(field.group(1), field.group(2)));
    }

    /** Opens the page of that address, which shows one form that is sent to the same address. */
    public static ShownForm at(Visitor visitor, String path) {
        return new ShownForm(visitor, path);
    }

    public ShownForm with(String field, String typed) {
        fields.put(field, typed);
        return this;
    }

    public ShownForm with(Map<String, ?> typed) {
        typed.forEach((field, text) -> with(field, String.valueOf(text)));
        return this;
    }

    /** Sends it; can be done again. */
    public HttpResponse<String> send() {
        return visitor.submit(path, fields);
    }
}
