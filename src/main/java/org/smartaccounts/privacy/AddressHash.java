package org.smartaccounts.privacy;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.smartaccounts.account.EmailAddress;
import org.springframework.stereotype.Component;

/**
 * What is kept of an address that was erased: HMAC-SHA256 of it in small letters. Who knows the address, and asks here, learns that it was
 * erased; who has the database without the key cannot try addresses.
 */
@Component
class AddressHash {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    AddressHash(KeepProperties properties) {
        key = new SecretKeySpec(properties.erasureKey().getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    String of(EmailAddress address) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            String sameForAll = "erased " + address.toString().toLowerCase(Locale.ROOT);
            return HexFormat.of().formatHex(mac.doFinal(sameForAll.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("This JDK cannot hash addresses", e);
        }
    }
}
