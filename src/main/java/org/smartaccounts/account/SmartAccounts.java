package org.smartaccounts.account;

import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

/** All requests and accounts. */
public interface SmartAccounts extends Repository<SmartAccount, String> {

    SmartAccount save(SmartAccount account);

    /** The account as it is now, for reading. Each step of the process asks this, and a written query is found sooner than a derived one. */
    @Query("SELECT * FROM smart_account WHERE request_number = :requestNumber")
    Optional<SmartAccount> findByRequestNumber(@Param("requestNumber") String requestNumber);

    /**
     * The account for a change: until the end of the transaction nobody else can change it, and it is read once.
     *
     * @return empty if there is none
     */
    default Optional<SmartAccount> findLocked(String requestNumber) {
        return LockedAccounts.find(requestNumber)
                .or(() -> lockRow(requestNumber).map(LockedAccounts::keep));
    }

    /** For {@link #findLocked}. Rows that refer to the account may still be written meanwhile, so the lock is not {@code FOR UPDATE}. */
    @Query("SELECT * FROM smart_account WHERE request_number = :requestNumber FOR NO KEY UPDATE")
    Optional<SmartAccount> lockRow(@Param("requestNumber") String requestNumber);

    /** As {@link #findLocked}, for a request that is known to exist. */
    default SmartAccount lock(String requestNumber) {
        return known(findLocked(requestNumber), requestNumber);
    }

    /** The account of a request that is known to exist, for reading: as it is now, or as this transaction has locked it. */
    default SmartAccount get(String requestNumber) {
        return known(LockedAccounts.find(requestNumber).or(() -> findByRequestNumber(requestNumber)), requestNumber);
    }

    private static SmartAccount known(Optional<SmartAccount> account, String requestNumber) {
        return account.orElseThrow(() -> new IllegalStateException("There is no request " + requestNumber));
    }

    /** The live account that holds the domain. */
    @Query(
            "SELECT * FROM smart_account WHERE account_domain = :domain AND status IN ('PENDING', 'ACTIVE', 'SUSPENDED')")
    Optional<SmartAccount> findLive(@Param("domain") String domain);

    /** How many other requests of a partner company have not ended, nor become an active account. */
    @Query("""
            SELECT count(*) FROM smart_account
            WHERE requester_company_id = :company AND status IN ('IN_REVIEW', 'IN_DOMAIN_APPROVAL', 'PENDING')
              AND request_number <> :except""")
    int countOpen(@Param("company") String companyId, @Param("except") String exceptRequestNumber);

    /** Lets one transaction after the other claim this domain; held until its end. */
    @Query("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(:domain, 0))")
    int queueForDomain(@Param("domain") String domain);

    @Query("SELECT nextval('request_number')")
    long nextNumber();
}
