package org.smartaccounts.web.requests;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.overview.ExportedRequest;
import org.smartaccounts.overview.RequestFilter;
import org.smartaccounts.overview.RequestQueries;
import org.smartaccounts.overview.Sight;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Requests as a file for a spreadsheet: UTF-8, and saying so at its beginning, since Excel does not guess it. It is written while it is
 * read, whatever its length. No cell can be a formula.
 */
@Component
class RequestExport {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private static final String[] HEADER = {
        "label.requestNumber",
        "requests.status",
        "label.accountName",
        "label.accountDomain",
        "label.approver",
        "label.requestedBy",
        "requests.company",
        "requests.requestedAt",
        "requests.deadline",
        "requests.endedAt"
    };

    private final RequestQueries requests;
    private final MessageSource texts;

    RequestExport(RequestQueries requests, MessageSource texts) {
        this.requests = requests;
        this.texts = texts;
    }

    /**
     * Writes everything that somebody wants to see.
     *
     * @param language of the header and of the words for a status
     * @throws IOException if nobody reads it any more
     */
    void write(Sight sight, RequestFilter filter, Locale language, OutputStream file) throws IOException {
        try (CSVPrinter printer =
                new CSVPrinter(new OutputStreamWriter(file, StandardCharsets.UTF_8), CSVFormat.DEFAULT)) {
            printer.getOut().append(BYTE_ORDER_MARK);
            printer.printRecord(Stream.of(HEADER).map(key -> texts.getMessage(key, null, language)));
            requests.forEach(sight, filter, request -> print(request, printer, language));
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    private void print(ExportedRequest request, CSVPrinter printer, Locale language) {
        try {
            printer.printRecord(Stream.of(
                            request.requestNumber(),
                            texts.getMessage("requests.status." + request.status(), null, language),
                            request.accountName(),
                            request.accountDomain(),
                            request.approver(),
                            request.requesterName(),
                            request.companyName(),
                            request.requestedAt().toString(),
                            inWords(request.deadline()),
                            inWords(request.endOfWait()))
                    .map(CsvCell::safe));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String inWords(@Nullable Instant moment) {
        return moment == null ? "" : moment.toString();
    }
}
