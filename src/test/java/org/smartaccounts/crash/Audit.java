package org.smartaccounts.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.crash.CrashMail.Accepted;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Compares every request, as the database has it, with what its people were told, and with what the mail server has taken. */
final class Audit {

    private record Account(
            String number,
            String status,
            int approverVersion,
            int resends,
            boolean hasDeadline,
            String requester,
            String approver,
            List<String> tasks,
            int instances,
            int timers,
            int strayTimers) {}

    private record Case(String number, String status, int answers, int replies, int instances, String reporter) {}

    private record Email(String messageId, String template, String recipient, int approverVersion, String state) {}

    private static final Set<String> DECISIONS = Set.of("WITHDRAWN", "ACTIVE", "DECLINED", "EXPIRED", "CANCELED");
    private static final Set<String> BEFORE_THE_END = Set.of("IN_REVIEW", "IN_DOMAIN_APPROVAL", "PENDING");

    /** So many threads for jobs it has. */
    private static final int SENDS_OF_A_NODE = 8;

    private final JdbcClient client;
    private final List<Story> stories;
    private final List<Accepted> accepted;
    private final List<Set<String>> unrecordedAtKill;
    /** The Message-IDs of what a killed node could not write down: it is sent again, unless it need not be sent any more by then. */
    private final Set<String> excused;

    private final List<String> findings = new ArrayList<>();
    private final Map<String, Integer> byStatus = new TreeMap<>();
    private int duplicates;

