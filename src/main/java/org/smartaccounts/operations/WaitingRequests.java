package org.smartaccounts.operations;

import java.util.List;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The requests that are under way on a version of the process, page by page, since there may be a million. */
@Component
class WaitingRequests {

    private final JdbcClient jdbc;

    WaitingRequests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The engine's own query would read all steps of all requests. */
    long count(ProcessDefinition version) {
        return jdbc.sql("SELECT count(*) FROM act_ru_execution WHERE proc_def_id_ = ? AND parent_id_ IS NULL")
                .param(version.getId())
                .query(Long.class)
                .single();
    }

    /**
     * The next ones, sorted by their process instances. The engine's own queries count pages from the beginning, which moves while
     * requests leave the version.
     *
     * @param after the last process instance of the page before; empty for the first page
     */
    List<WaitingRequest> page(ProcessDefinition version, String after, int size) {
        return jdbc.sql("""
                SELECT id_, business_key_ FROM act_ru_execution
                WHERE proc_def_id_ = ? AND parent_id_ IS NULL AND id_ > ? ORDER BY id_ LIMIT ?""")
                .params(version.getId(), after, size)
                .query((row, index) -> new WaitingRequest(row.getString(1), row.getString(2)))
                .list();
    }
}
