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
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Makes the links with which customers reach the activation page, and tells the genuine from the forged. A link is its content and an
 * HMAC-SHA256 over it: nothing about it is stored, so nothing can be stolen from the database, and every node knows it.
 */
@Component
public class ActivationLinks {

    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern TOKEN = Pattern.compile("(SAR-[0-9]{6,18})\\.([0-9]{1,9})\\.([A-Za-z0-9_-]{43})");

    private final List<SecretKeySpec> keys;
    private final URI publicUrl;

    ActivationLinks(ActivationProperties properties, @Value("${smart-accounts.public-url}") URI publicUrl) {
        this.keys = properties.keys().stream()
                .map(key -> new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM))
                .toList();
        this.publicUrl = publicUrl;
    }

    /** The link for an email. */
    public URI to(ActivationLink link) {
        return UriComponentsBuilder.fromUri(publicUrl)
                .pathSegment("activation", token(link))
                .build()
                .toUri();
    }

    private String token(ActivationLink link) {
        return content(link) + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(sign(keys.get(0), content(link)));
    }

    /** Reads the last part of a link; empty if one of our keys did not sign it, whatever else may be wrong. */
    public Optional<ActivationLink> read(String token) {
        Matcher parts = TOKEN.matcher(token);
        if (!parts.matches()) {
            return Optional.empty();
        }
        ActivationLink link = new ActivationLink(parts.group(1), Integer.parseInt(parts.group(2)));
        byte[] signature = Base64.getUrlDecoder().decode(parts.group(3));
        // The content again, not what was sent: 01 is not another way to write 1.
        boolean genuine = keys.stream().anyMatch(key -> MessageDigest.isEqual(sign(key, content(link)), signature))
                && token.startsWith(content(link) + ".");
        return genuine ? Optional.of(link) : Optional.empty();
    }

    private static String content(ActivationLink link) {
        return link.requestNumber() + "." + link.approverVersion();
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
