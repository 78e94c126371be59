package org.smartaccounts.link;

import jakarta.validation.constraints.AssertTrue;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.StringUtils;
import org.springframework.validation.annotation.Validated;

/**
 * Where people report problems.
 *
 * @param deskUrl the address of the company's own desk; empty if problems are reported here
 */
@Validated
@ConfigurationProperties("smart-accounts.support")
public record DeskProperties(String deskUrl) {

    @AssertTrue(message = "SUPPORT_DESK_URL must be an address such as https://desk.example.com, or empty")
    boolean isReachable() {
        if (!StringUtils.hasText(deskUrl)) {
            return true;
        }
        try {
            URI address = URI.create(deskUrl);
            return ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
                    && address.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
