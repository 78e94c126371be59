package org.smartaccounts.support;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.access.People;
import org.smartaccounts.access.People.Person;
import org.smartaccounts.access.Role;
import org.smartaccounts.account.SmartAccounts;
import org.smartaccounts.email.EmailLedger;
import org.smartaccounts.process.FormInput;
import org.smartaccounts.process.ProcessGuard;
import org.smartaccounts.process.Wording;
import org.smartaccounts.support.SupportCase.Status;
import org.springframework.stereotype.Component;

/**
 * Checks what comes into a support case: it begins on our page, only licensing support decides, and nobody on what a person has said about a
 * request of their own company.
 */
@Component
class CaseGuard implements ProcessGuard {

    private static final Set<String> DECISIONS = Set.of(CaseVariables.ANSWER, CaseVariables.CLOSE);

    private final SupportCases cases;
    private final SmartAccounts accounts;
    private final People people;
    private final EmailLedger ledger;
    private final RuntimeService runtime;
    private final Wording wording;

    CaseGuard(
            SupportCases cases,
            SmartAccounts accounts,
            People people,
            EmailLedger ledger,
            RuntimeService runtime,
            Wording wording) {
        this.cases = cases;
        this.accounts = accounts;
        this.people = people;
        this.ledger = ledger;
        this.runtime = runtime;
        this.wording = wording;
    }

    @Override
    public String process() {
        return CaseElements.PROCESS;
    }

    /** {@link SupportDesk} writes the case down first. */
    @Override
    public void begin(DelegateExecution instance, boolean atItsBeginning) {
        @Nullable String number = instance.getProcessBusinessKey();
        SupportCase supportCase = Optional.ofNullable(number)
                .flatMap(cases::find)
                .filter(found -> atItsBeginning && found.status() == Status.OPEN && isWithoutProcess(found))
                .orElseThrow(() -> wording.refusal("refusal.case.start"));
        input(instance).keep(Set.of(), CaseVariables.of(supportCase));
    }

    private boolean isWithoutProcess(SupportCase supportCase) {
        return runtime.createProcessInstanceQuery()
                        .processDefinitionKey(CaseElements.PROCESS)
                        .processInstanceBusinessKey(supportCase.number())
                        .count()
                == 0;
    }

    @Override
    public void complete(DelegateTask task) {
        String number = task.getExecution().getProcessBusinessKey();
        SupportCase supportCase = cases.lock(number)
                .filter(found -> found.status() == Status.OPEN)
                .orElseThrow(() -> wording.refusal("refusal.case.closed", number));
        Person person = people.current().orElseThrow(() -> wording.refusal("refusal.case.notSupport"));
        requireSupport(person, supportCase);
        if (!task.getTaskDefinitionKey().equals(CaseElements.ANSWER_SUPPORT_CASE)) {
            // A task that an analyst has added: nothing is known about its meaning.
            keep(task, Set.of(), supportCase);
            return;
        }
        keep(task, Set.of(CaseVariables.DECISION, CaseVariables.WORDS), supportCase);
        String decision = CaseVariables.text(task, CaseVariables.DECISION);
        if (!DECISIONS.contains(decision)) {
            throw wording.refusal("refusal.case.decision");
        }
        if (decision.equals(CaseVariables.ANSWER)
                && !CaseMessage.isGood(CaseVariables.text(task, CaseVariables.WORDS), CaseMessage.MAX_ANSWER)) {
            throw wording.refusal("refusal.case.answer", CaseMessage.MAX_ANSWER);
        }
        task.setVariable(CaseVariables.SUPPORTER, person.id());
    }

    /** Somebody claims the task, or changes it otherwise. */
    @Override
    public void update(DelegateTask task) {
        SupportCase supportCase = cases.get(task.getExecution().getProcessBusinessKey());
        people.current()
                .filter(person -> !people.hasAny(person.id(), Set.of(Role.ADMINISTRATOR)))
                .ifPresent(person -> requireSupport(person, supportCase));
        keep(task, Set.of(), supportCase);
    }

    @Override
    public void deleted(DelegateExecution instance) {
        String number = instance.getProcessBusinessKey();
        cases.lock(number).ifPresent(supportCase -> {
            cases.close(number);
            ledger.dropAll(number);
        });
    }

    private void requireSupport(Person person, SupportCase supportCase) {
        if (!people.isSupport(person)) {
            throw wording.refusal("refusal.case.notSupport");
        }
        boolean own = supportCase
                .request()
                .map(accounts::get)
                .filter(account -> people.companiesOf(person).stream()
                        .anyMatch(company ->
                                company.id().equals(account.requester().companyId())))
                .isPresent();
        if (own) {
            throw wording.refusal("refusal.case.ownRequest");
        }
    }

    private void keep(DelegateTask task, Set<String> decided, SupportCase supportCase) {
        Set<String> sent = new HashSet<>(CaseVariables.SHOWN);
        sent.addAll(decided);
        input(task).keep(sent, Map.copyOf(CaseVariables.of(supportCase)));
    }

    private FormInput input(VariableScope variables) {
        FormInput input = new FormInput(variables);
        if (input.hasTransient()) {
            throw wording.refusal("refusal.transient");
        }
        return input;
    }
}
