package org.smartaccounts.request;

/**
 * What a genuine activation link says: the request, and which of its approvers was invited by it.
 *
 * @param requestNumber   the request
 * @param approverVersion counts the approvers; the link of an earlier one is dead
 */
public record ActivationLink(String requestNumber, int approverVersion) {}
