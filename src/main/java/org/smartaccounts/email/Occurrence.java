package org.smartaccounts.email;

/**
 * What makes two emails of one kind to one person different.
 *
 * @param approverVersion the how-manieth approver it was
 * @param resend          how often the instructions had been asked for again; of what tells of added users whose emails came back later, also
 *                        how many these were
 * @param daysLeft        how many days the approver had left; 0 if none were counted
 * @param review          the how-manieth review of a suspicious account it is about; 0 if about none
 */
public record Occurrence(int approverVersion, int resend, long daysLeft, int review) {

    /** Of an email that is not about a review. */
    public Occurrence(int approverVersion, int resend, long daysLeft) {
        this(approverVersion, resend, daysLeft, 0);
    }
}
