package org.smartaccounts.request;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotEmpty;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the activation links.
 *
 * @param keys secrets of at least 32 bytes each; the first signs, all of them verify, so that a key can be replaced while links of the
 *             old one live
 */
@Validated
@ConfigurationProperties("smart-accounts.activation")
public record ActivationProperties(@NotEmpty List<String> keys) {

    private static final int MIN_KEY_BYTES = 32;

    @AssertTrue(message = "each key in ACTIVATION_KEYS must have at least 32 bytes, as from 'openssl rand -base64 32'")
    boolean isLongEnough() {
        return keys.stream().allMatch(key -> key.getBytes(StandardCharsets.UTF_8).length >= MIN_KEY_BYTES);
    }

    /** The keys stay out of logs. */
    @Override
    public String toString() {
        return "ActivationProperties[%d keys]".formatted(keys.size());
    }
}
