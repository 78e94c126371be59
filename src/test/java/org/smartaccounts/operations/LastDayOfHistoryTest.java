package org.smartaccounts.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.PAULA;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.RequestForm;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** What the engine remembers of a request is removed some day, and the day is known from the beginning. */
class LastDayOfHistoryTest extends ApplicationTest {

    private static final int DAYS = 365;

    @Autowired
    private DataSource dataSource;

    @Test
    void everythingThatIsRememberedOfARequestHasTheSameLastDayAYearAfterItsBeginning() {
        String request = tasklist.submit(PAULA, RequestForm.forNewCustomer());
        jobs.drain(request);

        Map<String, Object> remembered =
                database.sql("""
                SELECT count(*) AS steps, count(DISTINCT step.removal_time_) AS days, min(step.removal_time_ - request.start_time_) AS kept
                FROM act_hi_actinst step JOIN act_hi_procinst request ON request.proc_inst_id_ = step.root_proc_inst_id_
                WHERE request.business_key_ = ?""").param(request).query().singleRow();
        assertThat(remembered.get("steps")).asString().isNotEqualTo("0");
        assertThat(remembered).containsEntry("days", 1L);
        assertThat(String.valueOf(remembered.get("kept"))).startsWith("%d days".formatted(DAYS));
    }

    @Test
    void whatWasUnderWayWhenTheDayWasSetOnlyAtTheEndHasOneAfterTheUpgrade() {
        String request = tasklist.submit(PAULA, RequestForm.forNewCustomer());
        List<String> tables = List.of("act_hi_procinst", "act_hi_actinst", "act_hi_taskinst", "act_hi_op_log");
        String instance = database.sql("SELECT proc_inst_id_ FROM act_hi_procinst WHERE business_key_ = ?")
                .param(request)
                .query(String.class)
                .single();
        tables.forEach(table -> database.sql(
                        "UPDATE %s SET removal_time_ = NULL WHERE root_proc_inst_id_ = ?".formatted(table))
                .param(instance)
                .update());

        ResourceDatabasePopulator upgrade =
                new ResourceDatabasePopulator(new ClassPathResource("db/migration/V18__last_day_of_history.sql"));
        upgrade.setSeparator(ScriptUtils.EOF_STATEMENT_SEPARATOR);
        upgrade.execute(dataSource);

        List<OffsetDateTime> lastDays = new ArrayList<>();
        tables.forEach(table -> lastDays.addAll(
                database.sql("SELECT removal_time_ FROM %s WHERE root_proc_inst_id_ = ?".formatted(table))
                        .param(instance)
                        .query(OffsetDateTime.class)
                        .list()));
        assertThat(lastDays).hasSizeGreaterThan(tables.size()).doesNotContainNull();
        assertThat(lastDays.stream().distinct()).hasSize(1);
        assertThat(lastDays.get(0)).isAfter(OffsetDateTime.now(ZoneOffset.UTC).plusDays(DAYS - 2));
    }
}
