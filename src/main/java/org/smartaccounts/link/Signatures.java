package org.smartaccounts.link;

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

/**
 * Signs what a link or a form says, and tells the genuine from the forged: the content, and an HMAC-SHA256 over it and its purpose. What is
 * signed for one purpose is worth nothing for another. The keys are those of the activation links, and are replaced with them.
 */
@Component
public class Signatures {

    /** What something is signed for. */
    public enum Purpose {
        /** To report a problem with a request. */
        REPORT,
        /** To read that a problem was reported. */
        THANKS,
        /** To read the answers to a case, and to reply. */
        CASE,
        /** To know when a form was shown. */
        FORM
    }

    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern TOKEN = Pattern.compile("([A-Za-z0-9.-]{1,80})\\.[A-Za-z0-9_-]{43}");

    private final List<SecretKeySpec> keys;

    Signatures(@Value("${smart-accounts.activation.keys}") List<String> keys) {
        this.keys = keys.stream()
                .map(key -> new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM))
                .toList();
    }

    /**
     * The content with its signature, as one part of an address.
     *
     * @param content 1 to 80 letters of ASCII, digits, dots and hyphens
     */
    public String token(Purpose purpose, String content) {
        return token(keys.get(0), purpose, content);
    }

    /** What a token says; empty if one of our keys did not sign it for that purpose. */
    public Optional<String> read(Purpose purpose, String token) {
        Matcher parts = TOKEN.matcher(token);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String content = parts.group(1);
        return keys.stream()
                .map(key -> token(key, purpose, content).getBytes(StandardCharsets.UTF_8))
                .filter(genuine -> MessageDigest.isEqual(genuine, token.getBytes(StandardCharsets.UTF_8)))
                .findFirst()
                .map(genuine -> content);
    }

    private static String token(SecretKeySpec key, Purpose purpose, String content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] signature = mac.doFinal((purpose + " " + content).getBytes(StandardCharsets.UTF_8));
            return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("This JDK cannot sign links", e);
        }
    }
}
