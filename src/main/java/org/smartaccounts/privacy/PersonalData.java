package org.smartaccounts.privacy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What there is about a person, by the numbers of the requests that say it.
 *
 * @param decided       requests that have ended and that the person was to decide, or to be added by: they are anonymised as a whole
 * @param requested     requests of the person that have ended: they forget who asked
 * @param added         active accounts to which the person was added: the access ends
 * @param mentioned     others, under way or active, in which the person was an approver before: they forget that
 * @param underWay      requests under way that need the person: they have to end, or do without, first
 * @param administered  active accounts that the person administers: they have to be closed first
 * @param answeredFor   active accounts that the person has asked for: they keep the name until they are closed
 * @param openCases     support cases of the person that are not closed: they have to be first
 * @param closedCases   how many others there are: they are anonymised
 * @param emails        how many emails to the person the ledger has
 * @param uploadRows    how many rows of uploaded files name the person
 * @param users         who logs in here with that address, by their ids
 */
public record PersonalData(
        List<String> decided,
        List<String> requested,
        List<String> added,
        List<String> mentioned,
        List<String> underWay,
        List<String> administered,
        List<String> answeredFor,
        List<String> openCases,
        int closedCases,
        int emails,
        int uploadRows,
        List<String> users) {

    /** Whether something has to be done first. */
    public boolean isBlocked() {
        return !underWay.isEmpty() || !administered.isEmpty() || !openCases.isEmpty();
    }

    /** Whether there is nothing to erase. */
    public boolean isEmpty() {
        return requests() == 0 && closedCases == 0 && emails == 0 && uploadRows == 0;
    }

    /** Every request that names the person. */
    Set<String> named() {
        return Stream.of(decided, requested, added, mentioned, underWay, administered, answeredFor)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
    }

    /** How many requests forget something. */
    public int requests() {
        return (int) Stream.of(decided, requested, added, mentioned)
                .flatMap(List::stream)
                .distinct()
                .count();
    }
}
