package org.smartaccounts.overview;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.Members;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.account.TimelineEntry;
import org.smartaccounts.email.LedgerEntry;
import org.smartaccounts.overview.RequestFile.Deed;
import org.smartaccounts.overview.RequestFile.Happening;
import org.smartaccounts.overview.RequestFile.Message;
import org.smartaccounts.overview.RequestFile.Place;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads everything that is known of one request, in as many statements for a long story as for a short one. */
@Component
public class RequestFiles {

    /**
     * A request of the own company that is open, or has become an account.
     *
     * @param requestNumber which
     * @param status        where it stands
     */
    public record Earlier(String requestNumber, AccountStatus status) {}

    /** Where the engine has stopped; what has parts inside is not active itself. */
    private static final String PLACE = """
            SELECT at.proc_inst_id_, at.proc_def_id_, at.act_id_, task.assignee_, %s AS assignee_name
            FROM act_ru_execution request
            JOIN act_ru_execution at ON at.proc_inst_id_ = request.id_ AND at.act_id_ IS NOT NULL AND at.is_active_
            LEFT JOIN act_ru_task task ON task.execution_id_ = at.id_
            LEFT JOIN act_id_user person ON person.id_ = task.assignee_
            WHERE request.business_key_ = ? AND request.proc_def_id_ LIKE 'smartAccountRequest:%%'""";

    /**
     * User tasks, and jobs that have failed; other jobs only while nobody has to do anything; timers only if there is nothing else. Of one that has
     * ended, the end that belongs to its status.
     */
    private static final String STANDING = """
            WITH request AS (
                SELECT p.id_, p.proc_def_id_, p.end_time_, coalesce(a.status_before, a.status) AS status, a.status AS now
                FROM act_hi_procinst p JOIN smart_account a ON a.request_number = p.business_key_
                WHERE p.business_key_ = :request AND p.proc_def_key_ = 'smartAccountRequest'
            ), place AS (
                SELECT t.task_def_key_ AS element, 1 AS kind, t.create_time_ AS since
                FROM act_ru_task t JOIN request r ON r.id_ = t.proc_inst_id_
                UNION ALL
                SELECT split_part(d.act_id_, '#', 1),
                       CASE WHEN j.retries_ = 0 OR j.exception_msg_ IS NOT NULL THEN 2
                            WHEN d.job_type_ LIKE 'timer%' THEN 4 ELSE 3 END, j.create_time_
                FROM act_ru_job j JOIN act_ru_jobdef d ON d.id_ = j.job_def_id_ JOIN request r ON r.id_ = j.process_instance_id_
                UNION ALL
                (SELECT h.act_id_, 5, h.start_time_
                 FROM act_hi_actinst h JOIN request r ON r.id_ = h.proc_inst_id_
                 WHERE r.end_time_ IS NOT NULL AND h.parent_act_inst_id_ = r.id_ AND h.act_type_ LIKE '%EndEvent'
                 ORDER BY h.act_id_ = 'Event_closedBySupport' AND r.now = 'CLOSED' DESC, h.act_id_ = CASE r.status
                     WHEN 'WITHDRAWN' THEN 'Event_requestWithdrawn' WHEN 'ACTIVE' THEN 'Event_accountActive'
                     WHEN 'DECLINED' THEN 'Event_accountDeclined' WHEN 'EXPIRED' THEN 'Event_accountExpired'
                     WHEN 'CANCELED' THEN 'Event_accountCanceled' ELSE '' END DESC, h.start_time_ DESC
                 LIMIT 1)
            ), first AS (SELECT min(kind) AS kind FROM place)
            SELECT r.proc_def_id_ AS definition, p.element
            FROM request r CROSS JOIN first f
            LEFT JOIN place p ON p.kind IN (1, 2, 5) OR p.kind = 3 AND f.kind >= 2 OR p.kind = 4 AND f.kind = 4
            GROUP BY r.proc_def_id_, p.element
            ORDER BY min(p.kind), max(p.since) DESC, p.element""";

    private static final String DEEDS = """
            SELECT deed.id, deed.occurred_at, deed.actor_role, deed.actor_name, deed.event, deed.status, deed.details, %s AS person_name
            FROM timeline_entry deed
            LEFT JOIN act_id_user person ON person.id_ = deed.actor_name AND deed.actor_role <> 'APPROVER'
            WHERE deed.request_number = ? ORDER BY deed.id""";

    private static final String NAME =
            "nullif(concat_ws(' ', nullif(person.first_, ''), nullif(person.last_, '')), '')";

    private final SmartAccounts accounts;
    private final Members members;
    private final JdbcClient jdbc;

    RequestFiles(SmartAccounts accounts, Members members, JdbcClient jdbc) {
        this.accounts = accounts;
        this.members = members;
        this.jdbc = jdbc;
    }

