package org.smartaccounts.upload;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Tells files apart by what they say: SHA-256 over their rows, whatever the order of the columns and the marks between them. */
final class Fingerprint {

    private final MessageDigest digest;

    Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void add(Map<Column, String> cells) {
        for (Column column : Column.values()) {
            add(cells.getOrDefault(column, ""));
        }
    }

    void add(String cell) {
        byte[] bytes = cell.replace("\r\n", "\n").replace('\r', '\n').strip().getBytes(StandardCharsets.UTF_8);
        // With its length, so that nothing can move from one cell to the next.
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    String value() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