    Audit(CrashDatabase database, List<Story> stories, List<Accepted> accepted, List<Set<String>> unrecordedAtKill) {
        this.client = database.client();
        this.stories = stories;
        this.accepted = accepted;
        this.unrecordedAtKill = unrecordedAtKill;
        excused = unrecordedAtKill.stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    /** What is wrong; empty if nothing is. */
    List<String> findings() {
        return findings;
    }

    /** How many requests came to which end, or wait where. */
    Map<String, Integer> byStatus() {
        return byStatus;
    }

    /** How many emails the server took once more than once. */
    int duplicates() {
        return duplicates;
    }

    void look() {
        Map<String, Account> accounts = accounts();
        for (Story story : stories) {
            if (story.isKnown()) {
                @Nullable Account account = accounts.get(story.requestNumber());
                if (account == null) {
                    findings.add(story.requestNumber() + " is lost");
                } else {
                    compare(story, account);
                }
            }
        }
        Map<String, List<String>> timelines = timelines();
        Map<String, List<Email>> ledger = ledger();
        for (Account account : accounts.values()) {
            byStatus.merge(account.status(), 1, Integer::sum);
            List<String> timeline = Objects.requireNonNullElse(timelines.get(account.number()), List.of());
            List<Email> emails = Objects.requireNonNullElse(ledger.get(account.number()), List.of());
            oneState(account, timeline);
            emails(account, emails);
            toldOfSuspension(account, timeline, emails);
        }
        cases(ledger);
        whatWasTaken(ledger.values().stream().flatMap(List::stream).toList());
        long orphans = client.sql("""
                        SELECT count(*) FROM act_ru_execution e
                        WHERE parent_id_ IS NULL AND business_key_ LIKE 'SAR-%'
                          AND NOT EXISTS (SELECT 1 FROM smart_account WHERE request_number = e.business_key_)""").query(Long.class).single();
        expect(orphans == 0, "%d process instances without an account".formatted(orphans));
    }

    private void expect(boolean so, String otherwise) {
        if (!so) {
            findings.add(otherwise);
        }
    }

    /** Everything they were told is there; of what they only tried, at most the last. */
    private void compare(Story story, Account account) {
        String number = account.number();
        List<Step> told = story.told();
        List<Step> attempted = story.attempted();
        Step last = attempted.get(attempted.size() - 1);
        Set<String> possible = new HashSet<>(Set.of(last.status()));
        if (attempted.size() > told.size() && !told.isEmpty()) {
            possible.add(told.get(told.size() - 1).status());
        }
        expect(
                possible.contains(account.status()),
                "%s is %s; told %s, tried %s".formatted(number, account.status(), told, attempted));
        between(number + " resends", Step.RESEND::equals, account.resends(), told, attempted);
        between(number + " approvers", Step::changesApprover, account.approverVersion() - 1, told, attempted);
    }

    private void between(
            String what, java.util.function.Predicate<Step> kind, int done, List<Step> told, List<Step> attempted) {
        long least = told.stream().filter(kind).count();
        long most = attempted.stream().filter(kind).count();
        expect(done >= least && done <= most, "%s: %d; told %s, tried %s".formatted(what, done, told, attempted));
    }

    /** Account, process and timeline say the same. */
    private void oneState(Account account, List<String> story) {
        List<String> timeline = withoutSuspensions(story);
        boolean goesOn = BEFORE_THE_END.contains(account.status());
        expect(account.instances() == (goesOn ? 1 : 0), "%s in two states: %s".formatted(account.number(), account));
        List<String> tasks = switch (account.status()) {
            case "IN_REVIEW" -> List.of("Activity_reviewRequest");
            case "IN_DOMAIN_APPROVAL" -> List.of("Activity_approveAccountDomain");
            case "PENDING" ->
                List.of(account.hasDeadline() ? "Activity_activateSmartAccount" : "Activity_correctCustomerEmail");
            default -> List.of();
        };
        expect(
                account.tasks().equals(tasks),
                "%s does not wait where it should: %s".formatted(account.number(), account));
        expect(
                account.timers() == (account.status().equals("PENDING") && account.hasDeadline() ? 1 : 0)
                        && account.strayTimers() == 0,
                "%s has a deadline and no timer, or the other way round: %s".formatted(account.number(), account));
        expect(
                !timeline.isEmpty() && timeline.get(timeline.size() - 1).equals(account.status()),
                "%s is %s; its timeline: %s".formatted(account.number(), account.status(), timeline));
        expect(
                timeline.stream()
                                .filter(status -> !status.equals("IN_REVIEW"))
                                .distinct()
                                .count()
                        == timeline.stream()
                                .filter(status -> !status.equals("IN_REVIEW"))
                                .count(),
                "%s came twice to the same: %s".formatted(account.number(), timeline));
        boolean decidedTwice = timeline.stream().filter(DECISIONS::contains).count() > 1;
        expect(!decidedTwice, "%s has two ends: %s".formatted(account.number(), timeline));
    }

    /** As if what was reinstated had never been suspended. */
    private static List<String> withoutSuspensions(List<String> timeline) {
        List<String> without = new ArrayList<>();
        for (String status : timeline) {
            int last = without.size() - 1;
            if (last > 0
                    && without.get(last).equals("SUSPENDED")
                    && without.get(last - 1).equals(status)) {
                without.remove(last);
            } else {
                without.add(status);
            }
        }
        return without;
    }

    private void toldOfSuspension(Account account, List<String> timeline, List<Email> ledger) {
        Set<String> owed = new HashSet<>();
        if (timeline.contains("SUSPENDED")) {
            owed.add("accountSuspended");
            owed.add(timeline.contains("CLOSED") ? "accountClosed" : "accountReinstated");
        }
        Set<String> sent = ledger.stream()
                .filter(email ->
                        email.state().equals("SENT") && email.recipient().equals(account.requester()))
                .map(Email::template)
                .collect(Collectors.toSet());
        expect(sent.containsAll(owed), "%s: %s, owed %s, sent %s".formatted(account.number(), timeline, owed, sent));
    }

    /** What was said about a problem is there, once, and was answered. */
    private void cases(Map<String, List<Email>> ledger) {
        Map<String, Case> cases = new TreeMap<>();
        client.sql("""
                        SELECT case_number, status, reporter_email,
                               (SELECT count(*) FROM case_message m WHERE m.case_number = c.case_number AND author = 'SUPPORT') AS answers,
                               (SELECT count(*) FROM case_message m WHERE m.case_number = c.case_number AND author = 'REPORTER') - 1 AS replies,
                               (SELECT count(*) FROM act_ru_execution
                                WHERE business_key_ = c.case_number AND parent_id_ IS NULL) AS instances
                        FROM support_case c""")
                .query((row, index) -> new Case(
                        row.getString("case_number"),
                        row.getString("status"),
                        row.getInt("answers"),
                        row.getInt("replies"),
                        row.getInt("instances"),
                        row.getString("reporter_email")))
                .list()
                .forEach(one -> cases.put(one.number(), one));
        expect(
                cases.size() == stories.stream().filter(Story::hasCase).count(),
                "Reported were %d cases, there are %d"
                        .formatted(stories.stream().filter(Story::hasCase).count(), cases.size()));
        for (Story story : stories) {
            if (story.hasCase()) {
                @Nullable Case one = cases.get(story.caseNumber());
                expect(one != null, story.caseNumber() + " is lost");
                if (one != null) {
                    byStatus.merge("case " + one.status(), 1, Integer::sum);
                    compare(story, one, Objects.requireNonNullElse(ledger.get(one.number()), List.of()));
                }
            }
        }
    }

    private void compare(Story story, Case one, List<Email> emails) {
        List<Step> told = story.told();
        List<Step> attempted = story.attempted();
        between(one.number() + " answers", Step.ANSWER::equals, one.answers(), told, attempted);
        between(one.number() + " replies", Step.REPLY::equals, one.replies(), told, attempted);
        boolean closed = one.status().equals("CLOSED");
        between(
                one.number() + " closed",
                step -> step == Step.CLOSE_CASE || step == Step.NOT_REPLY,
                closed ? 1 : 0,
                told,
                attempted);
        expect(one.instances() == (closed ? 0 : 1), "In two states: " + one);
        expect(
                emails.stream().allMatch(email -> Set.of("SENT", "DROPPED").contains(email.state())),
                "%s: %s".formatted(one, emails));
        List<String> sent = emails.stream()
                .filter(email ->
                        email.state().equals("SENT") && email.recipient().equals(one.reporter()))
                .map(Email::template)
                .sorted()
                .toList();
        expect(
                sent.equals(one.answers() == 0 ? List.of("caseReceived") : List.of("caseAnswered", "caseReceived")),
                "%s, sent %s".formatted(one, emails));
    }

    /** Everybody was told what they had to be told. */
    private void emails(Account account, List<Email> ledger) {
        for (Email email : ledger) {
            // Given up in the worst of times, and with the end of the request its incident was gone; what is owed then,
            // is below.
            boolean mayFail = isUnreachable(email) || !BEFORE_THE_END.contains(account.status());
            expect(
                    Set.of("SENT", "DROPPED").contains(email.state())
                            || (mayFail && email.state().equals("FAILED")),
                    "%s: %s".formatted(account.number(), email));
        }
        String requester = account.requester();
        Set<String> owed = switch (account.status()) {
            case "ACTIVE" -> Set.of("accountActivated " + requester, "welcome bruno", "welcome carla");
            case "DECLINED" -> Set.of("requestDeclined " + requester);
            case "EXPIRED" -> Set.of("requestExpired " + requester, "requestExpiredForApprover " + account.approver());
            case "CANCELED" -> Set.of("requestCanceled " + requester);
            default -> Set.of();
        };
        Set<String> sent = new HashSet<>();
        boolean asked = false;
        boolean askedAndNotWrittenDown = false;
        boolean toldOfEnd = false;
        for (Email email : ledger) {
            boolean toApprover = email.recipient().equals(account.approver());
            boolean asks = toApprover && Deeds.ASKING.contains(email.template());
            askedAndNotWrittenDown |= asks && excused.contains(email.messageId());
            if (email.state().equals("SENT")) {
                sent.add(email.template() + " " + email.recipient());
                sent.add(email.template() + " " + email.recipient().replaceAll("@.*", ""));
                asked |= asks;
                toldOfEnd |= email.template().equals("requestCanceledForApprover") && toApprover;
            }
        }
        expect(
                sent.containsAll(owed),
                "%s is %s, owed %s, sent %s".formatted(account.number(), account.status(), owed, sent));
        boolean wasPending =
                !Set.of("IN_REVIEW", "IN_DOMAIN_APPROVAL", "WITHDRAWN").contains(account.status());
        expect(!wasPending || sent.contains("requestReceipt " + requester), account.number() + " has no receipt");
        expect(
                asked || askedAndNotWrittenDown || !account.hasDeadline(),
                "%s waits for somebody who was not asked: %s".formatted(account.number(), ledger));
        if (account.status().equals("CANCELED")) {
            expect(asked == toldOfEnd, "%s: asked %s, told %s".formatted(account.number(), asked, toldOfEnd));
        }
    }

    /** What the server has taken is written down as sent, and was taken once; but for what a killed node could not write down. */
    private void whatWasTaken(List<Email> ledger) {
        Map<String, Email> known = new HashMap<>();
        ledger.forEach(email -> known.put(email.messageId(), email));
        unrecordedAtKill.forEach(emails -> expect(
                emails.size() <= SENDS_OF_A_NODE, "More than a node sends at once, and not written down: " + emails));
        Map<String, List<Accepted>> taken = accepted.stream().collect(Collectors.groupingBy(Accepted::messageId));
        taken.forEach((id, times) -> {
            @Nullable Email email = known.get(id);
            Set<String> possible = excused.contains(id) ? Set.of("SENT", "DROPPED") : Set.of("SENT");
            expect(
                    email != null && (possible.contains(email.state()) || isUnreachable(email)),
                    "Taken by the server, and yet %s: %s".formatted(email, times));
            duplicates += times.size() - 1;
            expect(
                    times.size() == 1 || excused.contains(id),
                    "Taken more than once, without a kill: %s".formatted(times));
            expect(times.size() <= 2, "Taken more than twice: %s".formatted(times));
        });
        for (Email email : ledger) {
            expect(
                    !email.state().equals("SENT") || taken.containsKey(email.messageId()),
                    "Written down as sent, and never taken: " + email);
        }
    }

    /** Refused at once, or given back later. */
    private static boolean isUnreachable(Email email) {
        return email.recipient().startsWith("refused@") || email.recipient().startsWith("gone@");
    }

    private Map<String, Account> accounts() {
        Map<String, Account> accounts = new TreeMap<>();
        client.sql("""
                        SELECT request_number, status, approver_version, resends, deadline IS NOT NULL AS has_deadline,
                               requester_email, customer_email,
                               (SELECT coalesce(string_agg(t.task_def_key_, ','), '') FROM act_ru_task t
                                JOIN act_ru_execution p ON p.id_ = t.proc_inst_id_
                                WHERE p.business_key_ = request_number AND p.proc_def_key_ = 'smartAccountRequest') AS tasks,
                               (SELECT count(*) FROM act_ru_execution
                                WHERE business_key_ = request_number AND parent_id_ IS NULL
                                  AND proc_def_key_ = 'smartAccountRequest') AS instances,
                               (SELECT count(*) FROM act_ru_job j JOIN act_ru_execution p ON p.id_ = j.process_instance_id_
                                WHERE p.business_key_ = request_number AND j.handler_cfg_ LIKE 'Event_waitExpired%'
                                  AND abs(extract(epoch FROM j.duedate_::timestamptz - deadline)) < 1) AS timers,
                               (SELECT count(*) FROM act_ru_job j JOIN act_ru_execution p ON p.id_ = j.process_instance_id_
                                WHERE p.business_key_ = request_number AND j.handler_cfg_ LIKE 'Event_waitExpired%'
                                  AND (deadline IS NULL
                                       OR abs(extract(epoch FROM j.duedate_::timestamptz - deadline)) >= 1)) AS stray_timers
                        FROM smart_account""")
                .query((row, index) -> new Account(
                        row.getString("request_number"),
                        row.getString("status"),
                        row.getInt("approver_version"),
                        row.getInt("resends"),
                        row.getBoolean("has_deadline"),
                        row.getString("requester_email"),
                        row.getString("customer_email"),
                        Stream.of(row.getString("tasks").split(",", -1))
                                .filter(task -> !task.isEmpty())
                                .toList(),
                        row.getInt("instances"),
                        row.getInt("timers"),
                        row.getInt("stray_timers")))
                .list()
                .forEach(account -> accounts.put(account.number(), account));
        return accounts;
    }

    private Map<String, List<String>> timelines() {
        Map<String, List<String>> timelines = new HashMap<>();
        client.sql(
                        "SELECT request_number, status FROM timeline_entry WHERE event IN ('STATUS', 'REINSTATED') ORDER BY id")
                .query(row -> {
                    timelines
                            .computeIfAbsent(row.getString("request_number"), number -> new ArrayList<>())
                            .add(row.getString("status"));
                });
        return timelines;
    }

    private Map<String, List<Email>> ledger() {
        Map<String, List<Email>> ledger = new HashMap<>();
        client.sql("SELECT email.*, coalesce(request_number, case_number) AS about FROM email ORDER BY id")
                .query(row -> {
                    ledger.computeIfAbsent(row.getString("about"), number -> new ArrayList<>())
                            .add(new Email(
                                    row.getString("message_id"),
                                    row.getString("template"),
                                    row.getString("recipient"),
                                    row.getInt("approver_version"),
                                    row.getString("state")));
                });
        return ledger;
    }
}
