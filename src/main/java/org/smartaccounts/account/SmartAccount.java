package org.smartaccounts.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.ReadOnlyProperty;
import org.springframework.data.annotation.Version;
import org.springframework.data.domain.AbstractAggregateRoot;
import org.springframework.data.relational.core.mapping.Embedded;

/**
 * A Smart Account, from the moment a partner asks for it.
 *
 * <p>It begins as a request {@linkplain AccountStatus#IN_REVIEW in review}: the requester fills it in, and everything about it
 * may still change. Then it is {@linkplain #submit submitted}, and the account exists, provisionally and under its domain, which it
 * alone may hold; or it is {@linkplain #withdraw withdrawn} and never existed. Between the two, licensing support may have to
 * {@linkplain #requestDomainApproval approve the domain}; what is not approved {@linkplain #returnToReview comes back} to its requester.
 * From submission on the customer decides: the approver {@linkplain #activate accepts} or {@linkplain #decline declines} before the
 * deadline, or the account {@linkplain #expire expires}, or the requester {@linkplain #cancel cancels}. Meanwhile the instructions may be
 * {@linkplain #resendInstructions sent again}, and {@linkplain #changeApprover somebody else} may become the approver; neither gives more
 * time. Whatever ends the account frees its domain at once.
 *
 * <p>Once it exists, licensing support may {@linkplain #suspend suspend} it: then nobody can accept or change anything until support
 * {@linkplain #reinstate reinstates} it to what it was, or {@linkplain #close closes} it. The customer's time goes on meanwhile.
 *
 * <p>This row is the truth; the process that carries the request forward only follows it. Load it for a change through
 * {@link SmartAccounts#lock}, so that of two who come at the same moment the second sees what the first has done. A change that
 * the status does not allow throws {@link IllegalStateException}: by then somebody should have looked. Each change of status
 * writes its line to the {@link Timeline} when the account is saved.
 */
public class SmartAccount extends AbstractAggregateRoot<SmartAccount> {

    /** As long as a customer's note may be, in characters. */
    public static final int MAX_DECLINE_NOTE = 2000;

    /** As long as the reason for cancelling may be, in characters. */
    public static final int MAX_CANCEL_REASON = 2000;

    /** As long as the reason for returning a request may be, in characters. */
    public static final int MAX_RETURN_REASON = 2000;

    /** How often the instructions may be sent again. */
    public static final int MAX_RESENDS = 10;

    /** Between one resend and the next. */
    private static final Duration RESEND_INTERVAL = Duration.ofHours(1);

    /** How often somebody else may become the approver: with a link anybody can name anybody. */
    public static final int MAX_APPROVER_CHANGES = 10;

    @Id
    private final String requestNumber;

    @Embedded.Empty(prefix = "requester_")
    private final Requester requester;

    private final Instant requestedAt;

    @Embedded.Empty
    private RequestDetails details;

    private AccountStatus status;

    private @Nullable AccountStatus statusBefore;

    private int suspensions;

    private String returnReason = "";

    private int approverVersion = 1;

    private String passedOnBy = "";

    private int resends;

    private @Nullable Instant lastResendAt;

    private @Nullable Instant deadline;

    private @Nullable Instant endOfWait;

    private @Nullable DeclineReason declineReason;

    private String declineNote = "";

    private Actor.@Nullable Role canceledBy;

    private String cancelReason = "";

    private @Nullable Instant endedAt;

    @ReadOnlyProperty
    private @Nullable Instant anonymisedAt;

    @Version
    private @Nullable Integer version;

    private SmartAccount(
            String requestNumber,
            Requester requester,
            Instant requestedAt,
            RequestDetails details,
            AccountStatus status) {
        this.requestNumber = requestNumber;
        this.requester = requester;
        this.requestedAt = requestedAt;
        this.details = details;
        this.status = status;
    }

    /** A partner begins to ask. */
    static SmartAccount requested(String requestNumber, Requester requester, RequestDetails details, Instant now) {
        SmartAccount account = new SmartAccount(requestNumber, requester, now, details, AccountStatus.IN_REVIEW);
        account.record(TimelineEntry.Event.STATUS, now, Actor.requester(requester.id()), "");
        return account;
    }

    /** The requester fills the request in, or in again. */
    public void describe(RequestDetails newDetails) {
        require(AccountStatus.IN_REVIEW, "changed");
        details = newDetails;
    }

    /** The requester, or time, gives the request up before it was sent. */
    public void withdraw(Actor by, Instant now) {
        require(AccountStatus.IN_REVIEW, "withdrawn");
        become(AccountStatus.WITHDRAWN, by, now, "");
    }

    /** The request is sent, but licensing support has to look at its domain first; nothing can be changed meanwhile. */
    public void requestDomainApproval(Actor by, Instant now) {
        require(AccountStatus.IN_REVIEW, "given to licensing support");
        returnReason = "";
        become(AccountStatus.IN_DOMAIN_APPROVAL, by, now, "");
    }

