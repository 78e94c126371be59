package org.smartaccounts.support;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets two do something at the same moment, on real threads and in real transactions. */
@Component
public class Races {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TransactionTemplate transaction;
    private final JdbcClient jdbc;

    Races(TransactionTemplate transaction, JdbcClient jdbc) {
        this.transaction = transaction;
        this.jdbc = jdbc;
    }

    /** The first has done its work but not yet committed when the second comes and has to wait for it in the database. */
    public void secondWaitsForFirst(Runnable first, Runnable second) {
        CountDownLatch firstIsDone = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> winner = threads.submit(() -> transaction.executeWithoutResult(status -> {
                int self =
                        jdbc.sql("SELECT pg_backend_pid()").query(Integer.class).single();
                first.run();
                firstIsDone.countDown();
                awaitSomebodyBlockedBy(self);
            }));
            Future<?> loser = threads.submit(() -> {
                firstIsDone.await();
                second.run();
                return null;
            });
            result(winner);
            result(loser);
        } finally {
            threads.shutdownNow();
        }
    }

    private void awaitSomebodyBlockedBy(int pid) {
        await(
                () -> jdbc.sql(
                                "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND ? = ANY (pg_blocking_pids(pid)))")
                        .param(pid)
                        .query(Boolean.class)
                        .single(),
                "The second did not have to wait for the first");
    }

    /**
     * While the first is under way the second comes and has to wait for it in the database; then the first goes on.
     *
     * @param underWay whether the first has come to where it is held
     * @param goOn     lets it go on
     * @return what the first failed with; null if it did not
     */
    public @Nullable Throwable meanwhile(Runnable first, BooleanSupplier underWay, Runnable second, Runnable goOn) {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> held = threads.submit(first);
            await(underWay, "The first did not get under way");
            Future<?> waiting = threads.submit(second);
            await(this::isSomebodyBlocked, "The second did not have to wait for the first");
            goOn.run();
            result(waiting);
            return failure(held);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Does something in another thread, and so in another transaction; what it failed with, or null. */
    public @Nullable Throwable elsewhere(Runnable act) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            return failure(thread.submit(act));
        } finally {
            thread.shutdownNow();
        }
    }

    private static @Nullable Throwable failure(Future<?> future) {
        try {
            future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private boolean isSomebodyBlocked() {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")
                .query(Boolean.class)
                .single();
    }

    private static void await(BooleanSupplier condition, String otherwise) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(otherwise);
            }
            Thread.onSpinWait();
        }
    }

    /** Both start at the same moment; what each of them came to. */
    public <T> List<T> together(Callable<T> one, Callable<T> other) {
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<T> first = threads.submit(() -> {
                start.await();
                return one.call();
            });
            Future<T> second = threads.submit(() -> {
                start.await();
                return other.call();
            });
            return List.of(result(first), result(second));
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
