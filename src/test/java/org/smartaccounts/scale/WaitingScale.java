package org.smartaccounts.scale;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A million requests wait. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WaitingScale {

    private final ExplainedServer server = ExplainedServer.start("scale");
    private final String many = server.create("many");
    private final ConfigurableApplicationContext application = DevelopmentOn.database(many);
    private final JdbcClient jdbc = server.jdbc("many");

    @BeforeAll
    void make() {
        int requests = Integer.getInteger("scale.requests", 1_000_000);
        Duration taken = new ManyRequests(application, many).make(requests);
        System.out.printf("%,d requests made in %s%n", requests, taken);
        jdbc.sql("""
                SELECT relname || ' ' || reltuples::bigint || ' ' || pg_size_pretty(pg_total_relation_size(oid)) FROM pg_class
                WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples > 1000 ORDER BY pg_total_relation_size(oid) DESC""").query(String.class).list().forEach(System.out::println);
    }

    @AfterAll
    void stop() throws Exception {
        application.close();
        server.close();
    }

    @Test
    void nothing() {}
}
