package org.smartaccounts.operations;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import javax.xml.datatype.DatatypeFactory;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * What {@code application.yaml} cannot say about the engine: its history level, how it reads decision tables, that it starts after
 * Flyway, and that of several nodes that start at once one is built after the other. Without that, all of them would write the level, the installation's id and the
 * administrator, and all but one would fail.
 */
@Component
@DependsOnDatabaseInitialization
@Order(Ordered.LOWEST_PRECEDENCE) // the last to be told that the engine is built, since it opens the door for the
// next node
class EngineConfiguration extends AbstractProcessEnginePlugin {

    /** Any number, as long as nothing else in this database locks it. */
    private static final long BUILD_LOCK = 7_240_000;

    private final DataSource dataSource;
    private @Nullable Connection lockHolder;

    EngineConfiguration(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        // Otherwise each timer looks through all jars for who can read its duration, which is the JDK.
        System.setProperty(
                DatatypeFactory.DATATYPEFACTORY_PROPERTY,
                DatatypeFactory.newDefaultInstance().getClass().getName());
        engine.setCustomHistoryLevels(List.of(new LeanHistoryLevel()));
        DefaultDmnEngineConfiguration decisions = new DefaultDmnEngineConfiguration();
        decisions.setFeelEngineFactory(new ParsedFeel());
        engine.setDmnEngineConfiguration(decisions);
        try {
            lockHolder = dataSource.getConnection();
            execute(lockHolder, "SELECT pg_advisory_lock(%d)".formatted(BUILD_LOCK));
        } catch (SQLException e) {
            throw new IllegalStateException("The database did not let this node wait for its turn to start", e);
        }
    }

    @Override
    public void postProcessEngineBuild(ProcessEngine engine) {
        try (Connection connection = lockHolder) {
            if (connection != null) {
                execute(connection, "SELECT pg_advisory_unlock(%d)".formatted(BUILD_LOCK));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The database did not let the next node start", e);
        }
        lockHolder = null;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
