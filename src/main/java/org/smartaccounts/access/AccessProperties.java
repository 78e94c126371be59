package org.smartaccounts.access;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Who people are, where an installation has to say it.
 *
 * @param administrators     the id of the group whose members may do everything
 * @param firstAdministrator who is created if missing; null where an identity provider says who is an administrator
 * @param metricsPassword    with which a machine reads the metrics; empty if none may
 * @param singleSignOn       how to read what the identity provider says of a person; without effect where people log in with a password
 */
@ConfigurationProperties("smart-accounts.access")
record AccessProperties(
        @DefaultValue("camunda-admin") String administrators,
        @Nullable FirstAdministrator firstAdministrator,
        @DefaultValue("") String metricsPassword,
        @DefaultValue SingleSignOn singleSignOn) {

    private static final int MIN_METRICS_PASSWORD = 20;

    /**
     * Somebody who can let in all others.
     *
     * @param user     the name to log in with
     * @param password by the engine's policy
     */
    record FirstAdministrator(String user, String password) {}

    /**
     * The claims of the ID token or of the user info.
     *
     * @param groupsClaim      the claim that lists the groups of a person
     * @param companyPrefix    what the name of a group begins with that is a partner company; the rest is the company's id
     * @param companyClaim     a claim that names the partner company instead; null if the groups do
     * @param companyNameClaim a claim with the company's name for people; null if administrators enter it
     */
    record SingleSignOn(
            @DefaultValue("groups") String groupsClaim,
            @DefaultValue("partner:") String companyPrefix,
            @Nullable String companyClaim,
            @Nullable String companyNameClaim) {

        SingleSignOn {
            Assert.hasText(groupsClaim, "smart-accounts.access.single-sign-on.groups-claim is empty");
            Assert.isTrue(
                    companyClaim != null || !companyPrefix.isBlank(),
                    "smart-accounts.access.single-sign-on: without a company-claim a company-prefix is needed");
        }
    }

    AccessProperties {
        Assert.hasText(administrators, "smart-accounts.access.administrators is empty");
        Assert.isTrue(
                metricsPassword.isEmpty() || metricsPassword.length() >= MIN_METRICS_PASSWORD,
                "METRICS_PASSWORD is too short: take at least %d characters, such as what openssl rand -base64 24 makes"
                        .formatted(MIN_METRICS_PASSWORD));
    }
}
