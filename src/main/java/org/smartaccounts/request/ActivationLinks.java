package org.smartaccounts.request;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Makes the links with which customers reach the activation page, and tells the genuine from the forged. A link is its content and an
 * HMAC-SHA256 over it: nothing about it is stored, so nothing can be stolen from the database, and every node knows it.
 */
@Component
public class ActivationLinks {

    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern TOKEN = Pattern.compile("(SAR-[0-9]{6,18})\\.([0-9]{1,9})\\.[A-Za-z0-9_-]{43}");

    private final List<SecretKeySpec> keys;
    private final URI publicUrl;

    ActivationLinks(ActivationProperties properties) {
        this.keys = properties.keys().stream()
                .map(key -> new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM))
                .toList();
        this.publicUrl = properties.publicUrl();
    }

    /** The link for an email. */
    public URI to(ActivationLink link) {
        return UriComponentsBuilder.fromUri(publicUrl)
                .pathSegment("activation", token(keys.get(0), link))
                .build()
                .toUri();
    }

    private static String token(SecretKeySpec key, ActivationLink link) {
        String content = link.requestNumber() + "." + link.approverVersion();
        return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(sign(key, content));
    }

    /** Reads the last part of a link; empty if one of our keys did not sign it, whatever else may be wrong. */
    public Optional<ActivationLink> read(String token) {
        Matcher parts = TOKEN.matcher(token);
        if (!parts.matches()) {
            return Optional.empty();
        }
        ActivationLink link = new ActivationLink(parts.group(1), Integer.parseInt(parts.group(2)));
        // The whole token as we would write it: 01 is not another way to write 1, nor are there two for the last
        // character.
        boolean genuine = keys.stream()
                .anyMatch(key -> MessageDigest.isEqual(
                        token(key, link).getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8)));
        return genuine ? Optional.of(link) : Optional.empty();
    }

    /** The request that a link speaks of, genuine or not; empty if it speaks of none. */
    public Optional<String> requestIn(String token) {
        Matcher parts = TOKEN.matcher(token);
        return parts.matches() ? Optional.of(parts.group(1)) : Optional.empty();
    }

    private static byte[] sign(SecretKeySpec key, String content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("This JDK cannot sign activation links", e);
        }
    }
}
