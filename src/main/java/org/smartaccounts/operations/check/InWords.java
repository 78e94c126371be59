package org.smartaccounts.operations.check;

import java.util.Locale;

/** The names of BPMN's types, as the Modeler shows them to people. */
final class InWords {

    private InWords() {}

    /** {@code intermediateCatchEvent} is an intermediate catch event. */
    static String of(String type) {
        return type.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT).replace("sub process", "subprocess");
    }
}
