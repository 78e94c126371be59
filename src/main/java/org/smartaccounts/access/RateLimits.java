package org.smartaccounts.access;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How often somebody may try what could be guessing. The counters are in the database, so a limit is one for all nodes; each try costs a short transaction of
 * its own. Of a counter's owner only a hash is kept, and a counter that is full again is cleared away.
 *
 * <p>A limit works like a bucket: so many tries at once, which come back one by one over the time given. Addresses of version 6 are counted
 * by their first 64 bits, which one household has.
 */
@Component
public class RateLimits {

    static final Duration LOGIN_TIME = Duration.ofMinutes(15);
    private static final int WRONG_PASSWORDS_OF_USER = 8;
    private static final int WRONG_PASSWORDS = 60;

    private static final Duration LINK_TIME = Duration.ofMinutes(10);
    private static final int USES_OF_LINK = 300;
    private static final int WRONG_LINKS = 30;

    private static final Duration TAKEN_DOMAIN_TIME = Duration.ofDays(1);
    private static final int TAKEN_DOMAINS = 30;
    private static final String TAKEN_DOMAINS_OF = "taken domains of";

    private static final Duration REPORT_TIME = Duration.ofHours(1);
    private static final int REPORTS = 10;
    private static final int VOTES = 30;
    private static final Duration REPORT_DAY = Duration.ofDays(1);
    private static final int REPORTS_ABOUT_REQUEST = 20;
    private static final int ACKNOWLEDGEMENTS = 3;

    private static final Pattern ADDRESS =
            Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F.]*:[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

    private static final int CLEARED_AT_ONCE = 1000;

    private final JdbcClient jdbc;
    private final PostgreSQLSelectForUpdateBasedProxyManager<String> counters;

    RateLimits(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
        counters = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(dataSource)
                .primaryKeyMapper(PrimaryKeyMapper.STRING)
                .table("rate_limit")
                .idColumn("id")
                .stateColumn("state")
                .expiresAtColumn("expires_at")
                .expirationAfterWrite(
                        ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofMinutes(1)))
                .build();
    }

    /** Counts a try to log in; false if there were too many. */
    boolean tryLogin(String address, String user) {
        // In this order: whoever tries many names makes no counter for each, once there were too many.
        return logins(address).tryConsume(1) && loginsOf(address, user).tryConsume(1);
    }

    /** The try was right. */
    void forgiveLogin(String address, String user) {
        loginsOf(address, user).addTokens(1);
        logins(address).addTokens(1);
    }

    /** Counts the use of an activation link that is genuine; false if there were too many. */
    public boolean tryLink(String requestNumber, int approverVersion) {
        return counter("link", requestNumber + " " + approverVersion, USES_OF_LINK, LINK_TIME)
                .tryConsume(1);
    }

    /** Counts the use of an activation link that nobody was given; false if there were too many. */
    public boolean tryWrongLink(String address) {
        return counter("wrong link", network(address), WRONG_LINKS, LINK_TIME).tryConsume(1);
    }

    /**
     * Counts that a partner company is told that a domain has an account of somebody else; false if there were too many such. Told once
     * more within a day, the same domain does not count.
     */
    public boolean tryTakenDomain(String companyId, String domain) {
        Bucket told = counter("taken domain", companyId + " " + domain, 1, TAKEN_DOMAIN_TIME);
        if (told.getAvailableTokens() == 0) {
            return true;
        }
        boolean mayBeTold = takenDomains(companyId).tryConsume(1);
        if (mayBeTold) {
            told.tryConsume(1);
        }
        return mayBeTold;
    }

    /** How long it is until a partner company can be told of a taken domain again; zero if that is possible now. */
    public Duration untilTakenDomainIsTold(String companyId) {
        // Most companies have no counter, and everybody's review asks: this costs one statement.
        return exists(TAKEN_DOMAINS_OF, companyId)
                ? Duration.ofNanos(
                        takenDomains(companyId).estimateAbilityToConsume(1).getNanosToWaitForRefill())
                : Duration.ZERO;
    }

    /** Counts a report of a problem from an address; false if there were too many. */
    public boolean tryReport(String address) {
        return counter("report", network(address), REPORTS, REPORT_TIME).tryConsume(1);
    }

    /** Counts a report of a problem with a request; false if there were too many. */
    public boolean tryReportAbout(String requestNumber) {
        return counter("report about", requestNumber, REPORTS_ABOUT_REQUEST, REPORT_DAY)
                .tryConsume(1);
    }

    /**
     * Counts that somebody is to be written to whose mail address anybody may have typed; false if that was done often enough: nobody floods
     * another person through us.
     */
    public boolean tryAcknowledgement(String email) {
        return counter("acknowledgement", email.toLowerCase(Locale.ROOT), ACKNOWLEDGEMENTS, REPORT_DAY)
                .tryConsume(1);
    }

    /** Counts the use of a genuine link to a support case; false if there were too many. */
    public boolean tryCase(String caseNumber) {
        return counter("case", caseNumber, USES_OF_LINK, LINK_TIME).tryConsume(1);
    }

    /** Counts the use of a link to a support case that nobody was given; false if there were too many. */
    public boolean tryWrongCase(String address) {
        return counter("wrong case", network(address), WRONG_LINKS, LINK_TIME).tryConsume(1);
    }

    /** Counts what an address says about our pages; false if it was too often. */
    public boolean tryFeedback(String address) {
        return counter("feedback", network(address), VOTES, REPORT_TIME).tryConsume(1);
    }

    private Bucket takenDomains(String companyId) {
        return counter(TAKEN_DOMAINS_OF, companyId, TAKEN_DOMAINS, TAKEN_DOMAIN_TIME);
    }

    private boolean exists(String kind, String owner) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM rate_limit WHERE id = ?)")
                .param(hash(kind + " " + owner))
                .query(Boolean.class)
                .single();
    }

    /** Every node does, and it does not matter which one finds something. */
    @Scheduled(fixedDelayString = "PT10M")
    void clear() {
        while (counters.removeExpired(CLEARED_AT_ONCE) == CLEARED_AT_ONCE) {
            // There are more.
        }
    }

    private Bucket loginsOf(String address, String user) {
        String who = network(address) + " " + user.toLowerCase(Locale.ROOT);
        return counter("login of", who, WRONG_PASSWORDS_OF_USER, LOGIN_TIME);
    }

    private Bucket logins(String address) {
        return counter("login", network(address), WRONG_PASSWORDS, LOGIN_TIME);
    }

    private Bucket counter(String kind, String owner, int tries, Duration time) {
        return counters.builder()
                .build(
                        hash(kind + " " + owner),
                        () -> BucketConfiguration.builder()
                                .addLimit(Bandwidth.builder()
                                        .capacity(tries)
                                        .refillGreedy(tries, time)
                                        .build())
                                .build());
    }

    private static String network(String address) {
        if (!ADDRESS.matcher(address).matches()) {
            // As a proxy may say it; no name is looked up.
            return address;
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return HexFormat.of().formatHex(bytes.length > 8 ? Arrays.copyOf(bytes, 8) : bytes);
        } catch (UnknownHostException e) {
            return address;
        }
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
