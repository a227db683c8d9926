package io.regulars.scoring.edge;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestTopics;
import io.regulars.events.Topic;
import io.regulars.kit.merchant.Roles;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

@QuarkusTest
class RefusalsTest extends EdgeTest {

    @Test
    void aWrongModelIsRefusedWithEachFieldAndReason() {
        clock.shiftTo(NOON);
        var shop = Shop.open();
        eventually(() -> assertThat(get(shop, "models").getList("items")).hasSize(1));
        as(shop).body("""
                        {"name": " ", "definition": {"lifecycle": {"newFor": "P3M", "sleepAfterDays": 0,
                          "sleepAfterCycles": 1, "lostAfter": 1, "cycle": "customers"}}}
                        """)
                .post("/v1/models")
                .then()
                .statusCode(422)
                .contentType(containsString("application/problem+json"))
                .body(
                        "violations.field",
                        equalTo(List.of(
                                "name", "definition.lifecycle.sleepAfterDays", "definition.lifecycle.lostAfter")))
                .body("violations[1].message", equalTo("must be between 1 and 3650"));
        as(shop).body("{\"name\": \"x\", \"ready\": \"gold\"}")
                .post("/v1/models")
                .then()
                .statusCode(422)
                .body("violations.field", equalTo(List.of("ready")));
        var draft = as(shop).body("{\"name\": \"x\", \"definition\": {}}")
                .post("/v1/models")
                .then()
                .statusCode(201)
                .extract()
                .<String>path("id");
        as(shop).body("{\"name\": \"x\"}")
                .put("/v1/models/" + draft)
                .then()
                .statusCode(422)
                .body("violations.field", equalTo(List.of("definition")));
        as(shop).body("{\"name\": \"typo\", \"definition\": {\"tiring\": {}}}")
                .post("/v1/models")
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("definition.tiring"));
        as(shop).header("If-Match", "\"99\"")
                .body("{\"name\": \"x\", \"definition\": {}}")
                .put("/v1/models/" + draft)
                .then()
                .statusCode(412);
    }

    @Test
    void badInputIsAnsweredWithFieldAndReason() {
        var shop = Shop.open();
        eventually(() -> assertThat(get(shop, "models").getList("items")).hasSize(1));

        as(shop).get("/v1/scores?limit=0").then().statusCode(422).body("violations[0].field", equalTo("limit"));
        as(shop).get("/v1/scores?group=222").then().statusCode(422).body("violations[0].field", equalTo("group"));
        as(shop).get("/v1/scores?stage=happy").then().statusCode(422).body("violations[0].field", equalTo("stage"));
        as(shop).get("/v1/scores?cursor=%25").then().statusCode(422).body("violations[0].field", equalTo("cursor"));
        as(shop).get("/v1/scores/nobody").then().statusCode(404);
        as(shop).get("/v1/scores/ext:nobody").then().statusCode(404);
        as(shop).get("/v1/recomputes/rcm_zz").then().statusCode(404);
        as(shop).body("{\"asOf\": \"yesterday\"}")
                .post("/v1/simulations")
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("asOf"));
        as(shop).body("{\"asOf\": \"2026-01-01T00:00:00Z\", \"window\": \"-P1D\"}")
                .post("/v1/simulations")
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("window"));
        as(shop).body("{").post("/v1/simulations").then().statusCode(400);
        as(shop, Roles.SUPPORT).body("{}").post("/v1/recomputes").then().statusCode(403);
    }

    @Test
    void aRecordThatIsNoEventIsSetAsideAndTheOthersGoOn() {
        clock.shiftTo(NOON);
        var shop = Shop.open();
        TestTopics.publishRaw(
                Topic.ORDERS,
                shop.merchant,
                1,
                shop.merchant + "/broken",
                "{\"oops\"".getBytes(StandardCharsets.UTF_8));

        shop.order(10, 1).at(NOON).line("A", 1, 50_00).arrives();

        eventually(() -> assertThat(lastPublished(shop, 1).frequency()).isEqualTo(1));
        assertThat(TestTopics.readRaw("regulars.orders.dead", Duration.ofSeconds(5)))
                .isNotEmpty();
    }
}
