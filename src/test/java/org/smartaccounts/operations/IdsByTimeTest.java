package org.smartaccounts.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.PAULA;

import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.RequestForm;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where the rows of a request lie, among those of all others. */
class IdsByTimeTest extends ApplicationTest {

    @Autowired
    JdbcClient jdbc;

    @Test
    void theRowsOfARequestLieTogetherAfterThoseOfAllEarlierOnes() {
        List<String> earlier = rows(tasklist.submit(PAULA, RequestForm.forNewCustomer()));
        List<String> later = rows(tasklist.submit(PAULA, RequestForm.forNewCustomer()));

        assertThat(earlier)
                .hasSizeGreaterThan(1)
                .allSatisfy(id -> assertThat(UUID.fromString(id).version()).isEqualTo(7));
        assertThat(Collections.min(later)).isGreaterThan(Collections.max(earlier));
    }

    private List<String> rows(String request) {
        return jdbc.sql("""
                SELECT step.id_ FROM act_ru_execution step JOIN act_ru_execution instance ON instance.id_ = step.proc_inst_id_
                WHERE instance.business_key_ = ?""").param(request).query(String.class).list();
    }
}
