package org.smartaccounts.account;

/**
 * Who asks, copied when the request begins, so that the customer is told the truth of that day even if the person has left since.
 *
 * @param id          the user id
 * @param name        first and last name
 * @param email       where the requester is told what becomes of the request
 * @param companyId   the partner company
 * @param companyName its name, for people
 * @param language    in which the requester is written to, a BCP 47 tag
 */
public record Requester(String id, String name, String email, String companyId, String companyName, String language) {}
