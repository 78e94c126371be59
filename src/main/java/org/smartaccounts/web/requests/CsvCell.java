package org.smartaccounts.web.requests;

/** Cells that are opened in a spreadsheet, which takes some texts for formulas and calculates them. */
final class CsvCell {

    private static final String BEGINNINGS_OF_FORMULAS = "=+-@\t\r";

    private CsvCell() {}

    /** The text, or one that says the same and is no formula: with an apostrophe before it. */
    static String safe(String text) {
        return !text.isEmpty() && BEGINNINGS_OF_FORMULAS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
