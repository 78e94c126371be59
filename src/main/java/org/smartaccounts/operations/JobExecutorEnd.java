package org.smartaccounts.operations;

import java.time.Duration;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.spring.components.jobexecutor.SpringJobExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.stereotype.Component;

/**
 * Ends this node's work on jobs in order. First of all nothing new is taken up; what runs goes on to its end, for which Spring waits as for
 * web requests. Then whatever this node has taken up and not begun is free for the other nodes at once, instead of when its lock expires.
 *
 * <p>By itself the engine would take up jobs until its end, for threads that accept no more, and leave them locked.
 */
@Component
class JobExecutorEnd implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(JobExecutorEnd.class);

    /** For jobs Spring has waited already; what is left to do is to give back what waited for a thread. */
    private static final Duration LAST_STEPS = Duration.ofSeconds(5);

    private final ObjectProvider<SpringJobExecutor> executor;
    private final JdbcClient jdbc;
    private volatile boolean running;

    JobExecutorEnd(ObjectProvider<SpringJobExecutor> executor, JdbcClient jdbc) {
        this.executor = executor;
        this.jdbc = jdbc;
    }

    /** Before the threads hear that they end: what waits for one of them gives its lock back, since the executor is not active any more. */
    @EventListener(ContextClosedEvent.class)
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void takeUpNothing() {
        executor.ifAvailable(SpringJobExecutor::shutdown);
    }

    /** After the threads have ended, which are stopped in a higher phase. */
    @Override
    public void stop() {
        running = false;
        executor.ifAvailable(this::unlock);
    }

    private void unlock(SpringJobExecutor jobs) {
        if (!hasEnded(jobs)) {
            log.warn("A job goes on for longer than this node; when its lock expires, another node does it again");
            return;
        }
        // What found no thread, the engine keeps in mind for a next time that does not come.
        int left = jdbc.sql("UPDATE act_ru_job SET lock_owner_ = NULL, lock_exp_time_ = NULL WHERE lock_owner_ = ?")
                .param(jobs.getLockOwner())
                .update();
        if (left > 0) {
            log.info("{} jobs were not begun; they are left to other nodes", left);
        }
    }

    /** Spring's wait is over when for a moment nothing runs, though the threads still have a queue to go through. */
    private static boolean hasEnded(SpringJobExecutor jobs) {
        if (!(jobs.getTaskExecutor() instanceof ThreadPoolTaskExecutor threads)) {
            return true;
        }
        ThreadPoolExecutor pool = threads.getThreadPoolExecutor();
        pool.shutdown();
        try {
            return pool.awaitTermination(LAST_STEPS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
