package org.smartaccounts.crash;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.smartaccounts.crash.CrashMail.Accepted;
import org.smartaccounts.crash.Person.Answer;
import org.smartaccounts.crash.Person.NobodyKnows;

/** How people take each step: by the pages, by Tasklist, and by the link in their email. */
final class Deeds {

    /** The templates of what has a link to decide; the last if the account was suspended before anybody was asked. */
    static final List<String> ASKING = List.of("activationInstructions", "accountReinstatedForApprover");

    private static final Pattern NUMBER = Pattern.compile("SAR-[0-9]+");

    private final CrashMail mail;
    private final PassingTime time;
    private final Map<String, Person> partners;
    private final Person support;
    private final Person customer;
    private final TaskDeeds taskDeeds;
    private final CaseDeeds caseDeeds;
    private final SecurityDeeds securityDeeds;

    Deeds(Supplier<Node> loadBalancer, CrashMail mail, PassingTime time) {
        this.mail = mail;
        this.time = time;
        partners = Stream.of("paula", "nina")
                .collect(Collectors.toMap(name -> name, name -> new Person(name, loadBalancer)));
        support = new Person("sam", loadBalancer);
        customer = new Person("", loadBalancer);
        taskDeeds = new TaskDeeds(time);
        caseDeeds = new CaseDeeds(customer, support, mail, time, taskDeeds);
        securityDeeds = new SecurityDeeds(new Person("admin", loadBalancer), support, taskDeeds);
    }

    /** Takes the next step, if that can be done by now; the story is told if somebody was told that it is done. */
    void takeNext(Story story) throws NobodyKnows {
        customer.at(story.address());
        switch (story.next()) {
            case ASK -> ask(story);
            case ASK_IN_TASKLIST -> askInTasklist(story);
            case SUBMIT, SUBMIT_TO_APPROVAL -> act(story, "submit", Map.of());
            case SUBMIT_IN_TASKLIST -> review(story, Map.of("reviewDecision", "submit"));
            case WITHDRAW -> act(story, "withdraw", Map.of());
            case APPROVE_DOMAIN -> approve(story, Map.of("domainDecision", "approve"));
            case REFUSE_DOMAIN -> approve(story, Map.of("domainDecision", "refuse", "refusalReason", "Not theirs."));
            case RESEND -> {
                if (instructions(story).isPresent()) {
                    act(story, "resend", Map.of());
                }
            }
            case NAME_APPROVER -> name(story, "boss@" + story.domain());
            case CORRECT_ADDRESS -> {
                if (isTold(story, "addressRefused")) {
                    name(story, "right@" + story.domain());
                }
            }
            case CANCEL -> act(story, "cancel", Map.of("reason", "No longer needed."));
            case PASS_ON -> passOn(story, "other@" + story.domain());
            case ACCEPT ->
                decide(story, Map.of("decision", "accept", "authorised", "true"), "The Smart Account is active");
            case DECLINE ->
                decide(story, Map.of("decision", "decline", "reason", "NOT_WANTED"), "The Smart Account was declined");
            case EXPIRE -> expire(story);
            case REMIND -> remind(story);
            case COME_BACK -> comeBack(story);
            case REPORT, ANSWER, REPLY, CLOSE_CASE, NOT_REPLY -> caseDeeds.takeNext(story);
            case SUSPEND, REINSTATE, REINSTATE_UNDECIDED, CLOSE_ACCOUNT -> securityDeeds.takeNext(story);
        }
    }

    private Person requester(Story story) {
        return Objects.requireNonNull(partners.get(story.requester()));
    }

    private void ask(Story story) throws NobodyKnows {
        Person requester = requester(story);
        Answer page = requester.get("/requests/new");
        Map<String, String> typed = fields(story);
        typed.put("form", story.form());
        story.attempt();
        told(story, requester.submit("/requests/new", page, typed), 303);
    }

    private void askInTasklist(Story story) throws NobodyKnows {
        Person requester = requester(story);
        Answer process = requester.call("GET", "/process-definition?key=smartAccountRequest&latestVersion=true", "");
        Matcher id = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(process.body());
        if (!id.find()) {
            throw new NobodyKnows("No process: " + process);
        }
        story.attempt();
        try {
            told(
                    story,
                    requester.call(
                            "POST",
                            "/process-definition/%s/submit-form".formatted(id.group(1)),
                            Person.json(fields(story))),
                    200);
        } catch (NobodyKnows e) {
            // Tasklist would ask for another one.
            story.isLost();
            throw e;
        }
    }

