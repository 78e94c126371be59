package org.smartaccounts.upload;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.Problem;
import org.smartaccounts.account.RequestDetails;

/**
 * What a file asks for. Its columns may be in any order, separated by a comma, a semicolon or a tab; empty rows, and the example of the
 * template, count for nothing.
 *
 * @param rows        at least one
 * @param fingerprint the same for files that say the same, however they are written
 */
record UploadedFile(List<Row> rows, String fingerprint) {

    /** More cannot be asked for at once. */
    static final int MAX_ROWS = 5000;

    private static final List<Character> SEPARATORS = List.of(',', ';', '\t');
    private static final int SHOWN_OF_A_NAME = 40;
    private static final int NAMED_COLUMNS = 10;

    /**
     * A row that says something.
     *
     * @param number   as a spreadsheet counts it: the header is row 1
     * @param problems of the row as such; what is wrong with the request is not known here
     */
    record Row(int number, RequestDetails details, List<Problem> problems) {}

    /**
     * Reads a file.
     *
     * @throws UnreadableFile if it cannot be read as a whole, in words
     */
    static UploadedFile read(byte[] file) {
        String text = FileText.of(file);
        if (text.isBlank()) {
            throw new UnreadableFile("manyRequests.file.empty");
        }
        char separator = separatorOf(text);
        try (CSVParser parser = parser(text, separator)) {
            return read(parser);
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory cannot be read", e);
        }
    }

    /** The next row, or null. */
    private static @Nullable CSVRecord next(Iterator<CSVRecord> records, long begins) {
        try {
            return records.hasNext() ? records.next() : null;
        } catch (UncheckedIOException | IllegalStateException e) {
            throw new UnreadableFile("manyRequests.file.quotes", begins);
        }
    }

    private static CSVParser parser(String text, char separator) throws IOException {
        return CSVParser.builder()
                .setReader(new StringReader(text))
                .setFormat(CSVFormat.RFC4180
                        .builder()
                        .setDelimiter(separator)
                        // A spreadsheet counts them.
                        .setIgnoreEmptyLines(false)
                        .get())
                .get();
    }

    /** The one by which most columns of the header are known. */
    private static char separatorOf(String text) {
        char best = SEPARATORS.get(0);
        long most = 0;
        for (char separator : SEPARATORS) {
            long known = knownColumns(text, separator);
            if (known > most) {
                best = separator;
                most = known;
            }
        }
        if (most == 0) {
            throw new UnreadableFile("manyRequests.file.noHeader", headings(Column::isRequired));
        }
        return best;
    }

    private static long knownColumns(String text, char separator) {
        try (CSVParser parser = parser(text, separator)) {
            Iterator<CSVRecord> records = parser.iterator();
            return records.hasNext()
                    ? records.next().stream()
                            .filter(name -> Column.headed(name).isPresent())
                            .count()
                    : 0;
        } catch (UncheckedIOException | IOException | IllegalStateException e) {
            return 0;
        }
    }

    private static UploadedFile read(CSVParser parser) {
        Iterator<CSVRecord> records = parser.iterator();
        @Nullable CSVRecord record = next(records, 1);
        List<@Nullable Column> header = record == null ? List.of() : header(record);
        Fingerprint fingerprint = new Fingerprint();
        List<Row> rows = new ArrayList<>();
        while ((record = next(records, parser.getCurrentLineNumber() + 1)) != null) {
            if (record.stream().allMatch(String::isBlank)) {
                continue;
            }
            Row row = row(record, header, fingerprint);
            if (row.details().equals(Template.EXAMPLE)) {
                continue;
            }
            if (rows.size() == MAX_ROWS) {
                throw new UnreadableFile("manyRequests.file.tooManyRows", MAX_ROWS);
            }
            rows.add(row);
        }
        if (rows.isEmpty()) {
            throw new UnreadableFile("manyRequests.file.noRows");
        }
        return new UploadedFile(List.copyOf(rows), fingerprint.value());
    }

    /** The columns in their order; null for one without a name, which has to be empty. */
    private static List<@Nullable Column> header(CSVRecord record) {
        List<@Nullable Column> header = new ArrayList<>();
        Set<String> unknown = new TreeSet<>();
        Set<String> twice = new TreeSet<>();
        for (String name : record) {
            @Nullable Column column = Column.headed(name).orElse(null);
            if (column == null && !name.isBlank()) {
                unknown.add("“" + shortened(name) + "”");
            }
            if (column != null && header.contains(column)) {
                twice.add(column.heading());
            }
            header.add(column);
        }
        String missing = headings(column -> column.isRequired() && !header.contains(column));
        if (!missing.isEmpty()) {
            throw new UnreadableFile("manyRequests.file.missingColumns", missing);
        }
        if (!unknown.isEmpty()) {
            throw new UnreadableFile(
                    "manyRequests.file.unknownColumns",
                    unknown.stream().limit(NAMED_COLUMNS).collect(Collectors.joining(", ")),
                    headings(column -> true));
        }
        if (!twice.isEmpty()) {
            throw new UnreadableFile("manyRequests.file.columnsTwice", String.join(", ", twice));
        }
        return header;
    }

    private static Row row(CSVRecord record, List<@Nullable Column> header, Fingerprint fingerprint) {
        Map<Column, String> cells = new EnumMap<>(Column.class);
        boolean beyond = false;
        for (int i = 0; i < record.size(); i++) {
            @Nullable Column column = i < header.size() ? header.get(i) : null;
            if (column != null) {
                cells.put(column, record.get(i));
            } else if (!record.get(i).isBlank()) {
                beyond = true;
                fingerprint.add(record.get(i));
            }
        }
        fingerprint.add(cells);
        return new Row(
                Math.toIntExact(record.getRecordNumber()),
                Column.details(cells),
                beyond ? List.of(Problem.of("manyRequests.problem.beyond")) : List.of());
    }

    private static String headings(Predicate<Column> which) {
        return Arrays.stream(Column.values()).filter(which).map(Column::heading).collect(Collectors.joining(", "));
    }

    private static String shortened(String name) {
        String visible = name.strip().replaceAll("\\p{Cntrl}", "");
        return visible.codePointCount(0, visible.length()) <= SHOWN_OF_A_NAME
                ? visible
                : visible.substring(0, visible.offsetByCodePoints(0, SHOWN_OF_A_NAME)) + "…";
    }
}
