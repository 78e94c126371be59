package org.smartaccounts.web.requests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.smartaccounts.account.RequestDetails;
import org.smartaccounts.upload.Column;
import org.smartaccounts.upload.Template;
import org.smartaccounts.upload.UploadRow;
import org.springframework.context.MessageSource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * The CSV files that people download here, so that a spreadsheet opens them with a double click: with the mark of UTF-8, and the separator
 * that it expects where the reader's language is spoken.
 */
@Component
class UploadFiles {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final MessageSource messages;

    UploadFiles(MessageSource messages) {
        this.messages = messages;
    }

    /** The file to begin with: the headings, and an example that counts for nothing. */
    ResponseEntity<byte[]> template(Locale language) {
        return file("template.csv", language, List.of(headings(), cells(Template.EXAMPLE, text -> text)));
    }

    /** What has become of each row. */
    ResponseEntity<byte[]> result(List<UploadRow> rows, Locale language) {
        List<List<String>> lines = new ArrayList<>();
        List<String> headings = new ArrayList<>(List.of("row", "outcome", "requestNumber", "remarks"));
        headings.addAll(headings());
        lines.add(headings);
        rows.forEach(row -> lines.add(line(row, language)));
        return file("result.csv", language, lines);
    }

    private List<String> line(UploadRow row, Locale language) {
        List<String> line = new ArrayList<>();
        line.add(String.valueOf(row.number()));
        line.add(messages.getMessage(row.state().text(), null, language));
        line.add(Objects.requireNonNullElse(row.requestNumber(), ""));
        line.add(CsvCell.safe(row.remarks().stream()
                .map(remark -> messages.getMessage(remark.message(), language))
                .collect(Collectors.joining("\n"))));
        line.addAll(cells(row.details(), CsvCell::safe));
        return line;
    }

    private static List<String> headings() {
        return Arrays.stream(Column.values()).map(Column::heading).toList();
    }

    private static List<String> cells(RequestDetails details, UnaryOperator<String> cell) {
        return Arrays.stream(Column.values())
                .map(column -> cell.apply(column.of(details)))
                .toList();
    }

    private static ResponseEntity<byte[]> file(String name, Locale language, List<List<String>> lines) {
        StringBuilder text = new StringBuilder().append(BYTE_ORDER_MARK);
        CSVFormat format =
                CSVFormat.RFC4180.builder().setDelimiter(separator(language)).get();
        try (CSVPrinter printer = new CSVPrinter(text, format)) {
            for (List<String> line : lines) {
                printer.printRecord(line);
            }
        } catch (IOException e) {
            throw new IllegalStateException("A text in memory cannot be written", e);
        }
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Where the comma is in numbers, it is not between cells. */
    private static char separator(Locale language) {
        return DecimalFormatSymbols.getInstance(language).getDecimalSeparator() == ',' ? ';' : ',';
    }
}
