package org.smartaccounts.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.support.Visitor;

/** A customer who looks at a page again and again, until somebody says that it is enough. */
final class Patience implements AutoCloseable {

    private static final long PAUSE_MILLIS = 50;

    private final List<Double> millis = Collections.synchronizedList(new ArrayList<>());
    private final Thread looking;
    private volatile boolean enough;
    private volatile @Nullable String refusal;

    private Patience(String page) {
        looking = new Thread(() -> look(page), "a customer");
        looking.start();
    }

    /** Begins to look at a page, by its address. */
    static Patience at(String page) {
        return new Patience(page);
    }

    private void look(String page) {
        Visitor visitor = new Visitor("");
        while (!enough) {
            long begin = System.nanoTime();
            int status = visitor.get(page).statusCode();
            millis.add((System.nanoTime() - begin) / 1e6);
            if (status != 200) {
                refusal = "%s answers with %d".formatted(page, status);
                return;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** How often it has looked. */
    int times() {
        return millis.size();
    }

    /** Within how many milliseconds ninety-nine of a hundred answers came. */
    double p99() {
        List<Double> sorted;
        synchronized (millis) {
            sorted = millis.stream().sorted().toList();
        }
        return sorted.get((int) Math.ceil(0.99 * sorted.size()) - 1);
    }

    @Override
    public void close() {
        enough = true;
        try {
            looking.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(refusal).as("what the customer was told instead").isNull();
    }
}
