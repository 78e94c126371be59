package org.smartaccounts.email;

/**
 * What makes two emails of one kind to one person different.
 *
 * @param approverVersion the how-manieth approver it was
 * @param resend          how often the instructions had been asked for again
 * @param daysLeft        how many days the approver had left; 0 if none were counted
 */
public record Occurrence(int approverVersion, int resend, long daysLeft) {}
