package io.regulars.kit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.Postgres;
import io.regulars.embedded.TestTokens;
import io.regulars.embedded.TestTopics;
import io.regulars.events.ProductChanged;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

/// Requests while there is no database to ask.
@QuarkusTest
@WithTestResource(PostgresOfItsOwn.class)
class DatabaseAwayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    Jdbi jdbi;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    Runnable stopServer;

    Runnable startServer;

    @Test
    void theServerIsStoppedAndComesBack() {
        add("before").then().statusCode(201);
        stopServer.run();
        try {
            unavailable(notes());
            unavailable(add("meanwhile"));
            unavailable(owner().header("Idempotency-Key", UUID.randomUUID())
                    .body("{\"words\":\"meanwhile\"}")
                    .post("/v1/notes"));
        } finally {
            startServer.run();
        }

        await().atMost(PATIENCE).untilAsserted(() -> add("after").then().statusCode(201));
    }

    @Test
    void whatComesMeanwhileIsAppliedAfterwards() {
        stopServer.run();
        try {
            TestTopics.publish(product("meanwhile"));
            unavailable(notes());
        } finally {
            startServer.run();
        }
        TestTopics.publish(product("after"));

        await().atMost(PATIENCE).until(() -> heard("after"));
        assertThat(heard("meanwhile")).isTrue();
    }

    @Test
    void allConnectionsAreTaken() {
        List<Handle> taken = new ArrayList<>();
        try {
            takeAll(taken);

            unavailable(add("no room"));
            unavailable(notes());
        } finally {
            taken.forEach(Handle::close);
        }
    }

    @Test
    void theConnectionBreaksInTheMiddle() throws Exception {
        try (Connection locking = connection();
                Connection admin = connection()) {
            locking.setAutoCommit(false);
            execute(locking, "lock table note in access exclusive mode");
            var request = CompletableFuture.supplyAsync(() -> add("waits"));
            await().atMost(PATIENCE).until(() -> execute(admin, """
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where wait_event_type = 'Lock' and query like 'insert into note%'"""));

            unavailable(request.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }
    }

    @Test
    void theConnectionBreaksAtTheCommit() throws Exception {
        try (Connection admin = connection()) {
            execute(admin, """
                    create function cut() returns trigger language plpgsql security definer as
                    'begin perform pg_terminate_backend(pg_backend_pid()); return null; end'""");
            execute(admin, """
                    create constraint trigger cut after insert on note deferrable initially deferred
                    for each row when (new.words = 'cut') execute function cut()""");
        }

        unavailable(add("cut"));
        unavailable(owner().header("Idempotency-Key", UUID.randomUUID())
                .body("{\"words\":\"cut\"}")
                .post("/v1/notes"));
    }

    @Test
    void whatTheTableRefusesIsNoOutage() {
        add("far too long for the table").then().statusCode(500);
    }

    private static ProductChanged product(String name) {
        return new ProductChanged(921, 1, name, name, null, null, null, List.of());
    }

    private boolean heard(String name) {
        try (Connection reading = connection()) {
            return execute(reading, "select from note where merchant_id = 921 and words = '" + name + "'");
        } catch (SQLException stillStarting) {
            return false;
        }
    }

    private void takeAll(List<Handle> taken) {
        while (true) {
            try {
                taken.add(jdbi.open());
            } catch (ConnectionException full) {
                return;
            }
        }
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(url, Postgres.USER, Postgres.PASSWORD);
    }

    /// @return whether there was a row
    private static boolean execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.execute(sql) && statement.getResultSet().next();
        }
    }

    private static void unavailable(Response response) {
        response.then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", "5")
                .body("status", equalTo(503))
                .body("detail", containsString("the database is away"));
    }

    private static Response add(String words) {
        return owner().body("{\"words\":\"" + words + "\"}").post("/v1/notes");
    }

    private static Response notes() {
        return owner().get("/v1/notes");
    }

    private static RequestSpecification owner() {
        return given().auth().oauth2(TestTokens.bearer(31, "owner")).contentType("application/json");
    }
}
