package org.smartaccounts.support;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.smartaccounts.account.EmailAddress;

/**
 * A problem, as somebody reports it.
 *
 * @param form         the number of the form: sent twice it is still one case
 * @param words        what happened, 1 to {@link CaseMessage#MAX_WORDS} characters
 * @param email        where the reporter can be reached; nobody has proved that it is theirs
 * @param reporterId   the user who is logged in; empty if nobody is
 * @param knownRequest the request from which the reporter came, if there was one
 * @param namedRequest what the reporter has typed as the request's number; empty if it is known, or nothing was typed
 * @param language     in which the reporter is written to
 * @param acknowledge  whether the reporter may be written to before somebody has looked at it
 */
public record Report(
        UUID form,
        String words,
        EmailAddress email,
        String reporterId,
        Optional<String> knownRequest,
        String namedRequest,
        Locale language,
        boolean acknowledge) {}
