package org.smartaccounts.request;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the activation links.
 *
 * @param publicUrl where people reach the application; the links begin with it
 * @param keys      secrets of at least 32 bytes each; the first signs, all of them verify, so that a key can be replaced while links of the
 *             old one live
 */
@Validated
@ConfigurationProperties("smart-accounts.activation")
record ActivationProperties(
        @NotNull URI publicUrl, @NotEmpty List<String> keys) {

    private static final int MIN_KEY_BYTES = 32;

    @AssertTrue(message = "each key in ACTIVATION_KEYS must have at least 32 bytes, as from 'openssl rand -base64 32'")
    boolean isLongEnough() {
        return keys.stream().allMatch(key -> key.getBytes(StandardCharsets.UTF_8).length >= MIN_KEY_BYTES);
    }

    @AssertTrue(message = "PUBLIC_URL must be an address such as https://smart-accounts.example.com, without a path")
    boolean isReachable() {
        return ("http".equals(publicUrl.getScheme()) || "https".equals(publicUrl.getScheme()))
                && publicUrl.getHost() != null
                && (publicUrl.getPath().isEmpty() || publicUrl.getPath().equals("/"));
    }

    /** The keys stay out of logs. */
    @Override
    public String toString() {
        return "ActivationProperties[%d keys]".formatted(keys.size());
    }
}
