package org.smartaccounts.upload;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The text of a file in UTF-8, with or without the mark at its beginning. */
final class FileText {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private FileText() {}

    /**
     * Decodes a file.
     *
     * @throws UnreadableFile if it is in another encoding, or no text
     */
    static String of(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        CharBuffer text = CharBuffer.allocate(file.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(bytes, text, true);
        if (isOfAnotherKind(file)) {
            throw new UnreadableFile("manyRequests.file.noCsv");
        }
        if (result.isError()) {
            throw new UnreadableFile("manyRequests.file.encoding", lineAt(file, bytes.position()));
        }
        String decoded = text.flip().toString();
        return !decoded.isEmpty() && decoded.charAt(0) == BYTE_ORDER_MARK ? decoded.substring(1) : decoded;
    }

    /** What spreadsheets save if nobody tells them otherwise is a ZIP or an older format; others are pictures and documents. */
    private static boolean isOfAnotherKind(byte[] file) {
        return startsWith(file, 'P', 'K', 3, 4)
                || startsWith(file, 0xD0, 0xCF, 0x11, 0xE0)
                || startsWith(file, '%', 'P', 'D', 'F')
                || startsWith(file, 0x89, 'P', 'N', 'G')
                || startsWith(file, 0xFF, 0xD8, 0xFF);
    }

    private static boolean startsWith(byte[] file, int... beginning) {
        if (file.length < beginning.length) {
            return false;
        }
        for (int i = 0; i < beginning.length; i++) {
            if ((file[i] & 0xFF) != beginning[i]) {
                return false;
            }
        }
        return true;
    }

    private static int lineAt(byte[] file, int position) {
        int line = 1;
        for (int i = 0; i < position; i++) {
            if (file[i] == '\n' || (file[i] == '\r' && file[i + 1] != '\n')) {
                line++;
            }
        }
        return line;
    }
}
