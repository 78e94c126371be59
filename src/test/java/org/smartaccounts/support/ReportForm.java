package org.smartaccounts.support;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.smartaccounts.development.TimeMachine;

/** The form on which a problem is reported, filled in by a person, who needs some time for it. */
public final class ReportForm {

    private static final Pattern NUMBER = Pattern.compile("CASE-\\d{6,}");

    private final Visitor visitor;
    private final ShownForm form;

    private ReportForm(Visitor visitor, ShownForm form) {
        this.visitor = visitor;
        this.form = form;
    }

    /** Opens the form at an address, and lets the time pass in which it is filled in. */
    public static ReportForm at(Visitor visitor, String path, TimeMachine clock) {
        ReportForm opened = new ReportForm(visitor, ShownForm.at(visitor, path));
        clock.travel(Duration.ofSeconds(5));
        return opened;
    }

    public ReportForm with(String field, String typed) {
        form.with(field, typed);
        return this;
    }

    /** Sends it; can be done again. */
    public HttpResponse<String> send() {
        return form.send();
    }

    /** Sends it; the number of the case that the next page says. */
    public String report() {
        HttpResponse<String> answer = send();
        if (answer.statusCode() != 303) {
            throw new AssertionError("Not taken: " + answer.body());
        }
        String thanks = visitor.get(answer.headers().firstValue("Location").orElseThrow())
                .body();
        Matcher number = NUMBER.matcher(thanks);
        if (!number.find()) {
            throw new AssertionError("No case number on: " + thanks);
        }
        return number.group();
    }
}
