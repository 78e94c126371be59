package org.smartaccounts.email;

/**
 * What makes two emails of one kind to one person different.
 *
 * @param approverVersion the how-manieth approver it was
 * @param resend          how often the instructions had been asked for again; of what tells of added users whose emails came back later, also
 *                        how many these were
 * @param daysLeft        how many days the approver had left; 0 if none were counted
 * @param review          the how-manieth review of a suspicious account it is about; 0 if about none
 * @param turn            of an email about a support case: how often it had been answered; otherwise 0
 */
public record Occurrence(int approverVersion, int resend, long daysLeft, int review, int turn) {

    /** Of an email that is about neither a review nor a support case. */
    public Occurrence(int approverVersion, int resend, long daysLeft) {
        this(approverVersion, resend, daysLeft, 0, 0);
    }

    /** Of an email that may be about a review. */
    public Occurrence(int approverVersion, int resend, long daysLeft, int review) {
        this(approverVersion, resend, daysLeft, review, 0);
    }

    /** Of an email about a support case. */
    public static Occurrence ofTurn(int turn) {
        return new Occurrence(0, 0, 0, 0, turn);
    }
}
