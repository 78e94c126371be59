package org.smartaccounts.overview;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.Actor;
import org.smartaccounts.account.Members.Member;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.account.TimelineEntry;
import org.smartaccounts.email.LedgerEntry;

/**
 * One request with everything that is known of it.
 *
 * @param account the request, and what may have come of it
 * @param story   what has happened to it, oldest first
 * @param members who may use the account
 * @param place   where it stands in the process; empty when it has ended
 */
public record RequestFile(SmartAccount account, List<Happening> story, List<Member> members, Optional<Place> place) {

    /** Something that has happened, at one moment. */
    public sealed interface Happening {

        Instant at();

        /** Whether it is a {@link Deed}; otherwise it is a {@link Message}. */
        default boolean isDeed() {
            return this instanceof Deed;
        }
    }

    /**
     * Somebody, or time, did something.
     *
     * @param id      rises with each deed of all requests
     * @param person  who, for people: a name, an address, or empty if nobody did it
     * @param first   whether the request begins with it
     * @param details in words; may be empty
     */
    public record Deed(
            long id,
            Instant at,
            Actor.Role role,
            String person,
            TimelineEntry.Event event,
            AccountStatus status,
            boolean first,
            String details)
            implements Happening {}

    /**
     * An email, at the moment in which something last became of it.
     *
     * @param template which
     * @param tries    how often it was offered to a mail server
     * @param answer   what the mail server said last; may be empty
     * @param cameBack whether a mail server had accepted it before
     */
    public record Message(
            Instant at,
            String template,
            String recipient,
            LedgerEntry.State state,
            int tries,
            String answer,
            boolean cameBack)
            implements Happening {

        /** Whether it is still known whom it was for. */
        public boolean isForSomebodyKnown() {
            return recipient.contains("@");
        }
    }

    /**
     * Where a request stands.
     *
     * @param processInstance its id
     * @param definition      the id of the version of the process that it follows
     * @param elements        the ids of the elements at which it waits
     * @param waitsFor        for whom it waits at the requester's side; null if it does not
     */
    public record Place(
            String processInstance,
            String definition,
            Set<String> elements,
            @Nullable String waitsFor) {

        public boolean isAt(String element) {
            return elements.contains(element);
        }
    }

    /** The last deed that is in it; 0 if there is none. */
    public long lastDeed() {
        return deedsAfter(0).stream().mapToLong(Deed::id).max().orElse(0);
    }

    /** What was done after that deed. */
    public List<Deed> deedsAfter(long id) {
        return story.stream()
                .filter(Deed.class::isInstance)
                .map(Deed.class::cast)
                .filter(deed -> deed.id() > id)
                .toList();
    }
}
