package org.smartaccounts.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.PAULA;
import static org.smartaccounts.support.Tasklist.PEDRO;
import static org.smartaccounts.support.Tasklist.SAM;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.Test;
import org.smartaccounts.request.ProcessElements;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.RequestForm;
import org.springframework.beans.factory.annotation.Autowired;

/** Who may read a request in Tasklist, and for how long. */
class GrantsTest extends ApplicationTest {

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    private final RequestForm form = RequestForm.forNewCustomer();

    @Test
    void whoeverHasATaskReadsItsRequestUntilItIsDone() {
        String request = tasklist.request(PAULA, form);
        assertThat(readers(request)).containsExactly(PAULA);
        assertThat(accountNameSeenBy(PAULA, request)).isEqualTo(1);

        tasklist.review(PAULA, request, Map.of("reviewDecision", "change", "accountName", "Another name"));
        assertThat(readers(request)).containsExactly(PAULA);
        assertThat(accountNameSeenBy(PAULA, request)).isEqualTo(1);

        tasks.setAssignee(tasklist.task(request, ProcessElements.REVIEW_REQUEST).getId(), PEDRO);
        assertThat(readers(request)).containsExactly(PEDRO);

        tasklist.review(PEDRO, request, Map.of("reviewDecision", "submit"));
        assertThat(readers(request)).isEmpty();
    }

    @Test
    void aRequestThatWaitsForItsCustomerNeedsNoGrantThatIsItsOwn() {
        String request = tasklist.submit(PAULA, form);
        jobs.drain(request);

        String task =
                tasklist.task(request, ProcessElements.ACTIVATE_SMART_ACCOUNT).getId();
        assertThat(database.sql("SELECT count(*) FROM act_ru_authorization WHERE resource_id_ IN (?, ?)")
                        .params(task, instance(request))
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(tasklist.requestsSeenBy(SAM)).contains(request);
        assertThat(tasklist.requestsSeenBy(PAULA)).doesNotContain(request);
        tasklist.as(SAM, () -> tasks.claim(task, SAM));
        tasklist.as(SAM, () -> tasks.complete(task, Map.of("activationOutcome", "resend")));
        assertThat(readers(request)).isEmpty();
    }

    private List<String> readers(String request) {
        return database.sql("SELECT user_id_ FROM act_ru_authorization WHERE resource_id_ = ? AND resource_type_ = 8")
                .param(instance(request))
                .query(String.class)
                .list();
    }

    private long accountNameSeenBy(String user, String request) {
        return tasklist.as(
                user,
                () -> runtime.createVariableInstanceQuery()
                        .processInstanceIdIn(instance(request))
                        .variableName("accountName")
                        .count());
    }

    private String instance(String request) {
        return database.sql("SELECT id_ FROM act_ru_execution WHERE business_key_ = ?")
                .param(request)
                .query(String.class)
                .single();
    }
}
