package io.regulars.scoring.edge;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import jakarta.inject.Inject;

import io.quarkus.test.common.WithTestResource;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.embedded.TestTokens;
import io.regulars.embedded.TestTopics;
import io.regulars.events.ScoreChanged;
import io.regulars.events.Topic;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.time.ShiftableClock;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

/// What tests at the service's edge share: events in by Kafka, questions over REST, answers on the scores topic.
@WithTestResource(ServiceTestResource.class)
abstract class EdgeTest {

    static final Instant NOON = Instant.parse("2026-02-01T04:00:00Z");

    @Inject
    ShiftableClock clock;

    @AfterEach
    void setTheClockRight() {
        clock.reset();
    }

    static RequestSpecification as(Shop shop, String... roles) {
        var token = TestTokens.bearer(shop.merchant, roles.length == 0 ? new String[] {Roles.OWNER} : roles);
        return given().header("Authorization", "Bearer " + token).contentType("application/json");
    }

    static JsonPath get(Shop shop, String path) {
        return as(shop).get("/v1/" + path).then().statusCode(200).extract().jsonPath();
    }

    static JsonPath score(Shop shop, long customer) {
        return get(shop, "scores/ext:" + Shop.external(customer));
    }

    static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(assertion);
    }

    /// A report that cannot be asked for so is refused with the field that is wrong.
    static void refusesReport(String path, String field) {
        var shop = Shop.open();
        eventually(() -> assertThat(get(shop, "models").getList("items")).hasSize(1));

        as(shop).get("/v1/reports/" + path).then().statusCode(422).body("violations[0].field", equalTo(field));
    }

    /// The events of one customer, by version.
    static List<ScoreChanged> published(Shop shop, long customer) {
        return TestTopics.read(Topic.SCORES, Duration.ofSeconds(5)).stream()
                .map(ScoreChanged.class::cast)
                .filter(event -> event.merchantId() == shop.merchant && event.customerId() == customer)
                .sorted(Comparator.comparingLong(ScoreChanged::version))
                .toList();
    }

    static ScoreChanged lastPublished(Shop shop, long customer) {
        var events = published(shop, customer);
        assertThat(events).isNotEmpty();
        return events.getLast();
    }

    /// Asks for a recompute and waits for its end.
    static JsonPath recompute(Shop shop, boolean rebuild) {
        var job = as(shop).body("{\"rebuild\": %b}".formatted(rebuild))
                .post("/v1/recomputes")
                .then()
                .statusCode(202)
                .extract()
                .<String>path("id");
        eventually(() ->
                assertThat(get(shop, "recomputes/" + job).getString("state")).isEqualTo("done"));
        return get(shop, "recomputes/" + job);
    }

    /// A model that learns nothing: so that no calibration touches anybody meanwhile.
    static void withFixedCutPoints(Shop shop) {
        eventually(() -> assertThat(get(shop, "models").getList("items")).hasSize(1));
        var draft = as(shop).body("""
                        {"name": "fixed", "definition": {"groups": {"split": "fixed",
                          "fixed": {"recencyDays": 500, "frequency": 2, "monetary": 100}},
                          "lifecycle": {"newFor": "P3M", "sleepAfterDays": 30, "sleepAfterCycles": 1,
                            "lostAfter": 3, "cycle": "customers", "fixedCycleDays": 30}}}
                        """)
                .post("/v1/models")
                .then()
                .statusCode(201)
                .extract()
                .<String>path("id");
        as(shop).post("/v1/models/" + draft + "/activate").then().statusCode(202);
    }
}
