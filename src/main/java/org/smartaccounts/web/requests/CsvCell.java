package org.smartaccounts.web.requests;

import java.util.regex.Pattern;

/** Cells that are opened in a spreadsheet, which takes some texts for formulas and calculates them. */
final class CsvCell {

    /** How a cell begins that might be calculated; the wide forms count for some. */
    private static final Pattern FORMULA = Pattern.compile("^\\s*[=+\\-@＝＋－＠\\t\\r\\n]");

    private CsvCell() {}

    /** The text, or one that says the same and is no formula: with an apostrophe before it. */
    static String safe(String text) {
        return FORMULA.matcher(text).find() ? "'" + text : text;
    }
}
