package org.smartaccounts.security;

import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.smartaccounts.access.People;
import org.smartaccounts.access.People.Person;
import org.springframework.stereotype.Component;

/** Begins a run of the check, in the name of whoever is logged in, unless another is under way. */
@Component
class BeginCheckDelegate implements JavaDelegate {

    private final SecurityCheckRuns runs;
    private final People people;

    BeginCheckDelegate(SecurityCheckRuns runs, People people) {
        this.runs = runs;
        this.people = people;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Optional<Long> run = runs.begin(people.current().map(Person::id).orElse(""));
        run.ifPresent(id -> execution.setVariable(SecurityCheckVocabulary.RUN, String.valueOf(id)));
        execution.setVariable(
                SecurityCheckVocabulary.BEGUN,
                run.isPresent() ? SecurityCheckVocabulary.YES : SecurityCheckVocabulary.NO);
    }
}