    /**
     * Licensing support, or time, gives the request back to its requester, who may change it and send it again.
     *
     * @param reason for the requester; at most {@link #MAX_RETURN_REASON} characters
     */
    public void returnToReview(Actor by, Instant now, String reason) {
        require(AccountStatus.IN_DOMAIN_APPROVAL, "returned");
        returnReason = reason;
        become(AccountStatus.IN_REVIEW, by, now, reason);
    }

    /** The account exists from here, provisionally. Its domain must be free, see {@link Provisioning}. */
    void submit(Actor by, Instant now) {
        if (status != AccountStatus.IN_DOMAIN_APPROVAL) {
            require(AccountStatus.IN_REVIEW, "submitted");
        }
        returnReason = "";
        become(AccountStatus.PENDING, by, now, "");
    }

    /** The customer has been asked, and has until then. */
    public void awaitDecisionUntil(Instant newDeadline) {
        requireUndecided("given a deadline");
        deadline = newDeadline;
    }

    /** The customer accepts. */
    void activate(Actor by, Instant now, String details) {
        require(AccountStatus.PENDING, "activated");
        endOfWait = now;
        become(AccountStatus.ACTIVE, by, now, details);
    }

    /**
     * The customer declines.
     *
     * @param reason from the list
     * @param note   in the customer's words, for the requester; may be empty, at most {@link #MAX_DECLINE_NOTE} characters
     */
    public void decline(Actor by, Instant now, DeclineReason reason, String note, String details) {
        require(AccountStatus.PENDING, "declined");
        endOfWait = now;
        declineReason = reason;
        declineNote = note;
        become(AccountStatus.DECLINED, by, now, details);
    }

    /**
     * The requester, support or time takes the request back before the customer has decided.
     *
     * @param reason for the approver and the requester; at most {@link #MAX_CANCEL_REASON} characters
     */
    public void cancel(Actor by, Instant now, String reason) {
        if (by.role() == Actor.Role.SYSTEM) {
            requireUndecided("canceled");
        } else {
            require(AccountStatus.PENDING, "canceled");
        }
        cancelReason = reason;
        becomeCanceled(by, now, reason);
    }

    /**
     * The instructions are to be sent again.
     *
     * @throws IllegalStateException if that is too soon or too often, see {@link #mayResend} and {@link #nextResend}
     */
    public void resendInstructions(Actor by, Instant now) {
        require(AccountStatus.PENDING, "asked for again");
        if (!mayResend() || now.isBefore(nextResend())) {
            throw new IllegalStateException(
                    "The instructions for %s cannot be sent again now".formatted(requestNumber));
        }
        resends++;
        lastResendAt = now;
        record(TimelineEntry.Event.RESEND, now, by, "");
    }

    /**
     * Somebody else becomes the approver; links to earlier ones are dead from here, and the deadline stays.
     *
     * @param newApprover checked, see {@link RequestCheck#problemsOfApprover}
     * @param by          who named them; an approver has passed the decision on
     */
    public void changeApprover(EmailAddress newApprover, Actor by, Instant now) {
        require(AccountStatus.PENDING, "given another approver");
        if (!mayChangeApprover()) {
            throw new IllegalStateException("%s has had too many approvers".formatted(requestNumber));
        }
        String before = details.customerEmail();
        details = details.withApprover(newApprover);
        approverVersion++;
        passedOnBy = by.role() == Actor.Role.APPROVER ? before : "";
        record(TimelineEntry.Event.APPROVER, now, by, before + " → " + newApprover);
    }

    /** The customer let the time pass, or an administrator ended it early: then that was the deadline. */
    public void expire(Instant now) {
        requireUndecided("expired");
        endOfWait = now;
        deadline = deadline == null || now.isBefore(deadline) ? now : deadline;
        become(AccountStatus.EXPIRED, Actor.SYSTEM, now, "");
    }

    /** The request is given up from outside, and with it what may have come of it; one that has ended stays as it is. */
    public void abandon(Actor by, Instant now, String why) {
        if (status == AccountStatus.IN_REVIEW || status == AccountStatus.IN_DOMAIN_APPROVAL) {
            become(AccountStatus.WITHDRAWN, by, now, why);
        } else if (isUndecided()) {
            becomeCanceled(by, now, why);
        }
    }

    /**
     * Licensing support stops it.
     *
     * @param reason for those who read its timeline
     */
    public void suspend(Actor by, Instant now, String reason) {
        if (status != AccountStatus.ACTIVE) {
            require(AccountStatus.PENDING, "suspended");
        }
        suspensions++;
        stop(AccountStatus.SUSPENDED, by, now, reason);
    }

    /**
     * Licensing support lets it go on as what it was.
     *
     * @param reason for those who read its timeline
     */
    public void reinstate(Actor by, Instant now, String reason) {
        require(AccountStatus.SUSPENDED, "reinstated");
        status = Objects.requireNonNull(statusBefore);
        statusBefore = null;
        record(TimelineEntry.Event.REINSTATED, now, by, reason);
    }

