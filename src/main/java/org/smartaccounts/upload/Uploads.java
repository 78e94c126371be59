package org.smartaccounts.upload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.RequestDetails;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** All uploads with their rows, in the database. */
@Component
public class Uploads {

    private static final int ROWS_AT_ONCE = 500;

    private static final TypeReference<List<Remark>> REMARKS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final ObjectMapper json;

    Uploads(JdbcClient jdbc, JdbcTemplate batches, ObjectMapper json) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.json = json;
    }

    public Optional<Upload> find(UUID id) {
        return jdbc.sql("SELECT * FROM upload WHERE id = ?")
                .param(id)
                .query((row, index) -> upload(row))
                .optional();
    }

    /** What a company has uploaded with that content. */
    Optional<Upload> find(String companyId, String fingerprint) {
        return jdbc.sql("SELECT * FROM upload WHERE company_id = ? AND fingerprint = ?")
                .params(companyId, fingerprint)
                .query((row, index) -> upload(row))
                .optional();
    }

    /**
     * The last uploads, the newest first.
     *
     * @param companyIds of these companies
     * @param all        of all companies
     */
    public List<Upload> last(List<String> companyIds, boolean all, int limit) {
        return jdbc.sql("SELECT * FROM upload WHERE ? OR company_id = ANY(?) ORDER BY uploaded_at DESC LIMIT ?")
                .param(1, all)
                .param(2, companyIds.toArray(String[]::new))
                .param(3, limit)
                .query((row, index) -> upload(row))
                .list();
    }

    /**
     * Keeps a file that has been judged. Of several who upload the same one, one keeps it, and the others find it; until it is started, the
     * newest judgement counts.
     *
     * @return what is kept now, perhaps by somebody else
     */
    @Transactional
    public Upload keep(Upload judged, String fingerprint, List<UploadRow> rows) {
        // Whoever comes at the same moment waits here for the other's end.
        @Nullable
        UUID kept = jdbc.sql("""
                        INSERT INTO upload AS present (id, company_id, uploaded_by, language, uploaded_at, file_name, fingerprint,
                                                       state, total, good)
                        VALUES (?, ?, ?, ?, ?, ?, ?, 'PREVIEWED', ?, ?)
                        ON CONFLICT (company_id, fingerprint) DO UPDATE
                            SET uploaded_by = EXCLUDED.uploaded_by, language = EXCLUDED.language,
                                uploaded_at = EXCLUDED.uploaded_at, file_name = EXCLUDED.file_name,
                                total = EXCLUDED.total, good = EXCLUDED.good
                            WHERE present.state = 'PREVIEWED'
                        RETURNING id""")
                .params(
                        judged.id(),
                        judged.companyId(),
                        judged.uploadedBy(),
                        judged.language(),
                        Timestamp.from(judged.uploadedAt()),
                        judged.fileName(),
                        fingerprint,
                        judged.total(),
                        judged.good())
                .query(UUID.class)
                .optional()
                .orElse(null);
        if (kept != null) {
            jdbc.sql("DELETE FROM upload_row WHERE upload_id = ?").param(kept).update();
            insert(kept, rows);
        }
        return find(judged.companyId(), fingerprint).orElseThrow();
    }

    private void insert(UUID upload, List<UploadRow> rows) {
        batches.batchUpdate("""
                INSERT INTO upload_row (upload_id, number, account_name, customer_email, account_domain, note_to_customer, user_emails,
                                        note_to_users, customer_language, justification, state, remarks)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", rows, ROWS_AT_ONCE, (statement, row) -> {
            RequestDetails details = row.details();
            statement.setObject(1, upload);
            statement.setInt(2, row.number());
            statement.setString(3, details.accountName());
            statement.setString(4, details.customerEmail());
            statement.setString(5, details.accountDomain());
            statement.setString(6, details.noteToCustomer());
            statement.setString(7, details.userEmails());
            statement.setString(8, details.noteToUsers());
            statement.setString(9, details.customerLanguage());
            statement.setString(10, details.justification());
            statement.setString(11, row.state().name());
            statement.setString(12, write(row.remarks()));
        });
    }

    /** Starts an upload; false if that has happened already. */
    boolean start(UUID id) {
        return jdbc.sql("UPDATE upload SET state = 'STARTED' WHERE id = ? AND state = 'PREVIEWED'")
                        .param(id)
                        .update()
                == 1;
    }

    /** The uploads that have something to do, the oldest first. */
    List<UUID> started() {
        return jdbc.sql("SELECT id FROM upload WHERE state = 'STARTED' ORDER BY uploaded_at")
                .query(UUID.class)
                .list();
    }

    /** Keeps all others away from an upload that has something to do, until the end of the transaction; empty if somebody else has it. */
    Optional<Upload> take(UUID id) {
        return jdbc.sql("SELECT * FROM upload WHERE id = ? AND state = 'STARTED' FOR UPDATE SKIP LOCKED")
                .param(id)
                .query((row, index) -> upload(row))
                .optional();
    }

    /** Whether a row is still to be sent, for whoever has taken the upload. */
    boolean isToDo(UUID id, int row) {
        return jdbc.sql(
                        "SELECT EXISTS (SELECT 1 FROM upload_row WHERE upload_id = ? AND number = ? AND state = 'GOOD')")
                .params(id, row)
                .query(Boolean.class)
                .single();
    }

    /** The next row to be sent. */
    Optional<UploadRow> next(UUID id) {
        return jdbc.sql("SELECT * FROM upload_row WHERE upload_id = ? AND state = 'GOOD' ORDER BY number LIMIT 1")
                .param(id)
                .query((row, index) -> row(row))
                .optional();
    }

    void created(UUID id, int row, String requestNumber) {
        jdbc.sql("UPDATE upload_row SET state = 'CREATED', request_number = ? WHERE upload_id = ? AND number = ?")
                .params(requestNumber, id, row)
                .update();
        jdbc.sql("UPDATE upload SET created = created + 1 WHERE id = ?")
                .param(id)
                .update();
    }

    void failed(UUID id, int row, Remark why) {
        jdbc.sql("UPDATE upload_row SET state = 'FAILED', remarks = ? WHERE upload_id = ? AND number = ?")
                .params(write(List.of(why)), id, row)
                .update();
        jdbc.sql("UPDATE upload SET failed = failed + 1 WHERE id = ?").param(id).update();
    }

    /** Counts that a row was broken off by an error of ours; returns how often by now. */
    int countTry(UUID id, int row) {
        return jdbc.sql("UPDATE upload_row SET tries = tries + 1 WHERE upload_id = ? AND number = ? RETURNING tries")
                .params(id, row)
                .query(Integer.class)
                .single();
    }

    void finish(UUID id, Instant now) {
        jdbc.sql("UPDATE upload SET state = 'FINISHED', ended_at = ? WHERE id = ?")
                .params(Timestamp.from(now), id)
                .update();
    }

    /**
     * The rows of an upload, in their order.
     *
     * @param onlyBad whether those that are good, or have become requests, are left out
     */
    public List<UploadRow> rows(UUID id, boolean onlyBad, int offset, int limit) {
        return jdbc.sql("""
                        SELECT * FROM upload_row WHERE upload_id = ? AND (state IN ('BAD', 'FAILED') OR NOT ?)
                        ORDER BY number OFFSET ? LIMIT ?""")
                .params(id, onlyBad, offset, limit)
                .query((row, index) -> row(row))
                .list();
    }

    /** How many good rows licensing support will look at first. */
    public int countApprovals(UUID id) {
        return jdbc.sql("""
                        SELECT count(*) FROM upload_row
                        WHERE upload_id = ? AND state IN ('GOOD', 'CREATED') AND remarks LIKE '%"APPROVAL"%'""").param(id).query(Integer.class).single();
    }

    /** Forgets uploads that nobody has started, and those that ended long ago; some at once. Returns how many. */
    int forget(Instant previewedBefore, Instant endedBefore, int limit) {
        return jdbc.sql("""
                        DELETE FROM upload WHERE id IN (
                            SELECT id FROM upload
                            WHERE (state = 'PREVIEWED' AND uploaded_at < ?) OR (state = 'FINISHED' AND ended_at < ?)
                            LIMIT ? FOR UPDATE SKIP LOCKED)""")
                .params(Timestamp.from(previewedBefore), Timestamp.from(endedBefore), limit)
                .update();
    }

    private static Upload upload(ResultSet row) throws SQLException {
        @Nullable Timestamp endedAt = row.getTimestamp("ended_at");
        return new Upload(
                row.getObject("id", UUID.class),
                row.getString("company_id"),
                row.getString("uploaded_by"),
                row.getString("language"),
                row.getTimestamp("uploaded_at").toInstant(),
                row.getString("file_name"),
                Upload.State.valueOf(row.getString("state")),
                row.getInt("total"),
                row.getInt("good"),
                row.getInt("created"),
                row.getInt("failed"),
                endedAt == null ? null : endedAt.toInstant());
    }

    private UploadRow row(ResultSet row) throws SQLException {
        return new UploadRow(
                row.getInt("number"),
                new RequestDetails(
                        row.getString("account_name"),
                        row.getString("customer_email"),
                        row.getString("account_domain"),
                        row.getString("note_to_customer"),
                        row.getString("user_emails"),
                        row.getString("note_to_users"),
                        row.getString("customer_language"),
                        row.getString("justification")),
                UploadRow.State.valueOf(row.getString("state")),
                read(row.getString("remarks")),
                row.getString("request_number"));
    }

    private String write(List<Remark> remarks) {
        try {
            return json.writeValueAsString(remarks);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Remarks cannot be written", e);
        }
    }

    private List<Remark> read(String remarks) {
        try {
            return json.readValue(remarks, REMARKS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Remarks cannot be read", e);
        }
    }
}
