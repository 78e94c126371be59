package org.smartaccounts.support;

import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.Condition;

/**
 * Fails a test class that should take every path of the diagram and does not. The coverage library asks the same of all classes or of
 * none, after each class; a class says in {@code @AfterAll} that it is one of whom all is asked.
 */
public final class PathsTaken {

    private static final AtomicBoolean all = new AtomicBoolean();

    static final Condition<Double> CONDITION =
            new Condition<>(coverage -> !all.getAndSet(false) || coverage >= 1, "every path of the diagram is taken");

    private PathsTaken() {}

    /** Of this class every path of the diagram is asked. */
    public static void shouldBeAll() {
        all.set(true);
    }
}
