package org.smartaccounts.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.Tasklist;
import org.smartaccounts.support.Visitor;

/** A connection that is lost when a page is made already, and only the session has still to be written. */
class WithoutDatabaseTest extends ApplicationTest {

    @AfterEach
    void connectionsStay() {
        database.sql("DROP FUNCTION IF EXISTS lose_connection CASCADE").update();
    }

    @Test
    void aProgramIsAskedToComeBackInItsLanguageAndNotInThatOfTheLostPage() {
        HttpResponse<String> answer = lost(loggedIn(Tasklist.PAULA), "*/*");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("30");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.body()).contains("\"status\":503", "Service Unavailable");
    }

    @Test
    void aPersonIsAskedToComeBackOnAPage() {
        HttpResponse<String> answer = lost(loggedIn(Tasklist.PAULA), "text/html");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("30");
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(answer.body()).containsOnlyOnce("<!DOCTYPE html>").contains("Please try again in a few minutes.");
    }

    /** What somebody gets for whose session no connection is left once the page is made. */
    private HttpResponse<String> lost(Visitor visitor, String accepted) {
        database.sql("""
                CREATE FUNCTION lose_connection() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM pg_terminate_backend(pg_backend_pid());
                    RETURN NEW;
                END
                $$""").update();
        database.sql("""
                CREATE TRIGGER loses_connection AFTER UPDATE ON spring_session
                FOR EACH ROW WHEN (NEW.session_id = '%s') EXECUTE FUNCTION lose_connection()""".formatted(visitor.cookie("session"))).update();
        return visitor.send(HttpRequest.newBuilder(visitor.at("/requests")).header("Accept", accepted));
    }
}
