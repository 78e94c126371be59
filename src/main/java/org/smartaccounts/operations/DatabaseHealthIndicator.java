package org.smartaccounts.operations;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether this node gets an answer from the database, said in time: who asks, a load balancer, waits for a second or two, and a database that
 * hangs or is away keeps everybody waiting for ten. So somebody else looks, and who asks waits only for a moment. A look that is still under
 * way is the next one's too. Takes the place of Spring Boot's own.
 */
@Component("dbHealthIndicator")
class DatabaseHealthIndicator implements HealthIndicator, DisposableBean {

    private static final Duration PATIENCE = Duration.ofMillis(800);
    private static final int SECONDS_FOR_AN_ANSWER = 2;

    private final DataSource dataSource;
    private final ExecutorService looking = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "health of the database");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Future<Boolean> look;

    DatabaseHealthIndicator(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public Health health() {
        try {
            return look().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    ? Health.up().build()
                    : Health.down()
                            .withDetail("error", "A connection is broken")
                            .build();
        } catch (TimeoutException e) {
            return Health.down()
                    .withDetail("error", "No answer within %d milliseconds".formatted(PATIENCE.toMillis()))
                    .build();
        } catch (ExecutionException e) {
            return Health.down(e.getCause()).build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Health.unknown().build();
        }
    }

    private synchronized Future<Boolean> look() {
        Future<Boolean> current = look;
        if (current == null || current.isDone()) {
            current = looking.submit(this::answers);
            look = current;
        }
        return current;
    }

    private boolean answers() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return connection.isValid(SECONDS_FOR_AN_ANSWER);
        }
    }

    @Override
    public void destroy() {
        looking.shutdownNow();
    }
}
