package org.smartaccounts.web.support;

import org.jspecify.annotations.Nullable;

/** What was typed into a field, as it is kept. */
final class TypedText {

    private TypedText() {}

    /** Without what no database holds and nobody sees; a line break is one character, as a browser counts. */
    static String of(@Nullable String typed) {
        return typed == null
                ? ""
                : typed.replace("\r\n", "\n").replace("\0", "").strip();
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