    private static Map<String, String> fields(Story story) {
        Map<String, String> fields = new HashMap<>(Map.of(
                "accountName",
                "Customer at " + story.domain(),
                "customerEmail",
                story.approver(),
                "accountDomain",
                story.domain(),
                "noteToCustomer",
                "As agreed.",
                "customerLanguage",
                "en",
                "userEmails",
                "bruno@%1$s\ncarla@%1$s".formatted(story.domain()),
                "noteToUsers",
                "Welcome."));
        if (story.isSuspicious()) {
            fields.merge("userEmails", "dora@mailinator.com", (users, another) -> users + "\n" + another);
        }
        if (story.needsApproval()) {
            fields.put("justification", "The holding decides for all its companies.");
        }
        return fields;
    }

    private static void told(Story story, Answer answer, int status) throws NobodyKnows {
        Matcher number = NUMBER.matcher(answer.location() + answer.body());
        if (answer.status() != status || !number.find()) {
            throw new NobodyKnows(
                    "%d to the request for %s: %s".formatted(answer.status(), story.domain(), answer.body()));
        }
        story.isNumber(number.group());
        story.tell();
    }

    /** One of the acts of the page of a request; its form is there as long as it can be done. */
    private void act(Story story, String act, Map<String, String> typed) throws NobodyKnows {
        String path = "/requests/%s/%s".formatted(story.requestNumber(), act);
        Person requester = requester(story);
        boolean again = story.isOpen();
        Answer form = requester.get(path);
        boolean named = again && typed.containsKey("email") && time.isDone(story);
        if (form.hasForm() && !named) {
            story.attempt();
            if (requester.submit(path, form, typed).status() == 303) {
                story.tell();
            }
        } else if (again && time.isDone(story)) {
            // It was done when nobody heard of it; now they have seen it.
            story.tell();
        }
    }

    private void name(Story story, String address) throws NobodyKnows {
        int before = story.told().size();
        act(story, "approver", Map.of("email", address));
        if (story.told().size() > before) {
            story.approverIs(address);
        }
    }

    private void review(Story story, Map<String, String> form) throws NobodyKnows {
        Person requester = requester(story);
        taskDeeds.complete(story, requester, requester.task(story.requestNumber(), "Activity_reviewRequest"), form);
    }

    private void approve(Story story, Map<String, String> form) throws NobodyKnows {
        taskDeeds.complete(story, support, support.claim(story.requestNumber(), "Activity_approveAccountDomain"), form);
    }

    /** The last email by which the approver can decide. */
    private Optional<Accepted> instructions(Story story) {
        return emails(story, ASKING)
                .filter(email -> email.to().equals(story.approver()))
                .reduce((first, last) -> last);
    }

    private boolean isTold(Story story, String template) {
        return emails(story, List.of(template)).findAny().isPresent();
    }

    private Stream<Accepted> emails(Story story, List<String> templates) {
        return mail.accepted().stream()
                .filter(email ->
                        templates.contains(email.template()) && email.about().equals(story.requestNumber()));
    }

    private void decide(Story story, Map<String, String> decision, String done) throws NobodyKnows {
        Optional<Accepted> email = instructions(story);
        if (email.isEmpty()) {
            return;
        }
        String path = "/activation/" + email.get().token();
        Answer page = customer.get(path);
        if (page.body().contains("name=\"decision\"")) {
            story.attempt();
            customer.submit(path, page, decision);
            page = customer.get(path);
        }
        if (page.body().contains(done)) {
            story.tell();
        }
    }

    private void passOn(Story story, String address) throws NobodyKnows {
        int before = story.told().size();
        decide(story, Map.of("decision", "passOn", "email", address), "This link is no longer valid");
        if (story.told().size() > before) {
            story.approverIs(address);
        }
    }

    private void expire(Story story) throws NobodyKnows {
        Optional<Accepted> email = instructions(story);
        if (email.isEmpty()) {
            return;
        }
        if (!story.isOpen()) {
            if (!time.passFor(story.requestNumber())) {
                return;
            }
            story.attempt();
        }
        if (time.isDone(story)) {
            story.tell();
        }
    }

    private void remind(Story story) {
        if (story.isOpen()) {
            if (isTold(story, "reminder")) {
                story.tell();
            }
        } else if (instructions(story).isPresent() && time.comes("Event_reminderDue", story.requestNumber())) {
            story.attempt();
        }
    }

    private void comeBack(Story story) {
        Optional<Accepted> email = instructions(story);
        if (story.isOpen()) {
            if (isTold(story, "addressRefused")) {
                story.tell();
            }
        } else if (email.isPresent() && time.isWaitedFor("addressCameBack", story.requestNumber())) {
            mail.comesBack(email.get());
            story.attempt();
        }
    }
}
