package org.smartaccounts.process;

import java.util.Map;
import java.util.Set;

/**
 * What the diagram of one process, with its forms and its table, may name, since the code knows it: everything else is a mistake that
 * somebody would meet while it runs. Each process of ours has one as a bean, in the package of its delegates.
 */
public interface ProcessVocabulary {

    /** The id of the process, and the name of its file. */
    String process();

    /** Whether its instances are about a request each, with that request's number as their business key. */
    default boolean isAboutRequest() {
        return false;
    }

    /** The elements that the code looks for, and of which BPMN type each is. */
    default Map<String, String> elements() {
        return Map.of();
    }

    /** The variables of the process, those of its forms included. */
    Set<String> variables();

    /** Which values a variable can have, where there are only some. */
    default Map<String, Set<String>> values() {
        return Map.of();
    }

    /** What the form of a step may show or ask for, by the id of the step; of any other step nothing is kept. */
    default Map<String, Set<String>> fields() {
        return Map.of();
    }

    /** The delegates whose result somebody waits for on the screen: no save point before or after them. */
    default Set<String> immediateDelegates() {
        return Set.of();
    }

    /** The messages that the code sends. */
    default Set<String> messages() {
        return Set.of();
    }

    /** Those of them for which the diagram has to wait: without it the code would not know what to do. */
    default Set<String> neededMessages() {
        return messages();
    }

    /** The codes of the errors that the delegates throw. */
    default Set<String> errors() {
        return Set.of();
    }

    /** The delegate of its send tasks. */
    default String sendEmail() {
        return DiagramVocabulary.SEND_EMAIL;
    }

    /** To whom an email of it can go. */
    default Set<String> recipients() {
        return Set.of();
    }
}
