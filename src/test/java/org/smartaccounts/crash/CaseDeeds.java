package org.smartaccounts.crash;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.smartaccounts.crash.CrashMail.Accepted;
import org.smartaccounts.crash.Person.Answer;
import org.smartaccounts.crash.Person.NobodyKnows;

/** How an approver reports a problem, and how licensing support answer it. */
final class CaseDeeds {

    private static final Pattern NUMBER = Pattern.compile("CASE-[0-9]+");
    private static final String ANSWER_CASE = "Activity_answerSupportCase";

    /** Who writes faster is taken for a program. */
    private static final long TO_WRITE = TimeUnit.SECONDS.toNanos(4);

    /** A form that somebody fills in. */
    private record Form(Answer page, long openedAt) {

        boolean isWritten() {
            return System.nanoTime() - openedAt > TO_WRITE;
        }
    }

    private final Person approver;
    private final Person support;
    private final CrashMail mail;
    private final PassingTime time;
    private final TaskDeeds taskDeeds;
    private final Map<Story, Form> forms = new HashMap<>();

    CaseDeeds(Person approver, Person support, CrashMail mail, PassingTime time, TaskDeeds taskDeeds) {
        this.approver = approver;
        this.support = support;
        this.mail = mail;
        this.time = time;
        this.taskDeeds = taskDeeds;
    }

    /** Takes the next step, if that can be done by now. */
    void takeNext(Story story) throws NobodyKnows {
        switch (story.next()) {
            case REPORT -> report(story);
            case ANSWER -> decide(story, Map.of("caseDecision", "answer", "caseAnswer", "Have you looked there?"));
            case REPLY -> reply(story);
            case CLOSE_CASE -> decide(story, Map.of("caseDecision", "close"));
            case NOT_REPLY -> letTimePass(story);
            default -> throw new IllegalStateException("%s is not about a case".formatted(story.next()));
        }
    }

    /** The same form, however often it is sent. */
    private void report(Story story) throws NobodyKnows {
        Optional<Answer> written = written(story, "/report");
        if (written.isEmpty()) {
            return;
        }
        story.attempt();
        Answer answer = approver.submit(
                "/report",
                written.get(),
                Map.of(
                        "words",
                        "The page does not open.",
                        "email",
                        story.approver(),
                        "request",
                        story.requestNumber()));
        Matcher number =
                NUMBER.matcher(approver.get(path(answer, "/report/thanks/")).body());
        if (!number.find()) {
            throw new NobodyKnows("Thanks, and no number of a case");
        }
        story.isCase(number.group());
        forms.remove(story);
        story.tell();
    }

    /** Where an answer leads, if it leads there. */
    private static String path(Answer answer, String expected) throws NobodyKnows {
        int begin = answer.location().indexOf(expected);
        if (begin < 0) {
            throw new NobodyKnows("%d and not %s: %s".formatted(answer.status(), expected, answer.body()));
        }
        return answer.location().substring(begin);
    }

    /** The form, once there was time to fill it in. */
    private Optional<Answer> written(Story story, String path) throws NobodyKnows {
        if (!forms.containsKey(story)) {
            forms.put(story, new Form(approver.get(path), System.nanoTime()));
        }
        return Optional.ofNullable(forms.get(story)).filter(Form::isWritten).map(Form::page);
    }

    private void decide(Story story, Map<String, String> decision) throws NobodyKnows {
        taskDeeds.complete(story, support, support.claim(story.caseNumber(), ANSWER_CASE), decision);
    }

    private void reply(Story story) throws NobodyKnows {
        Optional<Accepted> email = answer(story);
        if (email.isEmpty()) {
            return;
        }
        if (story.isOpen() && time.isDone(story)) {
            forms.remove(story);
            story.tell();
            return;
        }
        String path = "/case/" + email.get().token();
        Optional<Answer> written = written(story, path);
        if (written.isPresent()) {
            story.attempt();
            if (approver.submit(path, written.get(), Map.of("words", "I have, and it is not there."))
                            .status()
                    == 303) {
                forms.remove(story);
                story.tell();
            }
        }
    }

    private void letTimePass(Story story) {
        if (story.isOpen()) {
            if (time.isDone(story)) {
                story.tell();
            }
        } else if (answer(story).isPresent() && time.comes("Event_replyTimePassed", story.caseNumber())) {
            story.attempt();
        }
    }

    private Optional<Accepted> answer(Story story) {
        return mail.accepted().stream()
                .filter(email ->
                        email.template().equals("caseAnswered") && email.about().equals(story.caseNumber()))
                .findFirst();
    }
}
