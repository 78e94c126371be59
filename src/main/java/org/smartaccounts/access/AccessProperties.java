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
 * @param singleSignOn       how to read what the identity provider says of a person; without effect where people log in with a password
 */
@ConfigurationProperties("smart-accounts.access")
record AccessProperties(
        @DefaultValue("camunda-admin") String administrators,
        @Nullable FirstAdministrator firstAdministrator,
        @DefaultValue SingleSignOn singleSignOn) {

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
    }
}
