package org.smartaccounts.operations;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** The picture of a diagram: it lies beside it under the same name, and says in a comment which diagram it shows, to the byte. */
final class DiagramPicture {

    static final String SUFFIX = ".svg";

    private DiagramPicture() {}

    /** What the picture of a diagram is called; the engine looks for it under this name. */
    static String nameFor(String diagram) {
        return diagram.substring(0, diagram.lastIndexOf('.')) + SUFFIX;
    }

    /**
     * The picture of a diagram, as it is now.
     *
     * @param files contents by file name
     * @return empty if there is none, or if it shows the diagram as it was before
     */
    static Optional<String> of(String diagram, Map<String, String> files) {
        String origin =
                "<!-- made from %s, sha256 %s -->".formatted(diagram, sha256(String.valueOf(files.get(diagram))));
        return Optional.ofNullable(files.get(nameFor(diagram))).filter(picture -> picture.contains(origin));
    }

    private static String sha256(String content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