    /** The request, if there is one of that number that is in sight. */
    public Optional<RequestFile> find(String requestNumber, Sight sight) {
        return accounts.findByRequestNumber(requestNumber)
                .filter(account -> sight.covers(account.requester().companyId()))
                .map(this::file);
    }

    private RequestFile file(SmartAccount account) {
        String requestNumber = account.requestNumber();
        return new RequestFile(
                account,
                Stream.<Happening>concat(deeds(requestNumber).stream(), messages(requestNumber).stream())
                        // What was done comes before the emails about it.
                        .sorted(Comparator.comparing(Happening::at))
                        .toList(),
                account.status() == AccountStatus.ACTIVE ? members.of(requestNumber) : List.of(),
                place(requestNumber));
    }

    /** Where the request stands; empty when the engine has forgotten it, and if it is not in sight. */
    public Optional<Standing> standing(String requestNumber, Sight sight) {
        return accounts.findByRequestNumber(requestNumber)
                .filter(account -> sight.covers(account.requester().companyId()))
                .flatMap(account -> standing(requestNumber));
    }

    /** Where a request stands that was found before. */
    public Optional<Standing> standing(RequestFile file) {
        return standing(file.account().requestNumber());
    }

    private Optional<Standing> standing(String requestNumber) {
        List<Standing> stops = jdbc.sql(STANDING)
                .param("request", requestNumber)
                .query((row, index) -> new Standing(
                        row.getString("definition"),
                        Stream.ofNullable(row.getString("element")).toList()))
                .list();
        return stops.stream()
                .findFirst()
                .map(first -> new Standing(
                        first.definition(),
                        stops.stream().flatMap(stop -> stop.elements().stream()).toList()));
    }

    private List<Deed> deeds(String requestNumber) {
        return jdbc.sql(DEEDS.formatted(NAME))
                .param(requestNumber)
                .query((row, index) -> new Deed(
                        row.getLong("id"),
                        row.getTimestamp("occurred_at").toInstant(),
                        Actor.Role.valueOf(row.getString("actor_role")),
                        nameOr(row.getString("actor_name"), row.getString("person_name")),
                        TimelineEntry.Event.valueOf(row.getString("event")),
                        AccountStatus.valueOf(row.getString("status")),
                        index == 0,
                        row.getString("details")))
                .list();
    }

    private List<Message> messages(String requestNumber) {
        return jdbc.sql("""
                SELECT template, recipient, state, tries, last_answer, changed_at, came_back_at IS NOT NULL AS came_back
                FROM email WHERE request_number = ? ORDER BY changed_at, id""")
                .param(requestNumber)
                .query((row, index) -> new Message(
                        row.getTimestamp("changed_at").toInstant(),
                        row.getString("template"),
                        row.getString("recipient"),
                        LedgerEntry.State.valueOf(row.getString("state")),
                        row.getInt("tries"),
                        row.getString("last_answer"),
                        row.getBoolean("came_back")))
                .list();
    }

    private Optional<Place> place(String requestNumber) {
        return jdbc.sql(PLACE.formatted(NAME)).param(requestNumber).query((row, index) -> stop(row)).list().stream()
                .collect(Collectors.collectingAndThen(Collectors.toList(), RequestFiles::place));
    }

    private record Stop(
            String processInstance,
            String definition,
            String element,
            @Nullable String waitsFor) {}

    private static Stop stop(ResultSet row) throws SQLException {
        @Nullable String assignee = row.getString("assignee_");
        return new Stop(
                row.getString("proc_inst_id_"),
                row.getString("proc_def_id_"),
                row.getString("act_id_"),
                assignee == null ? null : nameOr(assignee, row.getString("assignee_name")));
    }

    private static Optional<Place> place(List<Stop> stops) {
        return stops.stream()
                .findFirst()
                .map(any -> new Place(
                        any.processInstance(),
                        any.definition(),
                        stops.stream().map(Stop::element).collect(Collectors.toUnmodifiableSet()),
                        stops.stream()
                                .map(Stop::waitsFor)
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElse(null)));
    }

    private static String nameOr(String id, @Nullable String name) {
        return name == null ? id : name;
    }

    /** The newest request for a domain that somebody of the own company has made, unless it has ended without an account. */
    public Optional<Earlier> earlierFor(String domain, Sight sight) {
        return sight.companies().isEmpty()
                ? Optional.empty()
                : jdbc.sql("""
                        SELECT request_number, status FROM smart_account
                        WHERE account_domain = :domain AND requester_company_id IN (:companies)
                          AND status IN ('IN_REVIEW', 'IN_DOMAIN_APPROVAL', 'PENDING', 'ACTIVE', 'SUSPENDED')
                        ORDER BY requested_at DESC LIMIT 1""")
                        .param("domain", domain)
                        .param("companies", sight.companies())
                        .query((row, index) -> new Earlier(
                                row.getString("request_number"), AccountStatus.valueOf(row.getString("status"))))
                        .optional();
    }
}
