package org.smartaccounts.request;

import java.util.Collection;
import java.util.List;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.stereotype.Component;

/** What the engine knows of requests that have ended: its history says who did what, until its time to live is over. */
@Component
public class EngineTraces {

    private final RuntimeService runtime;
    private final HistoryService history;

    EngineTraces(RuntimeService runtime, HistoryService history) {
        this.runtime = runtime;
        this.history = history;
    }

    /**
     * Ends what is still under way of requests that have ended, such as an email that nobody has had sent, and deletes the history of the
     * others.
     */
    public void forget(Collection<String> requestNumbers) {
        String[] numbers = requestNumbers.toArray(String[]::new);
        for (String number : requestNumbers) {
            runtime.createProcessInstanceQuery().processInstanceBusinessKey(number).list().stream()
                    .map(ProcessInstance::getId)
                    .forEach(id -> runtime.deleteProcessInstance(id, "The request has ended long ago"));
        }
        List<String> finished =
                history
                        .createHistoricProcessInstanceQuery()
                        .processInstanceBusinessKeyIn(numbers)
                        .finished()
                        .list()
                        .stream()
                        .map(HistoricProcessInstance::getId)
                        .toList();
        if (!finished.isEmpty()) {
            // At night the engine forgets too, perhaps some of these in this moment.
            history.deleteHistoricProcessInstancesIfExists(finished);
        }
    }
}
