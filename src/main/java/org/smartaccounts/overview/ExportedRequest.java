package org.smartaccounts.overview;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.AccountStatus;

/**
 * A request as it is handed out in a file.
 *
 * @param deadline  until when the customer has, or had, time; null if nobody has asked the customer
 * @param endOfWait when the customer decided, the time was over or the request was canceled; null before
 */
public record ExportedRequest(
        String requestNumber,
        AccountStatus status,
        String accountName,
        String accountDomain,
        String approver,
        String requesterName,
        String companyName,
        Instant requestedAt,
        @Nullable Instant deadline,
        @Nullable Instant endOfWait) {}
