package org.smartaccounts.process;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.variable.value.StringValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.account.StoredText;

/**
 * The variables of a process at the moment in which somebody has sent some, before any of them is written. What may be sent at this
 * step becomes text that the database can hold; what is the application's own is as it was; everything else is gone.
 */
public final class FormInput {

    private final VariableScope variables;

    public FormInput(VariableScope variables) {
        this.variables = variables;
    }

    /** Whether something was sent that the engine would forget again; it could be neither kept nor replaced. */
    public boolean hasTransient() {
        return variables.getVariableNames().stream()
                .map(name -> variables.<@Nullable TypedValue>getVariableTyped(name, false))
                .anyMatch(value -> value != null && value.isTransient());
    }

    /**
     * Keeps what is wanted.
     *
     * @param sent what may be sent at this step
     * @param own  what the application has set before, and nobody may change
     */
    public void keep(Set<String> sent, Map<String, String> own) {
        for (String name : List.copyOf(variables.getVariableNames())) {
            if (sent.contains(name)) {
                keepAsText(name);
            } else if (!own.containsKey(name)) {
                variables.removeVariable(name);
            }
        }
        own.forEach(this::set);
    }

    /** Sets a variable, if that changes anything. */
    public void set(String name, String value) {
        @Nullable TypedValue present = variables.getVariableTyped(name, false);
        if (present == null || !Objects.equals(present.getValue(), value)) {
            variables.setVariable(name, value);
        }
    }

    private void keepAsText(String name) {
        @Nullable TypedValue value = variables.getVariableTyped(name, false);
        if (value instanceof StringValue text && text.getValue() != null) {
            set(name, StoredText.of(text.getValue()));
        } else {
            variables.removeVariable(name);
        }
    }
}
