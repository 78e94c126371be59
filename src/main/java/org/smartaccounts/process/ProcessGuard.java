package org.smartaccounts.process;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;

/**
 * Checks in the engine what comes into one process from outside: a form checks only in the browser, and any caller can send what it
 * likes. {@link EngineHooks} calls it, before anything is written; a changed diagram cannot leave it out. Only administrators can set
 * variables past it. Each method throws a {@link Refusal} for what is not taken.
 */
public interface ProcessGuard {

    /** The id of the process. */
    String process();

    /**
     * An instance begins.
     *
     * @param atItsBeginning whether it begins with a start event; a caller of the engine may name other elements, and would skip what lies
     *                       before
     */
    void begin(DelegateExecution instance, boolean atItsBeginning);

    /** Somebody completes a task. */
    void complete(DelegateTask task);

    /** Somebody changes a task without completing it. */
    void update(DelegateTask task);

    /** Somebody deletes the instance, in Cockpit for instance. */
    default void deleted(DelegateExecution instance) {}
}
