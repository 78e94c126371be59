package org.smartaccounts.operations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.stereotype.Component;

/**
 * V1 of the schema: the engine's tables, from the SQL in the engine's own jar. The engine itself may not touch the schema. When an
 * engine of another version brings other SQL, the checksum stops the start: then its upgrade script becomes the next migration,
 * and this one is given the SQL it ran with.
 */
@Component
class EngineSchema implements JavaMigration {

    private static final List<Resource> SCRIPTS = Stream.of(
                    "engine",
                    "history",
                    "identity",
                    "case.engine",
                    "case.history",
                    "decision.engine",
                    "decision.history")
            .<Resource>map(part -> new ClassPathResource(
                    "org/camunda/bpm/engine/db/create/activiti.postgres.create.%s.sql".formatted(part),
                    // The thread's own may be that of a web server that has ended since.
                    EngineSchema.class.getClassLoader()))
            .toList();

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("1");
    }

    @Override
    public String getDescription() {
        return "process engine";
    }

    @Override
    public Integer getChecksum() {
        CRC32 checksum = new CRC32();
        for (Resource script : SCRIPTS) {
            try {
                checksum.update(script.getContentAsByteArray());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return (int) checksum.getValue();
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) {
        // In the transaction of the migration, whose end is Flyway's.
        new ResourceDatabasePopulator(SCRIPTS.toArray(Resource[]::new)).populate(context.getConnection());
    }
}
