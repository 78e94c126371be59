package org.smartaccounts.upload;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.smartaccounts.account.RequestDetails;
import org.smartaccounts.account.Requester;
import org.smartaccounts.request.Assessment;
import org.smartaccounts.request.NewRequests;
import org.springframework.stereotype.Component;

/** Reads a file and judges every row of it, as its review would. Nothing is sent yet. */
@Component
public class Preview {

    private static final int MAX_FILE_NAME = 100;

    private final NewRequests requests;
    private final Uploads uploads;
    private final Clock clock;

    Preview(NewRequests requests, Uploads uploads, Clock clock) {
        this.requests = requests;
        this.uploads = uploads;
        this.clock = clock;
    }

    /**
     * What came of an upload.
     *
     * @param before whether the company had uploaded the same before
     */
    public record Result(Upload upload, boolean before) {}

    /**
     * Judges a file for the caller. One that the company has uploaded before is the same upload, and judged anew only while it has not been
     * started.
     *
     * @throws UnreadableFile                        if it cannot be read as a whole
     * @throws org.smartaccounts.request.Refusal if the caller cannot ask for an account at all
     */
    public Result of(byte[] content, String fileName) {
        Requester requester = requests.requester();
        UploadedFile file = UploadedFile.read(content);
        Optional<Upload> before = uploads.find(requester.companyId(), file.fingerprint());
        if (before.isPresent() && before.get().state() != Upload.State.PREVIEWED) {
            return new Result(before.get(), true);
        }
        List<UploadRow> rows = judge(file);
        UUID id = UUID.randomUUID();
        Upload upload = new Upload(
                id,
                requester.companyId(),
                requester.id(),
                requester.language(),
                clock.instant(),
                harmless(fileName),
                Upload.State.PREVIEWED,
                rows.size(),
                (int) rows.stream().filter(row -> !row.state().isBad()).count(),
                0,
                0,
                null);
        Upload kept = uploads.keep(upload, file.fingerprint(), rows);
        return new Result(kept, !kept.id().equals(id));
    }

    private List<UploadRow> judge(UploadedFile file) {
        SortedMap<Integer, RequestDetails> details = new TreeMap<>();
        file.rows().forEach(row -> details.put(row.number(), row.details()));
        SortedMap<Integer, Assessment> assessments = requests.assessMany(details);
        return file.rows().stream()
                .map(row -> judged(row, Objects.requireNonNull(assessments.get(row.number()))))
                .toList();
    }

    private static UploadRow judged(UploadedFile.Row row, Assessment assessment) {
        boolean good = row.problems().isEmpty() && assessment.isFreeOfProblems();
        return new UploadRow(
                row.number(),
                row.details(),
                good ? UploadRow.State.GOOD : UploadRow.State.BAD,
                Remark.of(row.problems(), assessment),
                null);
    }

    /** Some browsers send a whole path; what is not seen is left out. */
    private static String harmless(String fileName) {
        String last = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
        String visible =
                last.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]", "").strip();
        return visible.codePointCount(0, visible.length()) <= MAX_FILE_NAME
                ? visible
                : visible.substring(0, visible.offsetByCodePoints(0, MAX_FILE_NAME));
    }
}