    /**
     * Licensing support ends it, suspended or not.
     *
     * @param reason for those who read its timeline
     */
    public void close(Actor by, Instant now, String reason) {
        if (status != AccountStatus.ACTIVE && status != AccountStatus.SUSPENDED) {
            require(AccountStatus.PENDING, "closed");
        }
        endOfWait = endOfWait == null ? now : endOfWait;
        stop(AccountStatus.CLOSED, by, now, reason);
    }

    private void stop(AccountStatus newStatus, Actor by, Instant now, String reason) {
        AccountStatus before = statusBefore == null ? status : statusBefore;
        become(newStatus, by, now, reason);
        statusBefore = before;
    }

    private void requireUndecided(String change) {
        if (!isUndecided()) {
            require(AccountStatus.PENDING, change);
        }
    }

    private void require(AccountStatus expected, String change) {
        if (status != expected) {
            throw new IllegalStateException("%s is %s, so it cannot be %s".formatted(requestNumber, status, change));
        }
    }

    private void becomeCanceled(Actor by, Instant now, String details) {
        endOfWait = now;
        canceledBy = by.role();
        become(AccountStatus.CANCELED, by, now, details);
    }

    private void become(AccountStatus newStatus, Actor by, Instant now, String details) {
        status = newStatus;
        statusBefore = null;
        endedAt = newStatus.hasEnded() ? now : null;
        record(TimelineEntry.Event.STATUS, now, by, details);
    }

    private void record(TimelineEntry.Event event, Instant now, Actor by, String details) {
        registerEvent(new TimelineEntry(requestNumber, now, by, event, status, details));
    }

    /** Rises with each change; 0 when the request has just begun. */
    public int version() {
        return version == null ? 0 : version;
    }

    /** What people call it by, {@code SAR-000123}. */
    public String requestNumber() {
        return requestNumber;
    }

    public Requester requester() {
        return requester;
    }

    public Instant requestedAt() {
        return requestedAt;
    }

    public RequestDetails details() {
        return details;
    }

    public AccountStatus status() {
        return status;
    }

    /** What a suspended or closed account was before; null for any other. */
    public @Nullable AccountStatus statusBefore() {
        return statusBefore;
    }

    public boolean isSuspended() {
        return status == AccountStatus.SUSPENDED;
    }

    /** How often it has been suspended. */
    public int suspensions() {
        return suspensions;
    }

    /** Whether the account exists provisionally, and the customer's time goes on, suspended or not. */
    public boolean isUndecided() {
        return status == AccountStatus.PENDING
                || (status == AccountStatus.SUSPENDED && statusBefore == AccountStatus.PENDING);
    }

    /** Why the request came back to its requester; empty if it did not, or has been sent again. */
    public String returnReason() {
        return returnReason;
    }

    /** Whether the customer has been asked and may still decide. */
    public boolean isAwaitingDecisionAt(Instant now) {
        return status == AccountStatus.PENDING && deadline != null && now.isBefore(deadline);
    }

    /** How many days the customer has left; one that has begun counts. 0 before the wait and after its end. */
    public long daysLeftAt(Instant now) {
        if (deadline == null || !now.isBefore(deadline)) {
            return 0;
        }
        return Duration.between(now, deadline).plusDays(1).minusNanos(1).toDays();
    }

    /** Counts the people who were named as approver; a link to an earlier one is dead. */
    public int approverVersion() {
        return approverVersion;
    }

    /** The approver before, if that person has passed the decision on to the present one; otherwise empty. */
    public String passedOnBy() {
        return passedOnBy;
    }

    public boolean mayChangeApprover() {
        return approverVersion <= MAX_APPROVER_CHANGES;
    }

    /** How often the instructions have been sent again. */
    public int resends() {
        return resends;
    }

    /** Whether the instructions may ever be sent again. */
    public boolean mayResend() {
        return resends < MAX_RESENDS;
    }

    /** From when on the instructions may be sent again, as far as time goes. */
    public Instant nextResend() {
        return lastResendAt == null ? Instant.MIN : lastResendAt.plus(RESEND_INTERVAL);
    }

    /** Until when the customer may decide; null before the customer was asked. */
    public @Nullable Instant deadline() {
        return deadline;
    }

    /** When the customer decided, the time was over or the request was canceled; null before. */
    public @Nullable Instant endOfWait() {
        return endOfWait;
    }

    /** When it became what it is for ever; null as long as it may become something else. */
    public @Nullable Instant endedAt() {
        return endedAt;
    }

    /** When names, addresses and words about it were forgotten; null if they were not. */
    public @Nullable Instant anonymisedAt() {
        return anonymisedAt;
    }

    /** Why the customer declined; null unless that is so. */
    public @Nullable DeclineReason declineReason() {
        return declineReason;
    }

    /** What the customer said about declining; may be empty. */
    public String declineNote() {
        return declineNote;
    }

    /** In which capacity somebody canceled; null unless that is so. */
    public Actor.@Nullable Role canceledBy() {
        return canceledBy;
    }

    /** Why the request was canceled; may be empty. */
    public String cancelReason() {
        return cancelReason;
    }
}
